### Lo que se dice por teléfono.

hold = No cuelgue, por favor. Le ponemos en contacto con { $name }.
confirm = Le llamamos de { $name } por la llamada que ha pedido. Pulse 1 para hablar con nosotros, o 9 para que no volvamos a llamarle.
sorry = Lo sentimos: en este momento nadie en { $name } ha podido atender su llamada. Elija otra hora, por favor.
never = { $name } no volverá a llamar a este número. Adiós.
