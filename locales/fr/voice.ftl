### Un appel dans le navigateur : dans sa propre fenêtre, ou dans le panneau si le navigateur n’en ouvre pas.

direction = ltr

## Dans le panneau

chosen = Une petite fenêtre s’ouvre et demande votre micro. Si la connexion échoue, nous appelons votre numéro.
apart = Votre appel a sa propre fenêtre.
show = Afficher la fenêtre

## En attendant son tour

sending = Envoi de votre demande…
opening = Connexion…
next = C’est bientôt à vous
place = Vous êtes numéro { $place } dans la file
queued = Vous êtes dans la file
hold = Restez en ligne, s’il vous plaît
calling = Nous vous mettons en relation avec { $name }…
calling-unnamed = Nous vous mettons en relation…
keep = Laissez cette fenêtre ouverte : quand ce sera votre tour, elle se connectera d’elle-même. Vous pouvez continuer à naviguer.
keep-inside = Le navigateur n’a pas ouvert de fenêtre : l’appel est ici et dure aussi longtemps que cette page. Quand ce sera votre tour, il se connectera de lui-même.
cancel = Annuler cet appel

## Le micro

microphone = Micro
device = Micro { $number }
allow = Veuillez autoriser le micro.
denied = Ce navigateur ne peut pas utiliser le micro. Vous pouvez le changer à côté de l’adresse.
none = Aucun micro n’a été trouvé.
busy = Un autre programme utilise le micro.

## En communication

talking = Vous parlez avec { $name }
talking-unnamed = Vous parlez avec nous
mute = Couper le micro
muted = Votre micro est coupé.
hang-up = Raccrocher
sound = Activer le son
reconnecting = Reconnexion…
silent = Nous n’entendons plus l’autre côté. Nous pouvons appeler votre téléphone.
offline = Pas de connexion. Reconnexion…
by-phone = Appelez plutôt mon téléphone

## Finalement par téléphone

phone = Votre téléphone va sonner
phone-microphone = Le navigateur n’a pas de micro, nous appelons donc votre numéro.
phone-no-connection = Le navigateur n’a pas pu se connecter, nous appelons donc votre numéro.
phone-lost = La connexion du navigateur est perdue, nous appelons donc votre numéro.
phone-chosen = Nous appelons votre numéro.
phone-agent = La personne qui vous aide ne peut pas parler dans le navigateur, nous appelons donc votre numéro.
phone-gone = La fenêtre n’a pas répondu, nous appelons donc votre numéro.

## La fin

over = L’appel est terminé
over-more = Vous pouvez fermer cette fenêtre.
elsewhere = L’appel continue dans une autre fenêtre
close = Fermer
