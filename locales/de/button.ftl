### Die Schaltfläche auf der Seite.

talk = Mit einem Menschen sprechen
to = Mit { $name } sprechen
soon = Wir rufen Sie an
now = jetzt frei
wait = gerade im Gespräch
slot = Termin wählen
closed = gerade geschlossen
opens = öffnet { $time }
call = Rufen Sie uns an
under = unter einer Minute
over = über eine Stunde
about = etwa { $time }
minutes = short
lost = Wir sind nicht erreichbar.
close = Schließen
