### The panel. Names, numbers and times come in already written in the reader's way.

# Which way the language is written: ltr or rtl.
direction = ltr

## The frame

title = Talk to a person
title-name = Talk to { $name }
title-more = Tell us where to call you.
elsewhere = Follow it on another device
close = Close
loading = Loading…
try-again = Try again
unreachable = We can't be reached right now
unreachable-more = Please check your connection. We keep trying, and nothing you typed is lost.
unknown-site = This button isn't set up yet
unknown-site-more = The page names a business that we don't know.
reconnecting = Connection lost. Reconnecting…
# $tel is the business's telephone number.
call-us = Call us: { $tel }

## Who shall call

who = What is it about?
anyone = Anything else
in-a-call = in a call
choose-who = Please choose what it is about.
# $name is a first name.
expert-more = { $name } first; if that takes too long, a colleague
# $own and $others are waits, such as “about 5 min” or “wait unknown”.
expert-wait = { $name }: { $own } · anyone: { $others }

## When

when = When shall we call?
now = Now
later = Later
soon = As soon as possible
day = Day
time = Time
choose-slot = Please choose a time.
no-slots = No times are offered at the moment.
slots-failed = We couldn't load the times.
# $zone is a time zone, such as Europe/Berlin.
your-zone = Your time ({ $zone })
# A moment as it stands in sentences: today, on a weekday, on a date ($day is “Monday”, or “Tue, 24 Nov”).
at-time = at { $time }
at-day = { $day } at { $time }
between = between { $from } and { $to }
# $when is one of the two moments above.
here-again = { $name } is here { $when }. Choose a time and we'll call you then.
open-again = We open { $when }. Choose a time and we'll call you then.
nobody-now = Nobody is on duty right now. Choose a time and we'll call you then.
closed-until = Closed: we open { $when }. There is no time to choose before that.
closed-now = Nobody can call you at the moment, and there is no time to choose.

## Waits

wait-none = any moment now
wait-short = under a minute
wait-long = over an hour
wait-up-to = { $high ->
   *[other] up to { $high } min
}
wait-about = { $high ->
   *[other] about { $high } min
}
wait-range = { $high ->
   *[other] { $low }–{ $high } min
}
wait-unknown = wait unknown
wait-left = Expected wait: { $wait }.
wait-left-none = It's your turn any moment now.
wait-left-unknown = We don't know yet how long it takes.
longer-fewer = Longer than we said: fewer of us are here to help now.
longer-others = Longer than we said: somebody who was promised a call goes first.
longer-calls = Longer than we said: calls take more time than before.

## What a skill or a person can do now, in a few words

offer-now = free now
offer-wait = busy, wait unknown
offer-opens = opens { $when }
offer-slot = choose a time
offer-closed = closed

## The number

phone = Your phone number
phone-hint = As you write it at home, or with country code
kept-number = We'll call { $phone }
odd-number = We'll call { $number }. Is it right? We don't know this kind of number.
use-another = Use another
use-kept = Use the number I gave before
forget = Forget my number
phone-missing = Please enter your phone number.
phone-no-country = Please start with + and your country code, for example +44 20 7946 0001.
phone-strange = A phone number has only digits, spaces and + ( ) - .
phone-short = This number is too short.
phone-long = This number is too long.
phone-nowhere = This can't be a phone number.

# A choice beside the number: the call comes in the browser, and the telephone stands in for it.
voice = Talk in this browser instead

## The note

note = A brief note (optional)
note-hint = So that you need not explain twice
note-too-long = Please shorten the note.
# Characters that are left, and characters too many.
note-left = { $left ->
   *[other] { $left } left
}
note-over = { $over ->
   *[other] { $over } too many
}

## What is shared, and the agreement

share = What we will share
share-more = Whoever calls you sees this. Take out what you'd rather keep to yourself.
this-page = This page
this-page-at = This page · { $path }
said = What this page says
share-all = Put all back
share-none = no pages
share-page = this page
share-page-and = { $pages ->
   *[other] this page and { $pages } before it
}
share-pages = { $pages ->
    [one] { $pages } page
   *[other] { $pages } pages
}
unshare = Don't share { $title }
# What the business says of the customer, in its server's name.
vouched-by = Confirmed by { $name }
and-account = { $count }, and your account
# $name is the business.
consent = I agree that { $name } calls me at this number about this request and sees the page I am on.
consent-needed = Please agree, so that we may call you.

## Sending

send-now = Call me now
send-soon = Call me as soon as possible
send-wait = Call me in { $wait }
# The same where they talk in this browser, and no phone rings.
send-voice-now = Talk now
send-voice-soon = Talk as soon as possible
send-voice-wait = Talk in { $wait }
send-later = Call me later
# $time is a day and a time, such as “Tue, 24 Nov, 15:30 – 15:45”.
send-time = Call me { $time }
sending = Sending…
after-now = Your phone rings first, then an expert joins.
after-now-name = Your phone rings first, then { $name } joins.
after-now-either = Your phone rings first, then { $name } or a colleague joins.
after-later = Your phone rings at that time, then an expert joins.
after-later-name = Your phone rings at that time, then { $name } joins.
after-later-either = Your phone rings at that time, then { $name } or a colleague joins.
not-sent = We couldn't send your request. Nothing is lost: please try again in a moment.
page-said-no = This page has something to settle before it lets your request go. Nothing is lost.
refused-skill = This is not something we can help with here.
refused-expert = There is nobody by this name.
refused-slot = This time is no longer offered. Please choose another.
refused-closed = We are closed at the moment. Please choose a time for later.
refused-number = We can't call this number. Please give another one.
refused-twice = We are already going to call this number.
refused-full = Too many people are waiting. Please try again later.

## A request that goes on

live-scheduled = We'll call you
live-next = You're next
live-place = You're number { $place } in line
live-queued = You're in line
live-reserving = Your phone is about to ring
live-dialing = We're calling you
live-ringing = Your phone is ringing
live-question = Is it you?
live-hold = Thanks for picking up
live-agent = Ringing { $name }
live-agent-unnamed = Ringing our colleague
live-talking = You're talking with { $name }
live-talking-unnamed = You're talking with us
# $attempt is the number of the next call, $attempts how many there are at the most.
more-again = We try again { $time } on { $phone } (call { $attempt } of { $attempts }). You can close this page.
more-scheduled = Your phone, { $phone }, rings { $time }. You can close this page.
more-question = Press 1 on your phone, and we connect you.
more-pick-up = Please pick up { $phone }.
more-hold = Please hold the line: we're finding somebody for you.
more-agent = Please hold the line: you'll be connected in a moment.
go-on = You can close this and go on browsing. Keep your phone near.
move = Change the time
move-there = Change it
move-not = Keep it as it is
cancel = Cancel this call
end-call = End the call
cancelling = Cancelling…
not-cancelled = We couldn't cancel just now. Please try again.
# What a screen reader says when the request stands otherwise.
spoken = { $heading }. { $more }

## The two phones

legs = The call
you = You
colleague = Our colleague
leg-idle = waiting
leg-dialing = calling…
leg-ringing = ringing…
leg-answered = connected
leg-bridged = talking
leg-ended = hung up

## What the page's button says of a request

badge-wait = { $heading } · { $wait }
badge-again = We call you again
badge-booked = Your call is booked
badge-hold = Please hold the line

## How it ended, and what can be done

ended = The call is over
ended-talked = Thanks for talking with us
ended-talked-more = We hope that helped.
# $duration is a clock, such as 12:34.
ended-talked-for = You talked for { $duration }.
ended-cancelled = Cancelled
ended-cancelled-more = We won't call you. You can ask again at any time.
ended-by-business = We had to end this call
ended-by-business-more = You can ask again, or choose a time that suits you.
ended-busy = Your line was busy
ended-busy-more = Finish your other call and try again, or choose a time that suits you.
ended-no-answer = We couldn't reach you
ended-no-answer-more = Your phone rang, but nobody picked up. Shall we try again?
ended-declined = You declined the call
ended-declined-more = If that was a mistake, we can call again.
ended-forbade = We won't call this number again
ended-forbade-more = You pressed 9. If you want calls at another number, ask with that one.
ended-voicemail = Your voicemail answered
ended-voicemail-more = We didn't leave a message. Shall we try again?
ended-not-confirmed = Nobody pressed 1
ended-not-confirmed-more = Somebody or something answered your phone, but didn't press 1. Shall we try again?
ended-hung-up = You hung up before we could answer
ended-hung-up-name = You hung up before { $name } could answer
ended-hung-up-more = We can call you again, or at a time that suits you.
ended-nobody = Sorry, nobody could take your call
ended-nobody-more = Everybody was in another call. Choose a time and we'll keep it free for you.
ended-late = Sorry, we couldn't call you in time
ended-closed-more = We closed before somebody was free. Choose a time that suits you.
ended-expired-more = You waited longer than we keep requests. Choose a time that suits you.
ended-invalid = This number can't be called
ended-invalid-more = The telephone network doesn't know it. Please check the number.
ended-blocked = We can't call this number
ended-blocked-more = Please give another one.
ended-network = The telephone network failed
ended-network-more = This was not your fault. Please try again in a moment.
other-time = Choose another time
change-number = Change the number
done = Done
ask-again = Ask for another call

## Writing to each other

talk-title = Messages
talk-label = Write a message
talk-send = Send
talk-sending = Sending…
talk-connecting = Connecting…
talk-waiting = Your messages are read by whoever takes your call.
talk-here = { $name } is reading along.
talk-offline = No connection. What you write is kept here and sent later.
talk-over = The call is over. You can still read your messages here.
talk-long = Please shorten this: { $most } characters fit.
talk-full = No more messages fit here.
talk-fast = That was a lot at once. Please wait a moment, then send it again.
talk-unsent = This wasn't sent. Please try again.
