### What is said to the customer on the telephone. $name is the business.

hold = Please hold while we connect you to a { $name } representative.
confirm = This is { $name } with the call you asked for. Press 1 to be connected.
sorry = We are sorry: nobody at { $name } could take your call just now. Please choose another time.
