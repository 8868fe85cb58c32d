### Una llamada en el navegador: en una ventana propia, o en el panel donde el navegador no abre ninguna.

direction = ltr

## En el panel

chosen = Se abre una ventana pequeña y le pide el micrófono. Si la conexión falla, llamamos a su número.
apart = Su llamada tiene una ventana propia.
show = Mostrar la ventana

## Hasta que llega el turno

sending = Enviando su solicitud…
opening = Conectando…
next = Usted es el siguiente
place = Tiene el número { $place } en la cola
queued = Está en la cola
hold = No cuelgue, por favor
calling = Le conectamos con { $name }…
calling-unnamed = Le conectamos…
keep = Deje esta ventana abierta: cuando llegue su turno, se conecta sola. Mientras tanto puede seguir navegando.
keep-inside = El navegador no abrió ninguna ventana, así que la llamada está aquí y dura lo que dure esta página. Cuando llegue su turno, se conecta sola.
cancel = Cancelar esta llamada

## El micrófono

microphone = Micrófono
device = Micrófono { $number }
allow = Permita el micrófono, por favor.
denied = Este navegador no puede usar el micrófono. Puede cambiarlo junto a la dirección.
none = No se encontró ningún micrófono.
busy = Otro programa está usando el micrófono.

## En la llamada

talking = Está hablando con { $name }
talking-unnamed = Está hablando con nosotros
mute = Silenciar
muted = Su micrófono está silenciado.
hang-up = Colgar
sound = Activar el sonido
reconnecting = Reconectando…
silent = Ya no oímos a la otra parte. Podemos llamar a su teléfono.
offline = Sin conexión. Reconectando…
by-phone = Mejor llámenme al teléfono

## Finalmente por teléfono

phone = Sonará su teléfono
phone-microphone = El navegador no tiene micrófono, así que llamamos a su número.
phone-no-connection = El navegador no pudo conectarse, así que llamamos a su número.
phone-lost = Se perdió la conexión del navegador, así que llamamos a su número.
phone-chosen = Llamamos a su número.
phone-agent = Quien le atiende no puede hablar en el navegador, así que llamamos a su número.
phone-gone = La ventana no respondió, así que llamamos a su número.

## El final

over = La llamada ha terminado
over-more = Puede cerrar esta ventana.
elsewhere = La llamada sigue en otra ventana
close = Cerrar
