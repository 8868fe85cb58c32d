### Was am Telefon gesagt wird.

hold = Bitte bleiben Sie am Apparat. Wir verbinden Sie mit { $name }.
confirm = Hier ist { $name } mit dem Anruf, um den Sie gebeten haben. Drücken Sie die 1, um verbunden zu werden, oder die 9, um nie wieder angerufen zu werden.
sorry = Es tut uns leid: Bei { $name } konnte gerade niemand Ihren Anruf annehmen. Bitte wählen Sie einen anderen Termin.
never = { $name } ruft diese Nummer nicht mehr an. Auf Wiederhören.
