### The button on the merchant's page. The build writes these out for each language, so that no page has to: text and
### variables only. $time is a wait or a moment as the reader writes it.

talk = Talk to a person
to = Talk to { $name }
soon = We call you
now = free now
wait = busy now
slot = choose a time
closed = closed now
opens = opens { $time }
call = Call us
under = under a minute
over = over an hour
about = about { $time }
# How $time writes minutes: short (“5 min”) or long (“5 minutes”).
minutes = short
lost = We can't be reached.
close = Close
