### Le panneau où l'on demande l'appel.

direction = ltr

## Le cadre

title = Parler à quelqu’un
title-name = Parler à { $name }
title-more = Dites-nous où vous appeler.
elsewhere = Suivre sur un autre appareil
close = Fermer
loading = Chargement…
try-again = Réessayer
unreachable = Nous ne sommes pas joignables pour le moment
unreachable-more = Vérifiez votre connexion. Nous continuons d’essayer, et rien de ce que vous avez saisi n’est perdu.
unknown-site = Ce bouton n’est pas encore configuré
unknown-site-more = La page indique une entreprise que nous ne connaissons pas.
reconnecting = Connexion perdue. Reconnexion…
call-us = Appelez-nous : { $tel }

## Qui doit appeler

who = De quoi s’agit-il ?
anyone = Autre chose
in-a-call = en ligne
choose-who = Veuillez choisir de quoi il s’agit.
expert-more = { $name } d’abord ; si c’est trop long, quelqu’un de l’équipe
expert-wait = { $name } : { $own } · équipe : { $others }

## Quand

when = Quand devons-nous appeler ?
now = Maintenant
later = Plus tard
soon = Dès que possible
day = Jour
time = Heure
choose-slot = Veuillez choisir un horaire.
no-slots = Aucun horaire n’est proposé pour le moment.
slots-failed = Les horaires n’ont pas pu être chargés.
your-zone = Votre heure locale ({ $zone })
at-time = à { $time }
at-day = { $day } à { $time }
between = entre { $from } et { $to }
here-again = { $name } sera là { $when }. Choisissez un horaire et nous vous appellerons à ce moment-là.
open-again = Nous ouvrons { $when }. Choisissez un horaire et nous vous appellerons à ce moment-là.
nobody-now = Personne n’est de service pour le moment. Choisissez un horaire et nous vous appellerons à ce moment-là.
closed-until = Fermé : nous ouvrons { $when }. Aucun horaire n’est proposé avant.
closed-now = Personne ne peut vous appeler pour le moment, et aucun horaire n’est proposé.

## Attentes

wait-none = d’un instant à l’autre
wait-short = moins d’une minute
wait-long = plus d’une heure
wait-up-to = { $high ->
   *[other] jusqu’à { $high } min
}
wait-about = { $high ->
   *[other] environ { $high } min
}
wait-range = { $high ->
   *[other] { $low } à { $high } min
}
wait-unknown = attente inconnue
wait-left = Attente estimée : { $wait }.
wait-left-none = C’est à vous d’un instant à l’autre.
wait-left-unknown = Nous ne savons pas encore combien de temps il faudra.
longer-fewer = Plus long que prévu : nous sommes moins nombreux à présent.
longer-others = Plus long que prévu : un appel promis passe en premier.
longer-calls = Plus long que prévu : les appels durent plus longtemps qu’avant.

## Ce qui est possible maintenant

offer-now = disponible
offer-wait = en ligne, attente inconnue
offer-opens = ouvre { $when }
offer-slot = choisir un horaire
offer-closed = fermé

## Le numéro

phone = Votre numéro de téléphone
phone-hint = Comme vous l’écrivez chez vous, ou avec l’indicatif du pays
kept-number = Nous appellerons le { $phone }
odd-number = Nous appellerons le { $number }. Est-ce exact ? Nous ne connaissons pas ce type de numéro.
use-another = En utiliser un autre
use-kept = Utiliser le numéro donné auparavant
forget = Oublier mon numéro
phone-missing = Veuillez saisir votre numéro de téléphone.
phone-no-country = Veuillez commencer par + et l’indicatif de votre pays, par exemple +33 1 99 00 12 34.
phone-strange = Un numéro de téléphone ne contient que des chiffres, des espaces et + ( ) - .
phone-short = Ce numéro est trop court.
phone-long = Ce numéro est trop long.
phone-nowhere = Cela ne peut pas être un numéro de téléphone.

voice = Parler plutôt dans ce navigateur

## La note

note = Une courte note (facultatif)
note-hint = Pour ne pas avoir à tout expliquer deux fois
note-too-long = Veuillez raccourcir la note.
note-left = { $left ->
    [one] encore { $left } caractère
   *[other] encore { $left } caractères
}
note-over = { $over ->
    [one] { $over } caractère de trop
   *[other] { $over } caractères de trop
}

## Ce qui est partagé

share = Ce que nous partageons
share-more = La personne qui vous appelle voit ceci. Retirez ce que vous préférez garder pour vous.
this-page = Cette page
this-page-at = Cette page · { $path }
said = Ce que dit cette page
share-all = Tout remettre
share-none = aucune page
share-page = cette page
share-page-and = { $pages ->
    [one] cette page et { $pages } précédente
   *[other] cette page et { $pages } précédentes
}
share-pages = { $pages ->
    [one] { $pages } page
   *[other] { $pages } pages
}
unshare = Ne pas partager « { $title } »
vouched-by = Confirmé par { $name }
and-account = { $count } et votre compte
consent = J’accepte que { $name } m’appelle à ce numéro au sujet de cette demande et voie la page où je suis.
consent-needed = Nous avons besoin de votre accord pour vous appeler.

## Envoyer

send-now = Appelez-moi maintenant
send-soon = Appelez-moi dès que possible
send-wait = Appelez-moi : { $wait }
send-voice-now = Parler maintenant
send-voice-soon = Parler dès que possible
send-voice-wait = Parler : { $wait }
send-later = Appelez-moi plus tard
send-time = Appelez-moi : { $time }
sending = Envoi…
after-now = Votre téléphone sonne d’abord, puis un spécialiste vous rejoint.
after-now-name = Votre téléphone sonne d’abord, puis { $name } vous rejoint.
after-now-either = Votre téléphone sonne d’abord, puis { $name } ou quelqu’un de l’équipe vous rejoint.
after-later = Votre téléphone sonne à ce moment-là, puis un spécialiste vous rejoint.
after-later-name = Votre téléphone sonne à ce moment-là, puis { $name } vous rejoint.
after-later-either = Votre téléphone sonne à ce moment-là, puis { $name } ou quelqu’un de l’équipe vous rejoint.
not-sent = Votre demande n’a pas pu être envoyée. Rien n’est perdu : veuillez réessayer dans un instant.
page-said-no = Il reste quelque chose à régler sur cette page avant d’envoyer votre demande. Rien n’est perdu.
refused-skill = Nous ne pouvons pas vous aider à ce sujet ici.
refused-expert = Il n’y a personne de ce nom.
refused-slot = Cet horaire n’est plus proposé. Veuillez en choisir un autre.
refused-closed = Nous sommes fermés pour le moment. Veuillez choisir un horaire pour plus tard.
refused-number = Nous ne pouvons pas appeler ce numéro. Veuillez en donner un autre.
refused-twice = Un appel à ce numéro est déjà prévu.
refused-full = Trop de personnes attendent. Veuillez réessayer plus tard.

## Une demande en cours

live-scheduled = Nous vous appellerons
live-next = Vous êtes le prochain appel
live-place = Vous êtes en position { $place }
live-queued = Vous êtes dans la file
live-reserving = Votre téléphone va sonner
live-dialing = Nous vous appelons
live-ringing = Votre téléphone sonne
live-question = Est-ce vous ?
live-hold = Merci d’avoir décroché
live-agent = Nous appelons { $name }
live-agent-unnamed = Nous appelons notre équipe
live-talking = Vous parlez avec { $name }
live-talking-unnamed = Vous parlez avec nous
more-again = Nous réessaierons { $time } au { $phone } (appel { $attempt } sur { $attempts }). Vous pouvez fermer cette page.
more-scheduled = Votre téléphone, { $phone }, sonnera { $time }. Vous pouvez fermer cette page.
more-question = Appuyez sur 1 sur votre téléphone et nous vous mettons en relation.
more-pick-up = Veuillez décrocher : { $phone }
more-hold = Veuillez rester en ligne : nous cherchons quelqu’un pour vous.
more-agent = Veuillez rester en ligne : vous serez mis en relation dans un instant.
go-on = Vous pouvez fermer ceci et continuer votre visite. Gardez votre téléphone à portée de main.
move = Modifier l’horaire
move-there = Valider le nouvel horaire
move-not = Garder l’horaire
cancel = Annuler cet appel
end-call = Terminer l’appel
cancelling = Annulation…
not-cancelled = L’annulation n’a pas abouti. Veuillez réessayer.
spoken = { $heading }. { $more }

## Les deux téléphones

legs = L’appel
you = Vous
colleague = Notre équipe
leg-idle = en attente
leg-dialing = appel…
leg-ringing = sonne…
leg-answered = en ligne
leg-bridged = en conversation
leg-ended = raccroché

## Ce que dit le bouton de la page

badge-wait = { $heading } · { $wait }
badge-again = Nous vous rappellerons
badge-booked = Votre appel est réservé
badge-hold = Veuillez rester en ligne

## Comment cela s'est terminé

ended = L’appel est terminé
ended-talked = Merci pour cet échange
ended-talked-more = Nous espérons vous avoir aidé.
ended-talked-for = Durée de la conversation : { $duration }.
ended-cancelled = Annulé
ended-cancelled-more = Nous ne vous appellerons pas. Vous pouvez refaire une demande à tout moment.
ended-by-business = Nous avons dû mettre fin à cet appel
ended-by-business-more = Vous pouvez refaire une demande ou choisir un horaire qui vous convient.
ended-busy = Votre ligne était occupée
ended-busy-more = Terminez votre autre appel et réessayez, ou choisissez un horaire qui vous convient.
ended-no-answer = Nous n’avons pas pu vous joindre
ended-no-answer-more = Votre téléphone a sonné, mais personne n’a décroché. Devons-nous réessayer ?
ended-declined = Vous avez refusé l’appel
ended-declined-more = Si c’était une erreur, nous pouvons vous rappeler.
ended-forbade = Nous n’appellerons plus ce numéro
ended-forbade-more = Vous avez appuyé sur 9. Pour être appelé à un autre numéro, indiquez-le.
ended-voicemail = Votre messagerie a répondu
ended-voicemail-more = Nous n’avons pas laissé de message. Devons-nous réessayer ?
ended-not-confirmed = Personne n’a appuyé sur 1
ended-not-confirmed-more = Quelqu’un ou quelque chose a décroché, mais sans appuyer sur 1. Devons-nous réessayer ?
ended-hung-up = Vous avez raccroché avant que nous puissions répondre
ended-hung-up-name = Vous avez raccroché avant que { $name } puisse répondre
ended-hung-up-more = Nous pouvons vous rappeler, ou à un horaire qui vous convient.
ended-nobody = Désolé, personne n’a pu prendre votre appel
ended-nobody-more = Toute l’équipe était déjà en ligne. Choisissez un horaire et nous vous le réservons.
ended-late = Désolé, nous n’avons pas pu vous appeler à temps
ended-closed-more = Nous avons fermé avant que quelqu’un soit libre. Choisissez un horaire qui vous convient.
ended-expired-more = Vous avez attendu plus longtemps que nous ne gardons les demandes. Choisissez un horaire qui vous convient.
ended-invalid = Ce numéro ne peut pas être appelé
ended-invalid-more = Le réseau téléphonique ne le connaît pas. Veuillez vérifier le numéro.
ended-blocked = Nous ne pouvons pas appeler ce numéro
ended-blocked-more = Veuillez en donner un autre.
ended-network = Le réseau téléphonique a échoué
ended-network-more = Vous n’y êtes pour rien. Veuillez réessayer dans un instant.
other-time = Choisir un autre horaire
change-number = Modifier le numéro
done = Terminé
ask-again = Demander un autre appel

## Writing to each other

talk-title = Messages
talk-label = Écrire un message
talk-send = Envoyer
talk-sending = Envoi…
talk-connecting = Connexion…
talk-waiting = La personne qui prendra votre appel lira vos messages.
talk-here = { $name } vous lit.
talk-offline = Pas de connexion. Ce que vous écrivez est conservé ici et sera envoyé plus tard.
talk-over = L’appel est terminé. Vous pouvez encore relire vos messages ici.
talk-long = Veuillez raccourcir : { $most } caractères au maximum.
talk-full = Aucun autre message ne peut être ajouté ici.
talk-fast = C’était beaucoup d’un coup. Patientez un instant, puis renvoyez-le.
talk-unsent = Ceci n’a pas été envoyé. Veuillez réessayer.
