/* Ringback's loader, served as /v1/ringback.js. Beside frame.js and facts.js, which it loads when they are needed, the one piece
 * of ours that runs on the merchant's page.
 *
 *   <script async src="https://edge.example/v1/ringback.js" data-site="meridian" data-skill="cruises"></script>
 *
 * It paints a button at once, then tells who can help now. The first sign that the customer wants it (pointer, focus, tap) loads
 * frame.js; a tap makes the panel: an iframe on our own origin.
 * It must live on strict pages: no inline style, no innerHTML, no eval, nothing global but the custom element and `Ringback`.
 * The button's label is here in every language; what else it says is loaded in the one that the customer reads (say.js).
 * Before the customer opens the panel it stores nothing. For a tag that names nobody it tells the page's address without query
 * and fragment, so that the business's rules can; when these look at more, facts.js tells that, and no more.
 */
import { nearest } from "./locale.js";
import { labels, version } from "labels";

(() => {
  const script = document.currentScript;
  const name = "talk-to-rep";
  if (!script) return;
  if (customElements.get(name)) return self.Ringback?.("init", script.dataset); // Pasted twice, or anew after `destroy`.
  const edge = new URL(script.src).origin;

  // An element with attributes and content, without a parser in between.
  const make = (tag, fields, ...inside) => {
    const it = document.createElement(tag);
    for (const field in fields) it.setAttribute(field, fields[field]);
    it.append(...inside);
    return it;
  };

  const named = ({ skill, expert, to }) => (skill || expert || to) && { skill, expert, to };
  const here = () => ({ url: location.href.split("#")[0], title: document.title });

  // `view` is the presence last heard, for the page `asked`; `facts` tells what its rules look at; `misses` counts tries in
  // a row that failed; `quiet` is a floating element without a button; `frame` is frame.js once it is here, and `coming` the
  // promise of it.
  const buttons = new Set(), says = {};
  let data, live, view, asked, facts, timer, floating, quiet, frame, coming, misses = 0;
  const paint = () => buttons.forEach((it) => it.paint());

  // What frame.js needs of this. `data` is the script tag's, `host` the panel, `early` what it said before frame.js could listen,
  // `memory` what this tab keeps from the first opening on: {open, text, tel, visits}, under `key`.
  const ours = { edge, make, here, paint, early: [] };

  // ---- Presence -------------------------------------------------------------------------------------------------

  const poll = async () => {
    clearTimeout(timer);
    if (!live || document.hidden) return; // Becoming visible asks again.
    const url = asked = here().url;
    try {
      // A page that the tag names whom for need not be placed.
      const page = named(data) ? "" : "url=" + encodeURIComponent(url.split("?")[0].slice(0, 2e3))
        + (facts ? facts(view.reads, script) : "");
      const answer = await fetch(`${edge}/v1/sites/${data.site}?${page}`, { signal: AbortSignal.timeout(4e3) });
      if (!answer.ok) throw answer;
      const heard = await answer.json();
      if (url !== asked) return; // The customer moved on meanwhile: the new page has asked for itself.
      // The business's own look: a rule behind ours.
      if (!view && heard.look) sheet.insertRule(heard.look.css, 8);
      view = heard;
      ours.tel = view.tel;
      misses = 0;
      if (view.reads && !facts && !named(data)) {
        facts = await import(edge + "/v1/facts.js").then((it) => it.default, () => () => ""); // Once is enough.
        return poll();
      }
    } catch {
      misses++;
    }
    paint();
    frame?.context();
    clearTimeout(timer);
    if (live) timer = setTimeout(poll, misses ? 2e3 * Math.min(16, 2 ** misses) * (1 + Math.random()) : 15e3);
  };

  // ---- On the way to the panel ------------------------------------------------------------------------------------

  // frame.js, once. A page that outlived a new version of ours finds the present one under the plain name. Where neither comes,
  // the telephone is left, until our server is heard again.
  const fetched = () => coming ||= import(edge + "/v1/frame.js")
    .catch(() => import(`${edge}/v1/frame.js?${Date.now()}`))
    .then((it) => frame = it.default(ours))
    .catch((why) => {
      coming = null;
      misses = 9;
      paint();
      throw why;
    });

  // The panel, hidden. It is made when a finger or a button of the mouse goes down, at the earliest: a frame that has long been there
  // takes keys unreliably.
  const load = (by) => {
    if (!ours.host?.card.isConnected) {
      // Our own origin behind the # tells the panel whom to talk to; it never travels to the server.
      const inner = make("iframe", {
        title: by.label.textContent, src: `${edge}/panel/${data.site}?locale=${by.button.lang}#${location.origin}`, allow: "microphone",
      });
      const card = make("div", { part: "panel", role: "dialog", "aria-label": by.label.textContent, popover: "manual", hidden: "" }, inner);
      ours.host = { card, inner, by };
      by.shadowRoot.append(card);
    }
  };
  const turn = (open, by, focus) => {
    load(by); // It comes while frame.js does.
    fetched().then(() => {
      if (!live) return;
      load(by);
      frame.turn(open ?? !(ours.host.open && ours.host.by === by), by, focus);
    }, () => {});
  };

  addEventListener("message", (event) => frame ? frame.hear(event) : ours.early.push(event));
  document.addEventListener("visibilitychange", poll);

  // Another page without a load: the trail grows, the panel hears of it, the page is placed anew, and a launcher that was
  // swept away returns.
  // Where there is no Navigation API, the new title tells.
  const moved = () => {
    if (!live) return;
    if (!floating.isConnected) document.body.append(floating);
    paint(); // In another language, perhaps.
    frame?.moved();
    if (facts || asked !== here().url) poll(); // What facts tell may change after the address.
  };
  self.navigation?.addEventListener("currententrychange", () => setTimeout(moved));
  let title = document.title;
  new MutationObserver(() => title !== document.title && moved(title = document.title))
    .observe(document.head, { subtree: true, childList: true, characterData: true });

  // ---- The element -----------------------------------------------------------------------------------------------

  const sheet = ours.sheet = new CSSStyleSheet();
  sheet.replaceSync(`
:host{--a:var(--ringback-accent,#0a5c55);--b:var(--ringback-inset-block,20px);--i:var(--ringback-inset-inline,20px);display:inline-block;font:16px/1.3 system-ui,sans-serif}
:host([floating]),[part=panel]{position:fixed;z-index:var(--ringback-z,2147483000);inset:auto;inset-block-end:var(--b);inset-inline:var(--l,auto) var(--i)}
[hidden],:host([hidden]){display:none!important}
[part=button]{all:unset;display:flex;align-items:center;gap:12px;padding:9px 20px 9px 16px;border-radius:28px;background:var(--a);color:#fff;cursor:pointer;box-shadow:0 4px 24px #10211e4d}
[part=button]:hover{filter:brightness(1.2)}
:focus-visible{outline:3px solid var(--a);outline-offset:3px}
i{flex:none;width:24px;height:24px;background:currentcolor;forced-color-adjust:none;clip-path:path("M4 3h4l2 5-2.5 1.5a11 11 0 0 0 7 7L16 14l5 2v4a1 1 0 0 1-1 1A17 17 0 0 1 3 4a1 1 0 0 1 1-1z")}
small{display:block;font-size:14px}`);

  customElements.define(name, class extends HTMLElement {
    static get observedAttributes() { return ["skill", "expert", "to", "context", "label", "locale"]; } // A getter: a field would need a helper.

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
      this.button = make("button", { part: "button", dir: "auto", "aria-haspopup": "dialog" });
      this.link = make("a", { part: "button", dir: "auto" });
      this.button.onpointerenter = this.button.onfocus = () => live && fetched().catch(() => {});
      this.button.onpointerdown = () => live && load(this);
      this.button.onclick = () => {
        this.asked = null;
        turn(null, this);
      };
      root.append(this.button, this.link);
    }

    connectedCallback() {
      buttons.add(this);
      this.paint();
      if (live) this.emit("ready");
    }

    disconnectedCallback() { buttons.delete(this); }

    attributeChangedCallback() {
      this.paint();
      frame?.context();
    }

    // Whom this button names; else whom the script tag names; else what the business's rules say of the page. Before all of them
    // what the command that opened the panel asked for.
    get wish() {
      const [skill, expert, to, context] = ["skill", "expert", "to", "context"].map((it) => this.getAttribute(it));
      const said = this.asked || {};
      return {
        ...named(said) || named({ skill, expert, to }) || named(data) || view?.placement,
        context: said.context ?? context ?? ours.context ?? data.context,
      };
    }

    // The languages asked for, the dearest first.
    get wishes() {
      return [this.getAttribute("locale"), ours.locale, data.locale, document.documentElement.lang, ...navigator.languages];
    }

    paint() {
      if (!data) return;
      // The number of a link that the merchant put inside: <talk-to-rep><a href="tel:…">…</a></talk-to-rep>.
      const { tel, badge, host } = ours;
      const href = tel ? "tel:" + tel : this.querySelector("[href^=tel]")?.href;
      // Down is: nothing was ever heard, or two tries failed, so that a blink doesn't swap the button under a finger.
      const down = misses > (view ? 1 : 0) && !badge;
      const { wish, wishes, button, link, label, dot, more } = this;
      const language = button.lang = link.lang = nearest(wishes, labels);
      // The words of a language replace the promise of them; that has none of their fields, and the label is alone.
      const say = this.say = says[language] ||= import(`${edge}/v1/say.${language}.${version}.js`)
        .then((it) => {
          says[language] = it.default;
          it.default.style.forEach((rule) => sheet.insertRule(rule, 8));
          paint();
        }, () => {});
      const mute = quiet && this === floating;
      this.hidden = !live || down && !href;
      button.hidden = down || mute;
      link.hidden = !down || mute;
      link.href = href;
      (down ? link : button).append(...this.inside);
      button.ariaExpanded = !!host?.open && host.by === this;

      const { who, title, line } = say.told?.(view, wish, wishes) || {};
      const state = who?.availability;
      dot.hidden = down || !badge && !state;
      dot.dataset.state = badge ? "live" : state;
      if (this.now !== (this.now = state)) this.emit("availability", who);
      label.textContent = down && say.call || this.getAttribute("label") || data.label || title || labels[language];
      more.textContent = down ? "\u2066" + href?.slice(4) : badge || line || "…";
    }

    // False when a listener prevented what can be prevented.
    emit(name, detail, cancelable) {
      return this.dispatchEvent(new CustomEvent("ringback:" + name, { bubbles: true, cancelable, detail }));
    }
  });

  // ---- Commands: Ringback("open", {skill: "cruises"}) -----------------------------------------------------------

  const open = (wish) => {
    floating.asked = wish;
    turn(true, floating);
  };
  const keep = (name) => (value) => {
    ours[name] = value;
    paint();
    frame?.context();
  };
  const commands = {
    open,
    request: open, // The form's fields are frame.js's to hand on.
    close: () => frame?.turn(false),
    context: keep("context"),
    identify: keep("token"),
    consent: keep("consent"),
    locale: keep("locale"),
    show: () => paint(quiet = false),
    hide: () => paint(quiet = true),
    // All of it goes, and what this tab remembers; a request that was accepted stays with the business.
    destroy() {
      live = false;
      clearTimeout(timer);
      ours.host?.card.remove();
      floating.remove();
      ours.host = ours.badge = ours.memory = ours.context = ours.token = ours.locale = null;
      try { sessionStorage.removeItem(ours.key); } catch { /* Storage is off: there is nothing. */ }
      paint();
    },
    // Once is enough; after `destroy` it begins anew.
    init(tag = data) {
      if (live) return;
      ours.data = data = tag;
      live = true;
      view = facts = null;
      misses = 0;
      quiet = data.launcher === "none";
      ours.key = "ringback:" + data.site;
      try { ours.memory = JSON.parse(sessionStorage.getItem(ours.key)); } catch { /* Storage is off: a tab without memory. */ }
      const { memory } = ours;
      ours.tel = data.tel || memory?.tel;
      ours.badge = memory?.text;
      paint();
      buttons.forEach((it) => it.emit("ready"));
      document.body.append(floating = make(name, { floating: "" }));
      poll();
      // After a full navigation: open if it was open, hidden if a request goes on. The focus stays with the page.
      if (memory?.open) turn(true, floating, false);
      else if (ours.badge) {
        load(floating);
        fetched().catch(() => {});
      }
      else if (memory) fetched().catch(() => {});
    },
  };

  // Calls of before are kept by the stub that the page may define (README), calls of before there is a body by us.
  const calls = self.Ringback?.q || [];
  const act = self.Ringback = (command, ...more) => {
    if (!floating) calls.push([command, ...more]);
    else if (!commands[command]) console.warn("Ringback:", command);
    else if (live || command === "init") commands[command](...more);
  };
  const start = () => {
    commands.init(script.dataset);
    for (const call of calls) act(...call);
  };
  if (document.body) start();
  else addEventListener("DOMContentLoaded", start);
})();
