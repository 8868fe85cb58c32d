### Ce qui est dit au téléphone.

hold = Veuillez rester en ligne, nous vous mettons en relation avec { $name }.
confirm = Ici { $name }, pour l’appel que vous avez demandé. Appuyez sur 1 pour être mis en relation, ou sur 9 pour ne plus jamais être appelé.
sorry = Nous sommes désolés : personne chez { $name } n’a pu prendre votre appel. Veuillez choisir un autre horaire.
never = { $name } n’appellera plus ce numéro. Au revoir.
