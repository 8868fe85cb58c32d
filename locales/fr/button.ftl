### Le bouton de la page.

talk = Parler à quelqu’un
to = Parler à { $name }
soon = Nous vous appelons
now = disponible
wait = en ligne
slot = choisir un horaire
closed = fermé
opens = ouvre { $time }
call = Appelez-nous
under = moins d’une minute
over = plus d’une heure
about = environ { $time }
minutes = short
lost = Nous ne sommes pas joignables.
close = Fermer
