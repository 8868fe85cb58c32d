/* What a page tells of itself beside its address, served as /v1/facts.js. The loader asks for it only when the business's rules
 * look at something, and tells it what that is: nothing else is read, so no other cookie and no other tag can leave the page.
 */

const list = (it) => it == null ? [] : [].concat(it);

// The types and categories of what JSON-LD describes: the things at the top, those of a graph, and what a page is about.
const kinds = (things) => list(things).flatMap((it) => it?.["@type"] || it?.["@graph"]
  ? [...list(it["@type"]), ...list(it.category).map((kind) => kind.name || kind), ...kinds(it["@graph"]), ...kinds(it.mainEntity)]
  : []);
const described = () => [...document.querySelectorAll("script[type='application/ld+json' i]")].flatMap((it) => {
  try { return kinds(JSON.parse(it.textContent)); } catch { return []; /* Not JSON: it describes nothing. */ }
});

/* The facts as further parameters of an address, cut to what the server takes. `reads` is of the server's answer. */
export default ({ query, meta, product_type, data, cookies } = { meta: [], data: [], cookies: [] }, script) => {
  const told = new URLSearchParams();
  const tell = (name, text) => typeof text === "string" && told.append(name, text.slice(0, 200));
  if (query) told.append("query", location.search.slice(1, 2001));
  for (const name of meta) {
    tell("meta." + name, document.querySelector(`meta[name="${name}" i],meta[property="${name}" i]`)?.content);
  }
  if (product_type) [...new Set(described())].slice(0, 10).forEach((kind) => tell("type", kind));
  for (const name of data) {
    const where = [script, document.body, document.documentElement].find((it) => it?.hasAttribute("data-" + name));
    tell("data." + name, where?.getAttribute("data-" + name));
  }
  for (const name of cookies) {
    const pair = document.cookie.split("; ").find((it) => it.startsWith(name + "="));
    tell("cookie." + name, pair?.slice(name.length + 1));
  }
  return "&" + told;
};
