### Ein Gespräch im Browser: in einem eigenen Fenster, oder im Panel, wo der Browser keines öffnet.

direction = ltr

## Im Panel

chosen = Ein kleines Fenster öffnet sich und fragt nach Ihrem Mikrofon. Klappt die Verbindung nicht, rufen wir Ihre Nummer an.
apart = Ihr Gespräch hat ein eigenes Fenster.
show = Fenster zeigen

## Bis man an der Reihe ist

sending = Ihre Anfrage wird gesendet …
opening = Verbindung wird aufgebaut …
next = Sie sind als Nächstes dran
place = Sie sind Nummer { $place } in der Warteschlange
queued = Sie sind in der Warteschlange
hold = Bitte bleiben Sie dran
calling = Wir verbinden Sie mit { $name } …
calling-unnamed = Wir verbinden Sie …
keep = Lassen Sie dieses Fenster offen: Sind Sie an der Reihe, verbindet es Sie von selbst. Sie können inzwischen weiterstöbern.
keep-inside = Der Browser hat kein Fenster geöffnet. Das Gespräch ist deshalb hier und dauert so lange wie diese Seite. Sind Sie an der Reihe, werden Sie von selbst verbunden.
cancel = Anruf absagen

## Das Mikrofon

microphone = Mikrofon
device = Mikrofon { $number }
allow = Bitte erlauben Sie das Mikrofon.
denied = Dieser Browser darf das Mikrofon nicht benutzen. Neben der Adresse können Sie das ändern.
none = Es wurde kein Mikrofon gefunden.
busy = Ein anderes Programm benutzt das Mikrofon.

## Im Gespräch

talking = Sie sprechen mit { $name }
talking-unnamed = Sie sprechen mit uns
mute = Stumm
muted = Sie sind stumm geschaltet.
hang-up = Auflegen
sound = Ton einschalten
reconnecting = Verbindung wird wiederhergestellt …
silent = Wir hören die andere Seite nicht mehr. Wir können Ihr Telefon anrufen.
offline = Keine Verbindung. Wir versuchen es weiter …
by-phone = Stattdessen mein Telefon anrufen

## Doch per Telefon

phone = Stattdessen klingelt Ihr Telefon
phone-microphone = Der Browser hat kein Mikrofon, deshalb rufen wir Ihre Nummer an.
phone-no-connection = Der Browser konnte keine Verbindung aufbauen, deshalb rufen wir Ihre Nummer an.
phone-lost = Die Verbindung des Browsers ist abgebrochen, deshalb rufen wir Ihre Nummer an.
phone-chosen = Wir rufen Ihre Nummer an.
phone-agent = Wer Ihnen hilft, kann nicht im Browser sprechen, deshalb rufen wir Ihre Nummer an.
phone-gone = Das Fenster hat nicht geantwortet, deshalb rufen wir Ihre Nummer an.

## Das Ende

over = Das Gespräch ist beendet
over-more = Sie können dieses Fenster schließen.
elsewhere = Das Gespräch geht in einem anderen Fenster weiter
close = Schließen
