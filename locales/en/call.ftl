### What is said to the customer on the telephone. $name is the business.

hold = Please hold while we connect you to a { $name } representative.
confirm = This is { $name } with the call you asked for. Press 1 to be connected, or 9 never to be called again.
sorry = We are sorry: nobody at { $name } could take your call just now. Please choose another time.
never = { $name } will not call this number again. Goodbye.
