### Lo que se dice por teléfono.

hold = No cuelgue, por favor. Le ponemos en contacto con { $name }.
confirm = Le llamamos de { $name } por la llamada que ha pedido. Pulse 1 para hablar con nosotros.
sorry = Lo sentimos: en este momento nadie en { $name } ha podido atender su llamada. Elija otra hora, por favor.
