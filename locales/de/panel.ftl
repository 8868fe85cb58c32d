### Das Fenster, in dem um den Anruf gebeten wird.

direction = ltr

## Der Rahmen

title = Mit einem Menschen sprechen
title-name = Mit { $name } sprechen
title-more = Sagen Sie uns, wo wir Sie anrufen dürfen.
elsewhere = Auf einem anderen Gerät verfolgen
close = Schließen
loading = Wird geladen …
try-again = Noch einmal versuchen
unreachable = Wir sind gerade nicht erreichbar
unreachable-more = Bitte prüfen Sie Ihre Verbindung. Wir versuchen es weiter, und Ihre Eingaben bleiben erhalten.
unknown-site = Diese Schaltfläche ist noch nicht eingerichtet
unknown-site-more = Die Seite nennt ein Unternehmen, das wir nicht kennen.
reconnecting = Verbindung unterbrochen. Sie wird wiederhergestellt …
call-us = Rufen Sie uns an: { $tel }

## Wer anrufen soll

who = Worum geht es?
anyone = Etwas anderes
in-a-call = im Gespräch
choose-who = Bitte wählen Sie, worum es geht.
expert-more = { $name } zuerst; dauert es zu lange, jemand aus dem Team
expert-wait = { $name }: { $own } · Team: { $others }

## Wann

when = Wann sollen wir anrufen?
now = Jetzt
later = Später
soon = So bald wie möglich
day = Tag
time = Uhrzeit
choose-slot = Bitte wählen Sie eine Uhrzeit.
no-slots = Zurzeit werden keine Termine angeboten.
slots-failed = Die Termine konnten nicht geladen werden.
your-zone = Ihre Ortszeit ({ $zone })
at-time = um { $time }
at-day = am { $day } um { $time }
between = zwischen { $from } und { $to }
here-again = { $name } ist { $when } wieder da. Wählen Sie einen Termin, und wir rufen Sie dann an.
open-again = Wir öffnen { $when }. Wählen Sie einen Termin, und wir rufen Sie dann an.
nobody-now = Gerade ist niemand im Dienst. Wählen Sie einen Termin, und wir rufen Sie dann an.
closed-until = Geschlossen: Wir öffnen { $when }. Vorher gibt es keinen Termin.
closed-now = Im Moment kann Sie niemand anrufen, und es gibt keinen Termin.

## Wartezeiten

wait-none = jeden Moment
wait-short = unter einer Minute
wait-long = über eine Stunde
wait-up-to = { $high ->
   *[other] bis zu { $high } Min.
}
wait-about = { $high ->
   *[other] etwa { $high } Min.
}
wait-range = { $high ->
   *[other] { $low }–{ $high } Min.
}
wait-unknown = Wartezeit unbekannt
wait-left = Voraussichtliche Wartezeit: { $wait }
wait-left-none = Sie sind jeden Moment an der Reihe.
wait-left-unknown = Wir wissen noch nicht, wie lange es dauert.
longer-fewer = Es dauert länger als angekündigt: Zurzeit sind weniger von uns da.
longer-others = Es dauert länger als angekündigt: Ein versprochener Anruf geht vor.
longer-calls = Es dauert länger als angekündigt: Die Gespräche sind länger als zuvor.

## Was gerade möglich ist

offer-now = jetzt frei
offer-wait = besetzt, Wartezeit unbekannt
offer-opens = öffnet { $when }
offer-slot = Termin wählen
offer-closed = geschlossen

## Die Nummer

phone = Ihre Telefonnummer
phone-hint = Wie Sie sie zu Hause schreiben, oder mit Ländervorwahl
kept-number = Wir rufen { $phone } an
odd-number = Wir rufen { $number } an. Stimmt das? Nummern dieser Art kennen wir nicht.
use-another = Andere Nummer
use-kept = Die frühere Nummer verwenden
forget = Meine Nummer vergessen
phone-missing = Bitte geben Sie Ihre Telefonnummer ein.
phone-no-country = Bitte beginnen Sie mit + und der Ländervorwahl, zum Beispiel +49 30 23125 000.
phone-strange = Eine Telefonnummer besteht nur aus Ziffern, Leerzeichen und + ( ) - .
phone-short = Diese Nummer ist zu kurz.
phone-long = Diese Nummer ist zu lang.
phone-nowhere = Das kann keine Telefonnummer sein.

voice = Lieber in diesem Browser sprechen

## Die Notiz

note = Eine kurze Notiz (freiwillig)
note-hint = Damit Sie nichts zweimal erklären müssen
note-too-long = Bitte kürzen Sie die Notiz.
note-left = { $left ->
   *[other] noch { $left } Zeichen
}
note-over = { $over ->
   *[other] { $over } Zeichen zu viel
}

## Was mitgeteilt wird

share = Was wir mitteilen
share-more = Wer Sie anruft, sieht dies. Nehmen Sie heraus, was Sie lieber für sich behalten.
this-page = Diese Seite
this-page-at = Diese Seite · { $path }
said = Was diese Seite mitteilt
share-all = Alle wieder aufnehmen
share-none = keine Seiten
share-page = diese Seite
share-page-and = { $pages ->
    [one] diese Seite und { $pages } davor
   *[other] diese Seite und { $pages } davor
}
share-pages = { $pages ->
    [one] { $pages } Seite
   *[other] { $pages } Seiten
}
unshare = „{ $title }“ nicht mitteilen
vouched-by = Bestätigt von { $name }
and-account = { $count } und Ihr Kundenkonto
consent = Ich bin einverstanden, dass { $name } mich zu dieser Anfrage unter dieser Nummer anruft und die Seite sieht, auf der ich bin.
consent-needed = Bitte stimmen Sie zu, damit wir Sie anrufen dürfen.

## Absenden

send-now = Rufen Sie mich jetzt an
send-soon = Rufen Sie mich so bald wie möglich an
send-wait = Rufen Sie mich an: { $wait }
send-voice-now = Jetzt sprechen
send-voice-soon = So bald wie möglich sprechen
send-voice-wait = Sprechen: { $wait }
send-later = Rufen Sie mich später an
send-time = Rufen Sie mich an: { $time }
sending = Wird gesendet …
after-now = Zuerst klingelt Ihr Telefon, dann kommt eine Fachkraft dazu.
after-now-name = Zuerst klingelt Ihr Telefon, dann kommt { $name } dazu.
after-now-either = Zuerst klingelt Ihr Telefon, dann kommt { $name } oder jemand aus dem Team dazu.
after-later = Ihr Telefon klingelt zu dieser Zeit, dann kommt eine Fachkraft dazu.
after-later-name = Ihr Telefon klingelt zu dieser Zeit, dann kommt { $name } dazu.
after-later-either = Ihr Telefon klingelt zu dieser Zeit, dann kommt { $name } oder jemand aus dem Team dazu.
not-sent = Ihre Anfrage konnte nicht gesendet werden. Es ist nichts verloren: Bitte versuchen Sie es gleich noch einmal.
page-said-no = Auf dieser Seite ist noch etwas zu klären, bevor Ihre Anfrage abgeht. Es ist nichts verloren.
refused-skill = Dabei können wir hier nicht helfen.
refused-expert = Unter diesem Namen ist niemand da.
refused-slot = Dieser Termin wird nicht mehr angeboten. Bitte wählen Sie einen anderen.
refused-closed = Wir haben gerade geschlossen. Bitte wählen Sie einen Termin für später.
refused-number = Diese Nummer können wir nicht anrufen. Bitte geben Sie eine andere an.
refused-twice = Ein Anruf an diese Nummer ist schon vorgesehen.
refused-full = Es warten zu viele. Bitte versuchen Sie es später noch einmal.

## Eine Anfrage, die läuft

live-scheduled = Wir rufen Sie an
live-next = Sie sind als Nächstes dran
live-place = Sie sind auf Platz { $place }
live-queued = Sie sind in der Warteschlange
live-reserving = Ihr Telefon klingelt gleich
live-dialing = Wir rufen Sie an
live-ringing = Ihr Telefon klingelt
live-question = Sind Sie es?
live-hold = Danke, dass Sie abgenommen haben
live-agent = { $name } wird angerufen
live-agent-unnamed = Jemand aus unserem Team wird angerufen
live-talking = Sie sprechen mit { $name }
live-talking-unnamed = Sie sprechen mit uns
more-again = Wir versuchen es { $time } unter { $phone } noch einmal (Anruf { $attempt } von { $attempts }). Sie können diese Seite schließen.
more-scheduled = Ihr Telefon, { $phone }, klingelt { $time }. Sie können diese Seite schließen.
more-question = Drücken Sie an Ihrem Telefon die 1, und wir verbinden Sie.
more-pick-up = Bitte nehmen Sie ab: { $phone }
more-hold = Bitte bleiben Sie am Apparat: Wir suchen jemanden für Sie.
more-agent = Bitte bleiben Sie am Apparat: Sie werden gleich verbunden.
go-on = Sie können dieses Fenster schließen und weiterstöbern. Behalten Sie Ihr Telefon in der Nähe.
move = Termin ändern
move-there = Termin übernehmen
move-not = So lassen
cancel = Diesen Anruf absagen
end-call = Gespräch beenden
cancelling = Wird abgesagt …
not-cancelled = Das Absagen hat gerade nicht geklappt. Bitte versuchen Sie es noch einmal.
spoken = { $heading }. { $more }

## Die beiden Telefone

legs = Der Anruf
you = Sie
colleague = Unser Team
leg-idle = wartet
leg-dialing = wird angerufen …
leg-ringing = klingelt …
leg-answered = verbunden
leg-bridged = im Gespräch
leg-ended = aufgelegt

## Was die Schaltfläche der Seite dazu sagt

badge-wait = { $heading } · { $wait }
badge-again = Wir rufen Sie noch einmal an
badge-booked = Ihr Anruf ist vorgemerkt
badge-hold = Bitte bleiben Sie am Apparat

## Wie es ausging

ended = Der Anruf ist zu Ende
ended-talked = Danke für das Gespräch
ended-talked-more = Wir hoffen, das hat geholfen.
ended-talked-for = Sie haben { $duration } gesprochen.
ended-cancelled = Abgesagt
ended-cancelled-more = Wir rufen Sie nicht an. Sie können jederzeit wieder darum bitten.
ended-by-business = Wir mussten diesen Anruf beenden
ended-by-business-more = Sie können noch einmal darum bitten oder einen Termin wählen, der Ihnen passt.
ended-busy = Bei Ihnen war besetzt
ended-busy-more = Beenden Sie Ihr anderes Gespräch und versuchen Sie es noch einmal, oder wählen Sie einen Termin, der Ihnen passt.
ended-no-answer = Wir haben Sie nicht erreicht
ended-no-answer-more = Ihr Telefon hat geklingelt, aber niemand hat abgenommen. Sollen wir es noch einmal versuchen?
ended-declined = Sie haben den Anruf abgelehnt
ended-declined-more = Falls das ein Versehen war, rufen wir gern noch einmal an.
ended-forbade = Wir rufen diese Nummer nicht mehr an
ended-forbade-more = Sie haben die 9 gedrückt. Möchten Sie unter einer anderen Nummer angerufen werden, geben Sie bitte diese an.
ended-voicemail = Ihre Mailbox hat sich gemeldet
ended-voicemail-more = Wir haben keine Nachricht hinterlassen. Sollen wir es noch einmal versuchen?
ended-not-confirmed = Niemand hat die 1 gedrückt
ended-not-confirmed-more = Ihr Telefon wurde abgenommen, aber niemand hat die 1 gedrückt. Sollen wir es noch einmal versuchen?
ended-hung-up = Sie haben aufgelegt, bevor jemand abnehmen konnte
ended-hung-up-name = Sie haben aufgelegt, bevor { $name } abnehmen konnte
ended-hung-up-more = Wir können Sie noch einmal anrufen, oder zu einem Termin, der Ihnen passt.
ended-nobody = Leider konnte niemand Ihren Anruf annehmen
ended-nobody-more = Alle waren in einem anderen Gespräch. Wählen Sie einen Termin, und wir halten ihn für Sie frei.
ended-late = Leider konnten wir Sie nicht rechtzeitig anrufen
ended-closed-more = Wir haben geschlossen, bevor jemand frei war. Wählen Sie einen Termin, der Ihnen passt.
ended-expired-more = Sie haben länger gewartet, als wir Anfragen aufheben. Wählen Sie einen Termin, der Ihnen passt.
ended-invalid = Diese Nummer kann nicht angerufen werden
ended-invalid-more = Das Telefonnetz kennt sie nicht. Bitte prüfen Sie die Nummer.
ended-blocked = Diese Nummer können wir nicht anrufen
ended-blocked-more = Bitte geben Sie eine andere an.
ended-network = Das Telefonnetz hat versagt
ended-network-more = Das lag nicht an Ihnen. Bitte versuchen Sie es gleich noch einmal.
other-time = Anderen Termin wählen
change-number = Nummer ändern
done = Fertig
ask-again = Um einen weiteren Anruf bitten

## Writing to each other

talk-title = Nachrichten
talk-label = Nachricht schreiben
talk-send = Senden
talk-sending = Wird gesendet …
talk-connecting = Verbindung wird aufgebaut …
talk-waiting = Wer Ihren Anruf übernimmt, liest Ihre Nachrichten.
talk-here = { $name } liest mit.
talk-offline = Keine Verbindung. Was Sie schreiben, bleibt hier und wird später gesendet.
talk-over = Der Anruf ist beendet. Ihre Nachrichten können Sie hier noch lesen.
talk-long = Bitte kürzen: { $most } Zeichen passen hinein.
talk-full = Hier passen keine weiteren Nachrichten hinein.
talk-fast = Das war viel auf einmal. Bitte warten Sie einen Moment und senden Sie es dann noch einmal.
talk-unsent = Das wurde nicht gesendet. Bitte versuchen Sie es noch einmal.
