/* What the customer and the agent write to each other about a request. Loaded when there is one.
 *
 * What is written waits here until the server says that it is kept; sent again after a break, it has the same key and is no second
 * message. All of it is text, and never read as markup.
 */
import { line } from "./line.js";
import places from "places";

const MOST = 1000;

// The panel's words take the members of a JSON object.
const say = (id, about = {}) => words.message(places[id], JSON.stringify(about).slice(1, -1));
const make = (tag, fields, ...inside) => {
  const it = Object.assign(document.createElement(tag), fields);
  it.append(...inside);
  return it;
};
const new_key = () => Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(36)).join("");

// Why the server did not keep something, by its code.
const why = {
  too_long: () => say("talk-long", { most: words.digits(`${MOST}`) }),
  too_fast: () => say("talk-fast"),
  full: () => say("talk-full"),
  over: () => say("talk-over"),
};

// What is typed and what is not kept yet, by request: the panel draws its screens anew.
const drafts = {};

/* Draws the talk of `ticket` (`id:receipt`) into a place; gives what ends it. */
export const draw = (place, ticket) => {
  const [id, receipt] = ticket.split(":"), site = location.pathname.split("/")[2];
  const name = "ringback.talk." + id;
  // Only where the receipt may be kept, too, and browsers may deny either.
  const kept = (act) => {
    try { return localStorage.getItem("ringback.request." + site) && act(sessionStorage); } catch { /* Then it lasts as long as the page. */ }
  };
  const mine = drafts[id] ??= JSON.parse(kept((there) => there.getItem(name)) || '{"text":"","queue":[]}');
  const remember = () => kept((there) => mine.text || mine.queue.length ? there.setItem(name, JSON.stringify(mine)) : there.removeItem(name));

  const title = make("h2", { id: "talk-title", textContent: say("talk-title") });
  const state = make("p", { className: "hint", id: "talk-state" });
  const log = make("ol", { id: "talk-log", tabIndex: 0 });
  const field = make("textarea", { id: "talk-text", rows: 1, placeholder: say("talk-label") });
  const send = make("button", { id: "talk-send", className: "button primary", textContent: say("talk-send") });
  const error = make("p", { id: "talk-error", className: "error" });
  const form = make("form", { className: "field", noValidate: true }, field, send, error);
  field.setAttribute("aria-label", say("talk-label"));
  field.setAttribute("aria-describedby", "talk-error talk-state");
  state.setAttribute("role", "status");
  error.setAttribute("role", "alert");
  log.setAttribute("aria-labelledby", "talk-title");
  place.setAttribute("role", "group");
  place.setAttribute("aria-labelledby", "talk-title");
  place.replaceChildren(title, log, form, state);

  // How it stands by the server's word; nothing while there is no connection.
  let stands, misses = 0;
  const shown = new Map();

  // `foot` is text and elements.
  const entry = (by, author, text, ...foot) => {
    const it = make("li", {}, make("b", { className: "sr-only", textContent: author }), make("p", { dir: "auto", textContent: text }), make("small", {}, ...foot));
    it.dataset.by = by;
    return it;
  };
  const told = ({ by, name, text, at }) => by === "customer"
    ? entry(by, say("you"), text, words.time(at))
    : entry(by, "", text, make("bdi", { textContent: name ?? say("colleague") }), " · " + words.time(at));

  const type = (text) => {
    mine.text = text;
    if (field.value !== text) field.value = text;
    // An empty field that takes its direction from its text goes from left to right, whatever the language.
    field.dir = text ? "auto" : "";
  };
  type(mine.text);

  const redraw = () => {
    const over = stands && !stands.open;
    const offline = !stands && (!navigator.onLine || misses > 1);
    place.dataset.state = over ? "over" : offline ? "offline" : !stands ? "connecting" : stands.agent_here ? "here" : "waiting";
    state.textContent = {
      over: () => say("talk-over"),
      offline: () => say("talk-offline"),
      connecting: () => say("talk-connecting"),
      here: () => say("talk-here", { name: stands.agent_name ?? say("colleague") }),
      waiting: () => say("talk-waiting"),
    }[place.dataset.state]();
    const low = log.scrollHeight - log.scrollTop - log.clientHeight < 60;
    const before = log.childElementCount;
    log.querySelectorAll("[data-waits]").forEach((it) => it.remove());
    for (const { text } of mine.queue) {
      const it = entry("customer", say("you"), text, say("talk-sending"));
      it.dataset.waits = "";
      log.append(it);
    }
    log.hidden = !log.childElementCount;
    if (low || log.childElementCount > before) log.scrollTop = log.scrollHeight;
    form.hidden = over && !field.value;
    field.readOnly = send.disabled = over;
    // Nobody wrote anything, and nobody can any more.
    place.hidden = over && log.hidden && form.hidden;
    remember();
  };

  const fail = (words) => {
    error.textContent = words;
    field.setAttribute("aria-invalid", !!words);
  };

  // The page around the panel marks its button while that is closed.
  const mark = ({ by, n }) => {
    if (by === "customer" || !location.hash) return;
    try { parent.postMessage({ ringback: 1, type: "message", id, n }, location.hash.slice(1)); } catch { /* Nobody's page. */ }
  };

  const hear = ({ talk, messages = [], unsaid }) => {
    for (const message of messages) {
      if (shown.has(message.n)) continue;
      mark(message);
      const it = told(message), next = log.querySelector("[data-waits]");
      shown.set(message.n, it);
      log.insertBefore(it, next);
      if (message.by === "customer") mine.queue = mine.queue.filter(({ key }) => key !== message.key);
    }
    const first = talk && !stands;
    stands = talk ?? stands;
    if (first) {
      mine.queue.forEach(wire.ask);
      // What was there is read when the customer gets there, what comes is read out.
      setTimeout(() => log.setAttribute("aria-live", "polite"));
    }
    const unkept = unsaid && mine.queue.find(({ key }) => key === unsaid.key);
    if (unkept) {
      mine.queue = mine.queue.filter((it) => it !== unkept);
      type([unkept.text, field.value].filter(Boolean).join("\n"));
      fail((why[unsaid.problem.errors?.[0]?.code] ?? (() => say("talk-unsent")))());
    }
    redraw();
  };

  // Closed since this side opened too many others, or said too much: whoever comes back to this one takes part again.
  const PAUSED = [4409, 4429];
  let wire, paused = false;
  const dial = () => wire = line(`/v1/sites/${site}/requests/${id}/talk`, ["ringback.v1", "receipt." + receipt], {
    hear(frame) {
      misses = 0;
      hear(frame);
    },
    lost(times) {
      misses = times;
      stands = undefined;
      redraw();
    },
    over(code) {
      paused = PAUSED.includes(code);
      stands = paused ? undefined : { open: false };
      misses = 2;
      redraw();
    },
  });
  const back = () => {
    if (!paused || document.hidden) return;
    paused = false;
    dial();
  };
  dial();
  addEventListener("focus", back);
  document.addEventListener("visibilitychange", back);

  const go = (event) => {
    event.preventDefault();
    const text = field.value.trim();
    if (!text || field.readOnly) return;
    // As the server counts: characters, not the halves of some.
    if ([...text].length > MOST) return fail(why.too_long());
    const message = { key: new_key(), text };
    mine.queue.push(message);
    type("");
    fail("");
    if (stands) wire.ask(message);
    redraw();
  };
  form.onsubmit = go;
  field.onkeydown = (event) => {
    // A line may be broken with Shift; whoever chooses a Japanese word with Enter is still writing.
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) go(event);
  };
  field.oninput = () => {
    type(field.value);
    if ([...mine.text.trim()].length <= MOST) fail("");
    remember();
  };

  redraw();
  return () => {
    removeEventListener("focus", back);
    document.removeEventListener("visibilitychange", back);
    wire.close();
  };
};
