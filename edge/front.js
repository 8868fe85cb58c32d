/* The worker's first step: a page view that was answered a moment ago is answered again as it was, without waking WebAssembly. Every
 * page of every shop asks each quarter of a minute, and what the worker says holds for some seconds (page.rs); all else goes on to it.
 */
import Edge, * as edge from "./index.js";

export const { Business, Exchange, Rings } = edge;

// What an isolate keeps, in characters: it has 128 MB for everything.
const MOST = 4e6;
const MOST_ORIGINS = 20;
const PAGE_VIEW = /^\w+:\/\/[^/]+\/v1\/sites\/[^/?]+(\?|$)/;

// Answers by address, each with the instants between which it holds, and the origins that the worker has noted for it.
const kept = new Map();
let size = 0;

const keep = async (url, origin, answer) => {
  const ttl = +/^ringback;.*ttl=(\d+)/.exec(answer.headers.get("cache-status"))?.[1];
  if (answer.status !== 200 || !ttl) return answer;
  const now = Date.now(), text = await answer.text(), headers = new Headers(answer.headers);
  const cost = url.length + text.length;
  if (size + cost > MOST) {
    kept.clear();
    size = 0;
  }
  const before = kept.get(url);
  size += cost - (before?.cost ?? 0);
  const origins = before?.until > now && before.origins.size < MOST_ORIGINS ? before.origins.add(origin) : new Set([origin]);
  kept.set(url, { cost, text, init: { headers }, origins, from: now, aged: +headers.get("age"), until: now + ttl * 1000, told: -1 });
  return new Response(text, answer);
};

const known = (it, request) => {
  const now = Date.now();
  const holds = now >= it.from && now < it.until && request.method === "GET" && it.origins.has(request.headers.get("origin"));
  if (!holds) return;
  const age = it.aged + Math.trunc((now - it.from) / 1000);
  if (age !== it.told) {
    it.told = age;
    it.init.headers.set("age", age);
    it.init.headers.set("cache-status", `ringback; hit; ttl=${Math.trunc((it.until - now) / 1000)}`);
  }
  return new Response(it.text, it.init);
};

export default {
  fetch(request, env, context) {
    const { url } = request, before = kept.get(url);
    const answer = before && known(before, request);
    if (answer) return answer;
    const asked = new Edge(context, env).fetch(request);
    if (request.method !== "GET" || !PAGE_VIEW.test(url)) return asked;
    return asked.then((it) => keep(url, request.headers.get("origin"), it));
  },
};
