### El botón de la página.

talk = Hable con una persona
to = Hable con { $name }
soon = Le llamamos
now = disponible ahora
wait = ocupado ahora
slot = elija una hora
closed = cerrado ahora
opens = abre: { $time }
call = Llámenos
under = menos de un minuto
over = más de una hora
about = unos { $time }
minutes = short
lost = No hay conexión con nosotros.
close = Cerrar
