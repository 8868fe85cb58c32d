/* Ringback's loader, served as /v1/ringback.js. The one piece of ours that runs on the merchant's page.
 *
 *   <script async src="https://edge.example/v1/ringback.js" data-site="meridian" data-skill="cruises"></script>
 *
 * It paints a button at once, then tells who can help now, and on a tap opens the panel: an iframe on our own origin.
 * It must live on strict pages: no inline style, no innerHTML, no eval, nothing global but the custom element.
 * Before the customer opens the panel it stores nothing. For a tag that names nobody it tells the page's address without query
 * and fragment, so that the business's rules can; when these look at more, facts.js tells that, and no more.
 */
(() => {
  const script = document.currentScript;
  const name = "talk-to-rep";
  if (!script || customElements.get(name)) return; // Pasted twice: once is enough.
  const data = script.dataset;
  const edge = new URL(script.src).origin;
  const key = "ringback:" + data.site;
  // Everything the button says. The panel has its own sentences.
  const say = {
    talk: "Talk to a person", to: "Talk to ", soon: "We call you", now: "free now", wait: "busy now",
    slot: "choose a time", closed: "closed now", opens: "opens ", call: "Call us", lost: "We can't be reached.", close: "Close",
  };
  const wait = ({ low_s, high_s }) => high_s <= 60 ? "under a minute" : low_s > 3600 ? "over an hour"
    : `about ${Math.round((low_s + high_s) / 120)} min`;
  // As the customer writes times; with the date when the weekday could be another week's.
  const opens = (at) => say.opens + new Date(at).toLocaleString([],
    { weekday: "long", hour: "numeric", minute: "2-digit", ...at - Date.now() > 5e8 && { day: "numeric", month: "short" } });

  // An element with attributes and content, without a parser in between.
  const make = (tag, fields, ...inside) => {
    const it = document.createElement(tag);
    for (const field in fields) it.setAttribute(field, fields[field]);
    it.append(...inside);
    return it;
  };

  // ---- What this tab remembers, from the first opening on: {open, text, tel, visits} ----------------------------

  let memory;
  try { memory = JSON.parse(sessionStorage.getItem(key)); } catch { /* Storage is off: a tab without memory. */ }
  const remember = (more) => {
    memory = { ...memory, ...more };
    try { sessionStorage.setItem(key, JSON.stringify(memory)); } catch { /* As above. */ }
  };

  const named = ({ skill, expert, to }) => (skill || expert || to) && { skill, expert, to };
  const tag = () => named(data);

  // `view` is the presence last heard, for the page `asked`; `facts` tells what its rules look at; `misses` counts tries in
  // a row that failed; `host` is the open panel.
  const buttons = new Set();
  let view, asked, facts, timer, host, floating, misses = 0, tel = data.tel || memory?.tel, badge = memory?.text;
  const paint = () => buttons.forEach((it) => it.paint());

  // ---- Where the customer is and was (the panel cuts it to what may be sent) --------------------------------------

  const here = () => ({ url: location.href.split("#")[0], title: document.title });
  // Before anything is remembered: what the browser itself knows of this tab, addresses only.
  const known = () => {
    const past = self.navigation?.entries().slice(0, navigation.currentEntry.index).map((it) => it.url) || [];
    if (!past[0] && document.referrer.startsWith(location.origin + "/")) past.push(document.referrer);
    return past.filter(Boolean).slice(-10).map((url) => ({ url }));
  };
  const visit = () => {
    const visits = memory.visits || known();
    const page = here(), last = visits.at(-1);
    if (last?.url === page.url) last.title = page.title;
    else visits.push({ ...page, at: Date.now() });
    remember({ visits: visits.slice(-11) });
  };

  // ---- Presence -------------------------------------------------------------------------------------------------

  const poll = async () => {
    clearTimeout(timer);
    if (document.hidden) return; // Becoming visible asks again.
    const url = asked = here().url;
    try {
      // A page that the tag names whom for need not be placed.
      const page = tag() ? "" : "url=" + encodeURIComponent(url.split("?")[0].slice(0, 2e3))
        + (facts ? facts(view.reads, script) : "");
      const answer = await fetch(`${edge}/v1/sites/${data.site}?${page}`, { signal: AbortSignal.timeout(4e3) });
      if (!answer.ok) throw answer;
      const heard = await answer.json();
      if (url !== asked) return; // The customer moved on meanwhile: the new page has asked for itself.
      view = heard;
      tel = view.tel;
      misses = 0;
      if (view.reads && !facts && !tag()) {
        facts = await import(edge + "/v1/facts.js").then((it) => it.default, () => () => ""); // Once is enough.
        return poll();
      }
    } catch {
      misses++;
    }
    paint();
    context();
    clearTimeout(timer);
    timer = setTimeout(poll, misses ? 2e3 * Math.min(16, 2 ** misses) * (1 + Math.random()) : 15e3);
  };

  // ---- The panel: one for the page, in the shadow of the element that opened it first ------------------------------

  const tell = (type, more) => host?.ready && host.frame.contentWindow?.postMessage({ ringback: 1, type, ...more }, edge);
  const context = () => host && tell("context", { page: here(), trail: memory?.visits || known(), ...host.by.wish, tel });
  const opened = () => {
    if (host.focus) host.frame.focus();
    tell("opened", { focus: host.focus });
  };

  // Makes the panel, hidden. So it stays when it only follows a request that goes on.
  const load = (by) => {
    if (host?.card.isConnected) return;
    const text = make("div", {}, "…");
    const close = make("button", {}, say.close);
    const cover = make("div", { part: "waiting" }, text, close);
    // Our own origin behind the # tells the panel whom to talk to; it never travels to the server.
    const frame = make("iframe", { title: say.talk, src: `${edge}/panel/${data.site}#${location.origin}` });
    const card = make("div", { part: "panel", role: "dialog", "aria-label": say.talk, popover: "manual", hidden: "" }, cover, frame);
    close.onclick = () => turn(false);
    by.shadowRoot.append(card);
    host = { card, cover, frame, by };
    // A frame that does not come to life leaves the telephone.
    setTimeout(() => text.replaceChildren(say.lost, ...tel ? [make("a", { href: "tel:" + tel }, tel)] : []), 8e3);
  };

  // Opens the panel for an element, or closes it.
  const turn = (open, by = host?.by, focus = true) => {
    if (open) load(by);
    else if (!host?.open) return;
    if (!host.open !== !open) {
      host.card.hidden = !open;
      host.card.togglePopover?.();
    }
    Object.assign(host, { open, by, focus });
    remember({ open, tel });
    if (open) {
      visit();
      context();
      opened();
    } else {
      tell("closed");
      by.button.focus();
    }
    paint();
    by.emit(open ? "open" : "close");
  };

  addEventListener("message", ({ origin, source, data: it }) => {
    if (!host || origin !== edge || source !== host.frame.contentWindow || it.ringback !== 1) return;
    if (it.type === "ready") {
      host.ready = host.cover.hidden = true;
      context();
      if (host.open) opened();
    }
    if (it.type === "close") turn(false);
    if (it.type === "state") {
      badge = it.text;
      remember({ text: badge });
      paint();
      host.by.emit("state", it);
    }
  });
  addEventListener("keydown", (event) => event.key === "Escape" && turn(false));
  document.addEventListener("visibilitychange", poll);

  // Another page without a load: the trail grows, the panel hears of it, the page is placed anew, and a launcher that was
  // swept away returns.
  // Where there is no Navigation API, the new title tells.
  const moved = () => {
    if (floating && !floating.isConnected) document.body.append(floating);
    if (memory) visit();
    context();
    if (facts || asked !== here().url) poll(); // What facts tell may change after the address.
  };
  self.navigation?.addEventListener("currententrychange", () => setTimeout(moved));
  let title = document.title;
  new MutationObserver(() => title !== document.title && moved(title = document.title))
    .observe(document.head, { subtree: true, childList: true, characterData: true });

  // ---- The element -----------------------------------------------------------------------------------------------

  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
:host{--a:var(--ringback-accent,#0a5c55);--b:var(--ringback-inset-block,20px);--i:var(--ringback-inset-inline,20px);display:inline-block;font:16px/1.3 system-ui,sans-serif}
:host([floating]),[part=panel]{position:fixed;z-index:var(--ringback-z,2147483000);inset:auto;inset-block-end:var(--b);inset-inline-end:var(--i)}
[hidden],:host([hidden]){display:none!important}
[part=button]{all:unset;display:flex;align-items:center;gap:12px;padding:9px 20px 9px 16px;border-radius:28px;background:var(--a);color:#fff;cursor:pointer;box-shadow:0 4px 24px #10211e4d}
[part=button]:hover{filter:brightness(1.2)}
:focus-visible{outline:3px solid var(--a);outline-offset:3px}
i{flex:none;width:24px;height:24px;background:currentcolor;forced-color-adjust:none;clip-path:path("M4 3h4l2 5-2.5 1.5a11 11 0 0 0 7 7L16 14l5 2v4a1 1 0 0 1-1 1A17 17 0 0 1 3 4a1 1 0 0 1 1-1z")}
small{display:block;font-size:14px}
[part=dot]{display:inline-block;box-sizing:border-box;width:11px;height:11px;margin-inline-end:7px;border:2px solid;border-radius:9px}
[data-state=free]{background:#5ee69b;color:#5ee69b}
[data-state=busy]{background:linear-gradient(#0000 38%,var(--a) 0 62%,#0000 0),#ffc46b;border:0}
[data-state=live]{background:#fff}
[part=panel]{margin-block-end:68px;width:380px;height:min(640px,100dvh - var(--b) - 88px);padding:0;border:1px solid #8886;border-radius:16px;overflow:hidden;color-scheme:light dark;box-shadow:0 8px 48px #10211e4d}
iframe{width:100%;height:100%;border:0}
[part=waiting]{position:absolute;inset:0;padding:40% 20px;background:Canvas;text-align:center;line-height:2}
[part=waiting] *{font:inherit;margin:0 8px}
@media(max-width:520px),(max-height:480px){[part=panel]{inset:0;margin:0;width:100%;height:100dvh;border:0;border-radius:0}}`);

  customElements.define(name, class extends HTMLElement {
    static get observedAttributes() { return ["skill", "expert", "to", "label"]; } // A getter: a field would need a helper.

    constructor() {
      super();
      const root = this.attachShadow({ mode: "open" });
      root.adoptedStyleSheets = [sheet];
      this.label = make("b", { part: "label" });
      this.dot = make("span", { part: "dot" });
      this.more = make("span");
      this.inside = [
        make("i"),
        make("span", {}, this.label, make("small", { part: "presence" }, this.dot, this.more)),
      ];
      // A button and a link that look the same; one of them is there.
      this.button = make("button", { part: "button", "aria-haspopup": "dialog" });
      this.link = make("a", { part: "button" });
      this.button.onclick = () => turn(!host?.open || host.by !== this, this);
      root.append(this.button, this.link);
    }

    connectedCallback() {
      buttons.add(this);
      this.paint();
      this.emit("ready");
    }

    disconnectedCallback() { buttons.delete(this); }
    attributeChangedCallback() { this.paint(); }

    // Whom this button names; else whom the script tag names; else what the business's rules say of the page.
    get wish() {
      const [skill, expert, to] = ["skill", "expert", "to"].map((it) => this.getAttribute(it));
      return named({ skill, expert, to }) || tag() || view?.placement || {};
    }

    paint() {
      // The number of a link that the merchant put inside: <talk-to-rep><a href="tel:…">…</a></talk-to-rep>.
      const href = tel ? "tel:" + tel : this.querySelector("[href^=tel]")?.href;
      // Down is: nothing was ever heard, or two tries failed, so that a blink doesn't swap the button under a finger.
      const down = misses > (view ? 1 : 0) && !badge;
      const { wish, button, link, label, dot, more } = this;
      this.hidden = down && !href;
      button.hidden = down;
      link.hidden = !down;
      link.href = href;
      (down ? link : button).append(...this.inside);
      button.ariaExpanded = !!host?.open && host.by === this;

      // Whom the page asks for and nobody else, an agent or a service centre; or the expert of its topic.
      const [kind, id] = wish.to?.split(":") || [, wish.expert];
      const person = view?.[kind === "centre" ? "centres" : "experts"].find((it) => it.id === id);
      const topic = view?.skills.find((it) => it.id === wish.skill);
      // A busy person's colleagues help too: what the skill can do counts, unless the person is free.
      const who = person && (kind || person.availability === "free") ? person : topic || view?.anyone;
      const state = who?.availability;
      dot.hidden = down || !badge && !state;
      dot.dataset.state = badge ? "live" : state;
      label.textContent = down ? say.call : this.getAttribute("label") || data.label || (person ? say.to + person.name : say.talk);
      more.textContent = down ? href?.slice(4) : badge || (person || !topic ? "" : topic.name + " · ")
        + (who ? who.opens_at ? opens(who.opens_at) : state === "busy" && who.wait ? wait(who.wait) : say[who.offer] : say.soon);
    }

    emit(name, detail) {
      this.dispatchEvent(new CustomEvent("ringback:" + name, { bubbles: true, detail }));
    }
  });

  const start = () => {
    if (data.launcher !== "none") document.body.append(floating = make(name, { floating: "" }));
    poll();
    // After a full navigation: open if it was open, hidden if a request goes on. The focus stays with the page.
    const by = floating || document.querySelector(name);
    if (!memory || !by) return;
    visit();
    if (memory.open) turn(true, by, false);
    else if (badge) load(by);
  };
  if (document.body) start();
  else addEventListener("DOMContentLoaded", start);
})();
