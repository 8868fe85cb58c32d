### A call in the browser: in a window of its own, or in the panel where the browser opens none. Names come in as they are.

# Which way the language is written: ltr or rtl.
direction = ltr

## In the panel

chosen = A small window opens and asks for your microphone. If the connection fails, we call your number.
apart = Your call has a window of its own.
show = Show the window

## Until it is your turn

sending = Sending your request…
opening = Connecting…
next = You're next
place = You're number { $place } in line
queued = You're in line
hold = Please hold the line
calling = Connecting you with { $name }…
calling-unnamed = Connecting you…
keep = Keep this window open: when it's your turn, it connects by itself. You can go on browsing meanwhile.
keep-inside = The browser opened no window, so the call is here and lasts as long as this page. When it's your turn, it connects by itself.
cancel = Cancel this call

## The microphone

microphone = Microphone
# $number counts microphones whose name the browser keeps to itself.
device = Microphone { $number }
allow = Please allow the microphone.
denied = This browser may not use the microphone. You can change that beside the address.
none = No microphone was found.
busy = Another program is using the microphone.

## Talking

talking = You're talking with { $name }
talking-unnamed = You're talking with us
mute = Mute
muted = You're muted.
hang-up = Hang up
sound = Turn the sound on
reconnecting = Reconnecting…
silent = We can't hear the other side any more. We can call your phone.
offline = No connection. Reconnecting…
by-phone = Call my phone instead

## By telephone after all

phone = Your phone rings instead
phone-microphone = The browser has no microphone to use, so we call your number.
phone-no-connection = The browser could not connect, so we call your number.
phone-lost = The browser's connection was lost, so we call your number.
phone-chosen = We call your number.
phone-agent = Whoever helps you can't talk in the browser, so we call your number.
phone-gone = The window did not answer, so we call your number.

## The end

over = The call is over
over-more = You can close this window.
elsewhere = The call goes on in another window
close = Close
