### El panel en el que se pide la llamada.

direction = ltr

## El marco

title = Hable con una persona
title-name = Hable con { $name }
title-more = Díganos a qué número llamarle.
elsewhere = Seguir en otro dispositivo
close = Cerrar
loading = Cargando…
try-again = Intentar de nuevo
unreachable = Ahora mismo no hay conexión con nosotros
unreachable-more = Compruebe su conexión. Seguimos intentándolo y no se pierde nada de lo que ha escrito.
unknown-site = Este botón todavía no está configurado
unknown-site-more = La página indica una empresa que no conocemos.
reconnecting = Conexión perdida. Reconectando…
call-us = Llámenos: { $tel }

## Quién debe llamar

who = ¿De qué se trata?
anyone = Otro asunto
in-a-call = en una llamada
choose-who = Elija de qué se trata.
expert-more = Primero { $name }; si tarda demasiado, otra persona del equipo
expert-wait = { $name }: { $own } · cualquiera: { $others }

## Cuándo

when = ¿Cuándo le llamamos?
now = Ahora
later = Más tarde
soon = Lo antes posible
day = Día
time = Hora
choose-slot = Elija una hora.
no-slots = En este momento no hay horas disponibles.
slots-failed = No hemos podido cargar las horas.
your-zone = Su hora local ({ $zone })
at-time = a las { $time }
at-day = el { $day } a las { $time }
between = entre las { $from } y las { $to }
here-again = { $name } estará disponible { $when }. Elija una hora y le llamaremos entonces.
open-again = Abrimos { $when }. Elija una hora y le llamaremos entonces.
nobody-now = Ahora mismo no hay nadie de turno. Elija una hora y le llamaremos entonces.
closed-until = Cerrado: abrimos { $when }. Antes no hay horas disponibles.
closed-now = En este momento nadie puede llamarle y no hay horas disponibles.

## Esperas

wait-none = en cualquier momento
wait-short = menos de un minuto
wait-long = más de una hora
wait-up-to = { $high ->
   *[other] hasta { $high } min
}
wait-about = { $high ->
   *[other] unos { $high } min
}
wait-range = { $high ->
   *[other] { $low }–{ $high } min
}
wait-unknown = espera desconocida
wait-left = Espera prevista: { $wait }.
wait-left-none = Le toca en cualquier momento.
wait-left-unknown = Todavía no sabemos cuánto tardará.
longer-fewer = Tardará más de lo que dijimos: ahora somos menos para atender.
longer-others = Tardará más de lo que dijimos: va primero alguien a quien se le prometió una llamada.
longer-calls = Tardará más de lo que dijimos: las llamadas duran más que antes.

## Qué se puede hacer ahora

offer-now = disponible ahora
offer-wait = ocupado, espera desconocida
offer-opens = abre { $when }
offer-slot = elegir una hora
offer-closed = cerrado

## El número

phone = Su número de teléfono
phone-hint = Como lo escribe en su país, o con el prefijo internacional
kept-number = Llamaremos al { $phone }
odd-number = Llamaremos al { $number }. ¿Es correcto? No conocemos este tipo de número.
use-another = Usar otro
use-kept = Usar el número que di antes
forget = Olvidar mi número
phone-missing = Escriba su número de teléfono.
phone-no-country = Empiece por + y el prefijo de su país, por ejemplo +34 912 345 678.
phone-strange = Un número de teléfono solo tiene cifras, espacios y + ( ) - .
phone-short = Este número es demasiado corto.
phone-long = Este número es demasiado largo.
phone-nowhere = Esto no puede ser un número de teléfono.

voice = Mejor hablar en este navegador

## La nota

note = Una nota breve (opcional)
note-hint = Para no tener que explicarlo dos veces
note-too-long = Acorte la nota, por favor.
note-left = { $left ->
    [one] queda { $left } carácter
   *[other] quedan { $left } caracteres
}
note-over = { $over ->
    [one] sobra { $over } carácter
   *[other] sobran { $over } caracteres
}

## Qué se comparte

share = Qué vamos a compartir
share-more = Quien le llame verá esto. Quite lo que prefiera no compartir.
this-page = Esta página
this-page-at = Esta página · { $path }
said = Lo que dice esta página
share-all = Volver a incluir todo
share-none = ninguna página
share-page = esta página
share-page-and = { $pages ->
    [one] esta página y { $pages } anterior
   *[other] esta página y { $pages } anteriores
}
share-pages = { $pages ->
    [one] { $pages } página
   *[other] { $pages } páginas
}
unshare = No compartir «{ $title }»
vouched-by = Confirmado por { $name }
and-account = { $count } y su cuenta
consent = Acepto que { $name } me llame a este número por esta solicitud y vea la página en la que estoy.
consent-needed = Necesitamos su consentimiento para poder llamarle.

## Enviar

send-now = Llámenme ahora
send-soon = Llámenme lo antes posible
send-wait = Llámenme: { $wait }
send-voice-now = Hablar ahora
send-voice-soon = Hablar lo antes posible
send-voice-wait = Hablar: { $wait }
send-later = Llámenme más tarde
send-time = Llámenme: { $time }
sending = Enviando…
after-now = Primero suena su teléfono y después se une una persona experta.
after-now-name = Primero suena su teléfono y después se une { $name }.
after-now-either = Primero suena su teléfono y después se une { $name } u otra persona del equipo.
after-later = Su teléfono suena a esa hora y después se une una persona experta.
after-later-name = Su teléfono suena a esa hora y después se une { $name }.
after-later-either = Su teléfono suena a esa hora y después se une { $name } u otra persona del equipo.
not-sent = No hemos podido enviar su solicitud. No se ha perdido nada: inténtelo de nuevo en un momento.
page-said-no = Hay algo pendiente en esta página antes de enviar su solicitud. No se ha perdido nada.
refused-skill = Aquí no podemos ayudarle con esto.
refused-expert = No hay nadie con ese nombre.
refused-slot = Esta hora ya no está disponible. Elija otra.
refused-closed = Ahora estamos cerrados. Elija una hora para más tarde.
refused-number = No podemos llamar a este número. Indique otro.
refused-twice = Ya vamos a llamar a este número.
refused-full = Hay demasiadas personas esperando. Inténtelo más tarde.

## Una solicitud en curso

live-scheduled = Le llamaremos
live-next = Es su turno
live-place = Ocupa el puesto { $place } en la cola
live-queued = Está en la cola
live-reserving = Su teléfono está a punto de sonar
live-dialing = Le estamos llamando
live-ringing = Su teléfono está sonando
live-question = ¿Es usted?
live-hold = Gracias por responder
live-agent = Llamando a { $name }
live-agent-unnamed = Llamando a nuestro equipo
live-talking = Está hablando con { $name }
live-talking-unnamed = Está hablando con nosotros
more-again = Lo intentaremos de nuevo { $time } en el { $phone } (llamada { $attempt } de { $attempts }). Puede cerrar esta página.
more-scheduled = Su teléfono, { $phone }, sonará { $time }. Puede cerrar esta página.
more-question = Pulse 1 en su teléfono y le pondremos en contacto.
more-pick-up = Responda, por favor: { $phone }
more-hold = No cuelgue, por favor: estamos buscando a alguien para usted.
more-agent = No cuelgue, por favor: enseguida le pondremos en contacto.
go-on = Puede cerrar esto y seguir navegando. Tenga el teléfono a mano.
move = Cambiar la hora
move-there = Cambiarla
move-not = Dejarla como está
cancel = Cancelar esta llamada
end-call = Terminar la llamada
cancelling = Cancelando…
not-cancelled = No hemos podido cancelar. Inténtelo de nuevo.
spoken = { $heading }. { $more }

## Los dos teléfonos

legs = La llamada
you = Usted
colleague = Nuestro equipo
leg-idle = en espera
leg-dialing = llamando…
leg-ringing = sonando…
leg-answered = en línea
leg-bridged = hablando
leg-ended = ha colgado

## Lo que dice el botón de la página

badge-wait = { $heading } · { $wait }
badge-again = Le llamaremos otra vez
badge-booked = Su llamada está reservada
badge-hold = No cuelgue, por favor

## Cómo terminó

ended = La llamada ha terminado
ended-talked = Gracias por hablar con nosotros
ended-talked-more = Esperamos haberle ayudado.
ended-talked-for = La conversación ha durado { $duration }.
ended-cancelled = Cancelada
ended-cancelled-more = No le llamaremos. Puede volver a pedirlo cuando quiera.
ended-by-business = Hemos tenido que terminar esta llamada
ended-by-business-more = Puede pedirla de nuevo o elegir una hora que le convenga.
ended-busy = Su línea estaba ocupada
ended-busy-more = Termine su otra llamada e inténtelo de nuevo, o elija una hora que le convenga.
ended-no-answer = No hemos podido contactar con usted
ended-no-answer-more = Su teléfono sonó, pero nadie respondió. ¿Lo intentamos de nuevo?
ended-declined = Ha rechazado la llamada
ended-declined-more = Si fue sin querer, podemos llamarle otra vez.
ended-forbade = No volveremos a llamar a este número
ended-forbade-more = Ha pulsado el 9. Si quiere que le llamemos a otro número, indíquelo.
ended-voicemail = Respondió su buzón de voz
ended-voicemail-more = No hemos dejado ningún mensaje. ¿Lo intentamos de nuevo?
ended-not-confirmed = Nadie pulsó 1
ended-not-confirmed-more = Alguien o algo respondió a su teléfono, pero no pulsó 1. ¿Lo intentamos de nuevo?
ended-hung-up = Ha colgado antes de que pudiéramos responder
ended-hung-up-name = Ha colgado antes de que { $name } pudiera responder
ended-hung-up-more = Podemos llamarle otra vez, o a una hora que le convenga.
ended-nobody = Lo sentimos, nadie ha podido atender su llamada
ended-nobody-more = Todo el equipo estaba en otra llamada. Elija una hora y se la reservaremos.
ended-late = Lo sentimos, no hemos podido llamarle a tiempo
ended-closed-more = Hemos cerrado antes de que alguien quedara libre. Elija una hora que le convenga.
ended-expired-more = Ha esperado más de lo que guardamos las solicitudes. Elija una hora que le convenga.
ended-invalid = No se puede llamar a este número
ended-invalid-more = La red telefónica no lo conoce. Compruebe el número.
ended-blocked = No podemos llamar a este número
ended-blocked-more = Indique otro.
ended-network = La red telefónica ha fallado
ended-network-more = No ha sido culpa suya. Inténtelo de nuevo en un momento.
other-time = Elegir otra hora
change-number = Cambiar el número
done = Listo
ask-again = Pedir otra llamada

## Writing to each other

talk-title = Mensajes
talk-label = Escriba un mensaje
talk-send = Enviar
talk-sending = Enviando…
talk-connecting = Conectando…
talk-waiting = Quien atienda su llamada leerá sus mensajes.
talk-here = { $name } está leyendo.
talk-offline = Sin conexión. Lo que escriba se guarda aquí y se enviará después.
talk-over = La llamada ha terminado. Aquí puede seguir leyendo sus mensajes.
talk-long = Acórtelo, por favor: caben { $most } caracteres.
talk-full = No caben más mensajes aquí.
talk-fast = Ha sido mucho de una vez. Espere un momento y vuelva a enviarlo.
talk-unsent = No se ha enviado. Inténtelo de nuevo.
