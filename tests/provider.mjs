// A company's own sign-in on loopback: oidc-provider, with a front that can be told to misbehave. Takes lines of JSON, says lines
// of JSON. Whoever types an address is that person.
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT, decodeJwt, importJWK } from 'jose';
import Provider from 'oidc-provider';

const say = (what) => process.stdout.write(`${JSON.stringify(what)}\n`);
// Its warnings are about being a demonstration.
console.info = console.warn = () => {};
const [back, algorithm = 'RS256'] = process.argv.slice(2);
let mood = '';
let key;
let answer;

const claims = (id) => ({
  sub: id,
  email: id,
  email_verified: !id.startsWith('unverified'),
  name: 'Ben Porter',
  groups: id.startsWith('ben') ? ['support', 'staff'] : ['staff'],
});

let kid = 0;
async function begin(issuer) {
  const { privateKey } = await generateKeyPair(algorithm, { extractable: true });
  kid += 1;
  key = { ...(await exportJWK(privateKey)), kid: `key-${kid}`, alg: algorithm, use: 'sig' };
  const provider = new Provider(issuer, {
    jwks: { keys: [key] },
    clients: [
      {
        client_id: 'ringback',
        client_secret: 'a_secret/of+ours',
        redirect_uris: [back],
        id_token_signed_response_alg: algorithm,
      },
    ],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'], groups: ['groups'] },
    scopes: ['openid', 'email', 'profile', 'groups'],
    cookies: { keys: ['only for tests'] },
    findAccount: (_, id) => ({ accountId: id, claims: () => claims(id) }),
  });
  answer = provider.callback();
}

const changes = {
  nonce: { nonce: 'of another sign-in' },
  audience: { aud: 'another' },
  issuer: { iss: 'https://login.evil.example' },
  late: { exp: 1 },
};

async function spoil(token) {
  const said = { ...decodeJwt(token), ...changes[mood] };
  if (mood === 'none') return new UnsecuredJWT(said).encode();
  if (mood === 'hs256') {
    const secret = new TextEncoder().encode('a_secret/of+ours_that_is_long_enough_for_this');
    return new SignJWT(said).setProtectedHeader({ alg: 'HS256' }).sign(secret);
  }
  return new SignJWT(said).setProtectedHeader({ alg: algorithm, kid: key.kid }).sign(await importJWK(key, algorithm));
}

// Has the provider answer, and looks at it before it leaves.
function overheard(request, response) {
  const { end } = response;
  let ended = false;
  response.end = (part = '') => {
    // Its own pages say so twice.
    if (ended) return response;
    ended = true;
    const location = `${response.getHeader('location') ?? ''}`;
    if (location.startsWith(back)) {
      say({ back: location });
      if (mood === 'hold') {
        response.removeHeader('location');
        response.statusCode = 200;
      }
    }
    const taken = request.url.startsWith('/token') && response.statusCode === 200;
    spoiled(taken, part).then((body) => {
      response.setHeader('content-length', Buffer.byteLength(body));
      end.call(response, body);
    });
    return response;
  };
  answer(request, response);
}

async function spoiled(taken, body) {
  if (!taken || !(mood in changes || mood === 'none' || mood === 'hs256')) return body;
  const told = JSON.parse(body.toString());
  return JSON.stringify({ ...told, id_token: await spoil(told.id_token) });
}

const server = createServer((request, response) => {
  if (mood === 'down') return response.writeHead(503).end();
  overheard(request, response);
});
server.listen(0, '127.0.0.1', async () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  await begin(issuer);
  createInterface({ input: process.stdin }).on('line', async (line) => {
    const told = JSON.parse(line);
    if (told.rotate) await begin(issuer);
    else mood = told.mood;
    say({ done: true });
  });
  say({ issuer });
});
// Ends with whoever started it.
process.stdin.on('end', () => process.exit());
