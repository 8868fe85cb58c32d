// A real mail server on loopback: takes e-mails of whoever knows its password, and prints each as a line of JSON. The first
// attempt of all is put off, as servers do that look out for senders who don't come back.
import { SMTPServer } from 'smtp-server';

const say = (what) => process.stdout.write(`${JSON.stringify(what)}\n`);
let putOff = false;
const server = new SMTPServer({
  disabledCommands: ['STARTTLS'],
  authMethods: ['PLAIN'],
  allowInsecureAuth: true,
  onAuth: ({ username, password }, _, done) =>
    username === 'door' && password === 's3cret' ? done(null, { user: username }) : done(new Error('Who?')),
  onMailFrom: (_, __, done) => {
    if (putOff) return done();
    putOff = true;
    const later = new Error('Come back later');
    later.responseCode = 451;
    done(later);
  },
  onData: (stream, session, done) => {
    const parts = [];
    stream.on('data', (part) => parts.push(part));
    stream.on('end', () => {
      const { mailFrom, rcptTo } = session.envelope;
      say({ from: mailFrom.address, to: rcptTo.map((it) => it.address), text: Buffer.concat(parts).toString() });
      done();
    });
  },
});
server.listen(0, '127.0.0.1', () => say({ port: server.server.address().port }));
// Ends with whoever started it.
process.stdin.resume().on('end', () => process.exit());
