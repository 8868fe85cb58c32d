/* Ringback's loader, served as /v1/ringback.js. The one piece of ours that runs on the merchant's page.
 *
 *   <script async src="https://edge.example/v1/ringback.js" data-site="meridian" data-skill="cruises"></script>
 *
 * It paints a button at once, then tells who can help now, and on a tap opens the panel: an iframe on our own origin.
 * It must live on strict pages: no inline style, no innerHTML, no eval, nothing global but the custom element.
 * It stores nothing and sends nothing about the customer before the customer opens the panel.
 */
(() => {
  const script = document.currentScript;
  if (!script || customElements.get("talk-to-rep")) return; // Pasted twice: once is enough.
  const { site, skill, expert, label, tel: givenTel, launcher } = script.dataset;
  const edge = new URL(script.src).origin;
  const key = "ringback:" + site;
  // Everything the button says. The panel has its own sentences.
  const say = {
    talk: "Talk to a person", talkTo: "Talk to ", soon: "We call you", free: "free now", busy: "busy now",
    away: "choose a time", call: "Call us", about: "about ", min: " min", soonest: "under a minute", long: "over an hour",
    panel: "Talk to us by phone", loading: "Loading…", lost: "We can't be reached right now.", close: "Close",
  };

  // What the whole page shares. `view` is the last presence heard; `down` means that our server can't be reached.
  const buttons = new Set();
  let view, tel = givenTel, down = false, misses = 0, timer, badge = "", host;

  // ---- What this tab remembers, from the first opening on -------------------------------------------------------

  // {open, state, text, tel, visits}; null until the customer opened the panel once.
  let memory = null;
  try { memory = JSON.parse(sessionStorage.getItem(key)); } catch { /* Storage is off: a tab without memory. */ }
  const remember = (more) => {
    memory = { ...memory, ...more };
    try { sessionStorage.setItem(key, JSON.stringify(memory)); } catch { /* As above. */ }
  };
  tel ||= memory?.tel;
  badge = memory?.text || "";

  // ---- Where the customer is and was ----------------------------------------------------------------------------

  const bare = (url) => url.split("#")[0];
  const here = () => ({ url: bare(location.href), title: document.title });

  // Before anything is remembered: what the browser itself knows of this tab, addresses only.
  const known = () => {
    const now = self.navigation?.currentEntry?.index;
    const urls = now > 0 ? navigation.entries().slice(0, now).map((it) => it.url)
      : document.referrer.startsWith(location.origin + "/") ? [document.referrer] : [];
    return urls.filter(Boolean).map((url) => ({ url: bare(url) }));
  };
  const trail = () => {
    const visits = (memory?.visits || known()).filter((it, at, all) => it.url !== all[at + 1]?.url);
    if (visits.at(-1)?.url === here().url) visits.pop();
    return visits.slice(-10);
  };
  const visit = () => {
    const last = memory.visits?.at(-1);
    if (last?.url === here().url) last.title = document.title;
    else (memory.visits ||= known()).push({ ...here(), at: Date.now() });
    remember({ visits: memory.visits.slice(-11) });
  };

  // ---- Presence -------------------------------------------------------------------------------------------------

  const poll = async () => {
    clearTimeout(timer);
    if (document.hidden) return; // Becoming visible asks again.
    try {
      const answer = await fetch(`${edge}/v1/sites/${site}`, { credentials: "omit", signal: AbortSignal.timeout(4000) });
      if (!answer.ok) throw 0;
      view = await answer.json();
      tel = view.tel || tel;
      if (memory && memory.tel !== tel) remember({ tel });
      down = false;
      misses = 0;
    } catch {
      // The first miss tells; later ones must be two in a row, so that a blink doesn't swap the button under a finger.
      down = ++misses > 1 || !view;
    }
    paint();
    clearTimeout(timer);
    timer = setTimeout(poll, misses ? Math.min(60, 4 * 2 ** (misses - 1)) * 1000 * (0.7 + 0.6 * Math.random()) : 15000);
  };
  const paint = () => buttons.forEach((it) => it.paint());

  const wait = ({ low_s, high_s }) => high_s <= 60 ? say.soonest : low_s > 3600 ? say.long
    : say.about + Math.max(1, Math.round((low_s + high_s) / 120)) + say.min;

  // ---- The panel: one for the page, in the shadow of the element that opened it first ------------------------------

  const tell = (type, more) => host?.ready && host.frame.contentWindow?.postMessage({ ringback: 1, type, ...more }, edge);
  const context = () => tell("context", { page: here(), trail: trail(), ...host.by.wish, tel });

  // `by` is the element it is for; a hidden one only follows a request that goes on.
  const load = (by) => {
    if (host?.card.isConnected) { host.by = by; return; }
    const card = make("div", { part: "panel", role: "dialog", ariaLabel: say.panel, popover: "manual", hidden: true });
    const wait = make("div", { part: "waiting", role: "status", textContent: say.loading });
    const close = make("button", { part: "close", type: "button", textContent: say.close, onclick: hide });
    // Our own origin behind the # tells the panel whom to talk to; it never travels to the server.
    const frame = make("iframe", { part: "frame", title: say.panel, src: `${edge}/panel/${site}#${location.origin}` });
    wait.append(make("br"), close);
    card.append(wait, frame);
    by.shadowRoot.append(card);
    host = { card, wait, frame, by, ready: false, open: false };
    const mine = host;
    setTimeout(() => { // The frame did not come to life: say so, and leave the telephone.
      if (mine.ready) return;
      const link = tel || by.tel;
      wait.firstChild.data = say.lost;
      if (link) close.before(make("a", { part: "tel", href: "tel:" + link, textContent: `${say.call}: ${link}` }));
    }, 8000);
  };
  const show = (by, focus) => {
    load(by);
    remember({ open: true });
    visit();
    host.open = true;
    host.card.hidden = false;
    host.card.showPopover?.();
    if (host.ready) { context(); opened(focus); }
    else host.focus = focus;
    paint();
    by.emit("open");
  };
  const opened = (focus) => {
    if (focus) host.frame.focus();
    tell("opened", { focus });
  };
  const hide = () => {
    if (!host?.open) return;
    host.open = false;
    host.card.hidePopover?.();
    host.card.hidden = true;
    remember({ open: false });
    tell("closed");
    paint();
    host.by.button.focus({ preventScroll: true });
    host.by.emit("close");
  };

  addEventListener("message", ({ origin, source, data }) => {
    if (!host || origin !== edge || source !== host.frame.contentWindow || data?.ringback !== 1) return;
    if (data.type === "ready") {
      host.ready = true;
      host.wait.hidden = true;
      context();
      if (host.open) opened(host.focus);
    } else if (data.type === "close") hide();
    else if (data.type === "state") {
      badge = data.text || "";
      remember({ state: data.state, text: badge });
      paint();
      host.by.emit("state", { state: data.state, text: badge });
    }
  });
  addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });
  addEventListener("online", poll);
  document.addEventListener("visibilitychange", poll);

  // Another page without a load: the trail grows, the panel hears of it, and a launcher that was swept away returns.
  const moved = () => {
    if (floating && !floating.isConnected) document.body.append(floating);
    if (!memory) return;
    visit();
    if (host?.ready) context();
  };
  if (self.navigation) navigation.addEventListener("currententrychange", () => setTimeout(moved));
  else {
    for (const name of ["pushState", "replaceState"]) {
      const plain = history[name];
      history[name] = function () { plain.apply(this, arguments); setTimeout(moved); };
    }
    addEventListener("popstate", () => setTimeout(moved));
  }
  if (document.head) {
    let title = document.title;
    new MutationObserver(() => title !== document.title && (title = document.title, moved()))
      .observe(document.head, { subtree: true, childList: true, characterData: true });
  }

  // ---- The element -----------------------------------------------------------------------------------------------

  const make = (name, fields) => {
    const it = document.createElement(name);
    for (const field in fields) field === "part" ? it.setAttribute(field, fields[field]) : it[field] = fields[field];
    return it;
  };

  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
:host{--a:var(--ringback-accent,#0a5c55);--z:var(--ringback-z,2147483000);--b:var(--ringback-inset-block,20px);--i:var(--ringback-inset-inline,20px);display:inline-block;font:16px/1.3 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;text-align:start;color-scheme:light dark}
:host([floating]){position:fixed;inset-block-end:calc(var(--b) + env(safe-area-inset-bottom));inset-inline-end:var(--i);z-index:var(--z);max-width:calc(100vw - 2*var(--i))}
:host([hidden]),[hidden]{display:none!important}
*{box-sizing:border-box}
[part=button]{all:unset;box-sizing:border-box;display:flex;align-items:center;gap:12px;min-height:56px;max-width:100%;padding:9px 20px 9px 16px;padding-inline:16px 20px;border-radius:28px;background:var(--a);color:#fff;cursor:pointer;box-shadow:0 2px 6px #10211e2e,0 10px 28px #10211e33;transition:box-shadow .15s,filter .15s;-webkit-tap-highlight-color:transparent}
[part=button]:hover{filter:brightness(1.12);box-shadow:0 3px 8px #10211e38,0 14px 36px #10211e47}
[part=button]:focus-visible{outline:3px solid var(--a);outline-offset:3px;box-shadow:0 0 0 3px #fff}
svg{flex:none;width:24px;height:24px;fill:currentcolor}
[part=text]{min-width:0}
[part=label],[part=presence]{display:block}
[part=label]{font-weight:650}
[part=presence]{font-size:14px;opacity:.95}
[part=dot]{display:inline-block;width:9px;height:9px;margin-inline-end:7px;border:2px solid #fff;border-radius:50%}
[data-state=free]{background:#5ee69b;border-color:#5ee69b}
[data-state=busy]{border:0;background:linear-gradient(#0000 38%,var(--a) 0 62%,#0000 0),#ffc46b}
[data-state=live]{background:#fff;animation:p 1.4s infinite}
@keyframes p{50%{opacity:.3}}
[part=panel]{position:fixed;inset:auto;inset-block-end:calc(var(--b) + 68px);inset-inline-end:var(--i);z-index:var(--z);width:min(380px,100vw - 2*var(--i));height:min(640px,100dvh - var(--b) - 88px);margin:0;padding:0;border:1px solid #8885;border-radius:16px;overflow:hidden;background:Canvas;color:CanvasText;box-shadow:0 4px 12px #10211e24,0 20px 60px #10211e40;animation:o .18s ease-out}
@keyframes o{from{opacity:0;translate:0 12px}}
[part=frame]{display:block;width:100%;height:100%;border:0}
[part=waiting]{position:absolute;inset:0;padding:40% 24px 0;background:Canvas;text-align:center;line-height:2.6}
[part=close],[part=tel]{font:inherit;color:inherit}
[part=tel]{display:block}
@media(max-width:520px),(max-height:480px){[part=panel]{inset:0;width:100%;height:100dvh;max-width:none;max-height:none;border:0;border-radius:0}}
@media(prefers-reduced-motion:reduce){*{animation:none!important;transition:none!important}}
@media(forced-colors:active){[part=button]{border:2px solid ButtonText}}`);

  const handset = () => {
    const draw = (name, fields) => {
      const it = document.createElementNS("http://www.w3.org/2000/svg", name);
      for (const field in fields) it.setAttribute(field, fields[field]);
      return it;
    };
    const svg = draw("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" });
    svg.append(draw("path", { d: "M6.6 10.8c1.4 2.8 3.8 5.1 6.6 6.6l2.2-2.2c.3-.3.7-.4 1-.2 1.1.4 2.3.6 3.6.6.6 0 1 .4 1 1V20c0 .6-.4 1-1 1C10.6 21 3 13.4 3 4c0-.6.4-1 1-1h3.5c.6 0 1 .4 1 1 0 1.2.2 2.4.6 3.6.1.3 0 .7-.2 1z" }));
    return svg;
  };

  class TalkToRep extends HTMLElement {
    static observedAttributes = ["skill", "expert", "label"];

    constructor() {
      super();
      const root = this.attachShadow({ mode: "open" });
      root.adoptedStyleSheets = [sheet];
      this.button = this.face("button", { type: "button", ariaHasPopup: "dialog", onclick: () => host?.open && host.by === this ? hide() : show(this, true) });
      this.link = this.face("a", { hidden: true });
      root.append(this.button, this.link);
    }

    // A button and a link that look the same; one of them is there.
    face(name, fields) {
      const it = make(name, { ...fields, part: "button" });
      it.words = make("span", { part: "label", textContent: say.talk });
      it.dot = make("span", { part: "dot", ariaHidden: "true" });
      it.more = make("span", { textContent: say.soon });
      const presence = make("span", { part: "presence" });
      const text = make("span", { part: "text" });
      presence.append(it.dot, it.more);
      text.append(it.words, presence);
      it.append(handset(), text);
      return it;
    }

    connectedCallback() {
      buttons.add(this);
      this.paint();
      if (memory && this.matches("[floating]") | buttons.size === 1) setTimeout(comeBack);
      this.emit("ready");
    }

    disconnectedCallback() { buttons.delete(this); }
    attributeChangedCallback() { this.paint(); }

    // Whom this button names; the script tag's wish is everybody's.
    get wish() {
      const own = this.getAttribute("skill") || this.getAttribute("expert") ? [this.getAttribute("skill"), this.getAttribute("expert")] : [skill, expert];
      return { skill: own[0] || null, expert: own[1] || null };
    }

    // The number of a link that the merchant put inside: <talk-to-rep><a href="tel:…">…</a></talk-to-rep>.
    get tel() { return this.querySelector('a[href^="tel:"]')?.getAttribute("href").slice(4); }

    paint() {
      const { wish, button, link } = this;
      const number = tel || this.tel;
      const asLink = down && !badge;
      link.hidden = !asLink || !number;
      button.hidden = asLink;
      this.toggleAttribute("hidden", asLink && !number);
      if (number) link.href = "tel:" + number;
      link.words.textContent = say.call;
      link.more.textContent = number;
      link.dot.hidden = true;
      button.ariaExpanded = String(!!host?.open && host.by === this);

      const person = view?.experts.find((it) => it.id === wish.expert);
      const topic = view?.skills.find((it) => it.id === wish.skill);
      // A busy person's colleagues help too: what the skill can do counts, unless the person is free.
      const state = person?.availability === "free" ? person : topic || view?.anyone;
      button.words.textContent = this.getAttribute("label") || label || (person ? say.talkTo + person.name : say.talk);
      button.dot.hidden = !state && !badge;
      button.dot.dataset.state = badge ? "live" : state?.availability;
      button.more.textContent = badge || (state ? [!person && topic?.name,
        state.availability === "busy" && state.wait ? wait(state.wait) : say[state.availability]].filter(Boolean).join(" · ") : say.soon);
    }

    emit(name, detail) {
      this.dispatchEvent(new CustomEvent("ringback:" + name, { bubbles: true, composed: true, detail }));
    }
  }

  // After a full navigation: open if it was open, hidden if a request goes on. The focus stays with the page.
  const comeBack = () => {
    const [first] = [...buttons].sort((a, b) => b.matches("[floating]") - a.matches("[floating]"));
    if (host || !first) return;
    visit();
    if (memory.open) show(first, false);
    else if (memory.state) load(first);
  };

  let floating;
  customElements.define("talk-to-rep", TalkToRep);
  const start = () => {
    if (launcher !== "none") {
      floating = document.createElement("talk-to-rep");
      floating.toggleAttribute("floating", true);
      document.body.append(floating);
    }
    poll();
  };
  if (document.body) start();
  else addEventListener("DOMContentLoaded", start);
})();
