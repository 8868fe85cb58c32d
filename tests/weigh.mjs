// What `cargo xtask bench widget` loads its pages from: the edge's answers, compressed as a content network does it, the control
// beside them, and a merchant's page for each. Arguments: the edge's origin, the folder of the site, that of the control. Prints
// its port and how many bytes travel. Ends with its input.
import { createServer, request } from "node:http";
import { connect } from "node:net";
import { readFileSync, readdirSync } from "node:fs";
import { brotliCompressSync, constants } from "node:zlib";

const [edge, site, control] = process.argv.slice(2);
const { hostname, port, host } = new URL(edge);
const packed = (bytes, quality = 11) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: quality } });
const kinds = { html: "text/html; charset=utf-8", js: "text/javascript", wasm: "application/wasm" };

// A merchant's page: some words, and one script.
const page = (script) => `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Cruises</title>
<meta name="viewport" content="width=device-width"><script async src="http://127.0.0.1:${server.address().port}/${script}"
data-site="meridian" data-skill="cruises"></script></head><body><h1>Cruises</h1><p>${"Fjords, ice and the sea. ".repeat(200)}</p></body></html>`;

const own = (path) => {
  if (path === "/merchant/ours") return ["html", Buffer.from(page("v1/ringback.js"))];
  if (path === "/merchant/control") return ["html", Buffer.from(page("bare-loader.js"))];
  if (path === "/bare-loader.js") return ["js", readFileSync(`${control}/bare-loader.js`)];
  if (path === "/counter/") return ["html", readFileSync(`${control}/index.html`)];
  if (/^\/counter\/[\w.]+$/.test(path)) return [path.split(".").pop(), readFileSync(control + path.slice(8))];
};

const kept = new Map();
const send = (answer, status, headers, body) => {
  answer.writeHead(status, { ...headers, "content-encoding": "br", "content-length": body.length });
  answer.end(body);
};
const server = createServer((asked, answer) => {
  const path = asked.url;
  const known = kept.get(path);
  if (known) return send(answer, 200, ...known);
  const mine = own(path);
  if (mine) {
    const it = [{ "content-type": kinds[mine[0]], "access-control-allow-origin": "*", "cache-control": "public, max-age=300" }, packed(mine[1])];
    kept.set(path, it);
    return send(answer, 200, ...it);
  }
  asked.pipe(request({ hostname, port, path, method: asked.method, headers: { ...asked.headers, host, "accept-encoding": "identity" } }, (got) => {
    const parts = [];
    got.on("data", (part) => parts.push(part));
    got.on("end", () => {
      const { "content-length": _, "transfer-encoding": __, connection: ___, ...headers } = got.headers;
      const file = /\.(js|css|wasm)$/.test(path);
      const body = packed(Buffer.concat(parts), file ? 11 : 4);
      if (file && got.statusCode === 200) kept.set(path, [headers, body]);
      send(answer, got.statusCode, headers, body);
    });
  }));
});
server.on("upgrade", (asked, socket, head) => {
  const there = connect(port, hostname, () => {
    const headers = Object.entries({ ...asked.headers, host }).map(([name, value]) => `${name}: ${value}\r\n`);
    there.write(`GET ${asked.url} HTTP/1.1\r\n${headers.join("")}\r\n`);
    there.write(head);
    there.pipe(socket).pipe(there);
  });
  for (const it of [there, socket]) it.on("error", () => [there, socket].forEach((one) => one.destroy()));
});

const weight = (...files) => files.map((file) => packed(readFileSync(file)).length).reduce((sum, it) => sum + it, 0);
const inside = (folder) => readdirSync(folder).map((name) => `${folder}/${name}`);
// What is loaded for a request, or for a call in the browser, is no part of the panel that somebody waits for: `cargo xtask sizes` has
// budgets for both.
const panel = inside(`${site}/panel`).filter((file) => !/\/(talk|challenge|voice|apart|call)\./.test(file)), spoken = (file) => file.includes("/words.");
const bare = `${control}/bare-loader.js`;
server.listen(0, "127.0.0.1", () => console.log(JSON.stringify({
  port: server.address().port,
  loader: weight(`${site}/v1/ringback.js`),
  bare: weight(bare),
  // Of the languages everybody loads one: here the longest.
  panel: weight(...panel.filter((file) => !spoken(file))) + Math.max(...panel.filter(spoken).map((file) => weight(file))),
  counter: weight(...inside(control).filter((file) => file !== bare)),
})));
process.stdin.on("end", () => process.exit()).resume();
