/* The window that a call in the browser has for itself, from both sides: in the panel it is opened by the tap that sends the request, and
 * told the request once that is accepted; in the window the call begins. A page of its own outlives those of the shop.
 *
 * Where the browser opens none, the panel has the call, for as long as its page.
 */
import { by_phone, call, make } from "./call.js";
import { speech } from "./speech.js";
import { files, sheet } from "voices";

const [, , site] = location.pathname.split("/"), here = location.origin;
const NAME = "ringback-call", SIZE = "popup,width=400,height=600";
// Browsers may deny storage: then a page that is loaded again begins anew.
const kept = (act) => {
  try { return act(sessionStorage); } catch { return null; }
};

// ---- In the panel -----------------------------------------------------------------------------------------------

const main = document.querySelector("main.panel");
let shown, ticket;
const open_at = (address) => open(address, NAME, SIZE);
const address = () => `/panel/${site}/call?locale=${words.spoken().wished ?? ""}`;
const hand = () => ticket && shown?.postMessage({ ringback: 1, ticket, name: document.querySelector(".business")?.textContent }, here);

// What its parts look like comes with them.
const dress = () => document.querySelector(`[href="${sheet}"]`) || document.head.append(make("link", { rel: "stylesheet", href: sheet }));

// The customer has chosen it. The tap that sends opens the window, as long as the browser takes it for that tap's doing.
let wanted = false, watched = false;
const watch = () => {
  if (watched) return;
  watched = true;
  addEventListener("message", ({ source, origin, data }) => source === shown && origin === here && data?.ringback === 1 && hand());
  let before = main.dataset.state;
  new MutationObserver(() => {
    const { state } = main.dataset;
    if (state === "sending" && before === "form" && wanted) {
      ticket = null;
      shown = open_at(address());
    } else if (before === "sending" && state === "form") shown?.close();
    before = state;
  }).observe(main, { attributeFilter: ["data-state"] });
};

const choice = (place, say) => place.replaceChildren(make("p", { className: "hint", textContent: say("chosen") }));

const elsewhere = (place, say) => {
  hand();
  const show = make("button", { id: "call-show", type: "button", className: "button small", textContent: say("show") });
  show.onclick = () => {
    // The one that is there, if it is; a new one is empty.
    if (!shown || shown.closed) shown = open_at("");
    if (shown?.location.pathname === "blank") shown.location = new URL(address(), here);
    shown?.focus();
  };
  place.replaceChildren(make("p", { textContent: say("apart") }), show);
};

/* The panel's place for it: empty in the form where it is chosen, then the request's: `id:receipt`, and why it goes by telephone where it
 * does. Gives what ends it.
 */
export const draw = (place, value) => {
  const [id, receipt, why] = value.split(":"), name = "ringback.inside." + id;
  let drawn, left = false;
  watch();
  dress();
  wanted = !receipt;
  // Asked for on this page, and no window came; or on the page before.
  if (receipt && shown === null) kept((there) => there.setItem(name, "1"));
  const inside = kept((there) => there.getItem(name)) ?? shown === null;
  if (receipt) ticket = { id, receipt };
  speech(files, [words.spoken().tag]).then((spoken) => {
    const say = spoken.message;
    if (left) return;
    if (!receipt) choice(place, say);
    else if (why) by_phone(place, say, why);
    else if (inside) {
      drawn = call(place, spoken, true);
      drawn.begin(ticket);
    } else elsewhere(place, say);
  });
  return () => {
    left = true;
    wanted = false;
    drawn?.leave();
  };
};

// ---- In the window ----------------------------------------------------------------------------------------------

const begin_window = async (place) => {
  const KEPT = "ringback.call", before = JSON.parse(kept((there) => there.getItem(KEPT)) ?? "null");
  const [visit] = performance.getEntriesByType("navigation");
  // A window that nobody has opened for a call, or whose panel is not allowed to know it, has none.
  if (!opener && !before) close();
  const spoken = await speech(files, [new URLSearchParams(location.search).get("locale"), ...navigator.languages]);
  Object.assign(document.documentElement, { lang: spoken.language, dir: spoken.message("direction") });
  const title = place.querySelector(".business"), drawn = call(place.querySelector("div"), spoken, false);
  const begin = ({ ticket, name }) => {
    title.textContent = name ?? "";
    kept((there) => there.setItem(KEPT, JSON.stringify({ ticket, name })));
    drawn.begin(ticket);
  };
  addEventListener("message", ({ source, origin, data }) => source === opener && origin === here && data?.ringback === 1 && data.ticket && begin(data));
  if (before && (!opener || visit?.type === "reload")) begin(before);
  else opener?.postMessage({ ringback: 1 }, here);
};
const place = document.querySelector("main.apart");
if (place) begin_window(place);
