/* The frame around the panel, served as /v1/frame.js: what a page needs once its customer wants the panel, or had it open on the page
 * before. The loader has made the iframe by then; this shows and hides it, keeps the trail, and carries messages.
 *
 * `ours` is the loader's: {edge, make, here, paint, sheet, data, key, memory, tel, badge, context, token, consent,
 * host: {card, inner, by}, early}. A page
 * that outlives a release may meet the frame.js of the next one: what is in it is added to, and not changed.
 */
export default (ours) => {
  const { edge, make, here, paint, sheet } = ours;
  const style = new CSSStyleSheet();
  style.replaceSync(`
[part=panel]{margin-block-end:68px;width:380px;height:min(640px,100dvh - var(--b) - 88px);padding:0;border:1px solid #8886;border-radius:16px;overflow:hidden;color-scheme:light dark;box-shadow:0 8px 48px #10211e4d}
iframe{width:100%;height:100%;border:0}
[part=waiting]{position:absolute;inset:0;padding:40% 20px;background:Canvas;text-align:center;line-height:2}
[part=waiting] *{font:inherit;margin:0 8px}
@media(max-width:520px),(max-height:480px){[part=panel]{inset:0;margin:0;width:100%;height:100dvh;border:0;border-radius:0}}`);

  // The page may forbid to keep anything, or want to be asked first: data-start="consent".
  const keeps = () => ours.consent ?? ours.data?.start !== "consent";
  const remember = (more) => {
    ours.memory = { ...ours.memory, ...more };
    try {
      if (keeps()) sessionStorage.setItem(ours.key, JSON.stringify(ours.memory));
      else sessionStorage.removeItem(ours.key);
    } catch { /* Storage is off: a tab without memory. */ }
  };

  // ---- Where the customer is and was (the panel cuts it to what may be sent) --------------------------------------

  // Before anything is remembered: what the browser itself knows of this tab, addresses only.
  const known = () => {
    const past = self.navigation?.entries().slice(0, navigation.currentEntry.index).map((it) => it.url) || [];
    if (!past[0] && document.referrer.startsWith(location.origin + "/")) past.push(document.referrer);
    return past.filter(Boolean).slice(-10).map((url) => ({ url }));
  };
  const visit = () => {
    const visits = ours.memory.visits || known();
    const page = here(), last = visits.at(-1);
    if (last?.url === page.url) last.title = page.title;
    else visits.push({ ...page, at: Date.now() });
    remember({ visits: visits.slice(-11) });
  };

  // What the button says: how the request stands, and before it how many messages nobody has seen yet.
  const mark = (more) => {
    if (more) remember(more);
    const { text, unread } = ours.memory || {};
    ours.badge = text && (unread ? `✉\ufe0e ${unread} · ${text}` : text);
    paint();
  };

  // ---- Words with the panel ---------------------------------------------------------------------------------------

  const tell = (type, more) => ours.host?.ready && ours.host.inner.contentWindow?.postMessage({ ringback: 1, type, ...more }, edge);
  const opened = () => {
    const { inner, focus } = ours.host;
    if (focus) inner.focus();
    tell("opened", { focus });
  };
  // Who the customer is, signed by the page's server. A function is asked whenever the panel is opened: what it gives is not good
  // for long.
  let answered;
  const given = () => ours.token ?? ours.host.by.getAttribute("customer-token") ?? ours.data?.customerToken;
  const identify = async () => {
    const token = given();
    if (typeof token !== "function") return;
    answered = await token();
    context();
  };
  const context = () => {
    if (ours.memory) remember(); // Whether it may be kept can have changed.
    if (!ours.host) return;
    const { by } = ours.host;
    const { context: said, ...wish } = by.wish;
    const { phone, note } = by.asked || {};
    const token = given();
    tell("context", {
      page: { ...here(), context: said == null || typeof said === "string" ? said : JSON.stringify(said) },
      trail: ours.memory?.visits || known(), ...wish, tel: ours.tel, asks: true,
      phone, note, token: typeof token === "function" ? answered : token, keeps: keeps(),
      locale: by.wishes.find(Boolean),
    });
  };

  // What covers a frame that has not come to life; one that does not leaves the telephone.
  const cover = (host) => {
    const { say } = host.by;
    const text = make("div", {}, "…");
    const close = make("button", {}, say?.close || "×");
    host.cover = make("div", { part: "waiting" }, text, close);
    host.cover.hidden = !!host.ready;
    host.card.prepend(host.cover);
    host.card.getRootNode().adoptedStyleSheets = [sheet, style];
    close.onclick = () => turn(false);
    host.lost = () => text.replaceChildren(say?.lost || "", ...ours.tel ? [make("a", { href: "tel:" + ours.tel, dir: "ltr" }, ours.tel)] : []);
    setTimeout(host.lost, 8e3);
  };

  // Opens the panel for an element, or closes it.
  const turn = (open, by = ours.host?.by, focus = true) => {
    const { host } = ours;
    if (!open && !host?.open) return;
    if (!host.cover) cover(host);
    if (!host.open !== !open) {
      // A panel opened by a command of the page gives the focus back to where it came from.
      if (open) host.from = by.button.hidden ? document.activeElement : by.button;
      host.card.hidden = !open;
      host.card.togglePopover?.();
    }
    Object.assign(host, { open, by, focus });
    mark({ open, tel: ours.tel, ...open && { unread: 0 } });
    if (open) {
      visit();
      context();
      opened();
      identify().catch(() => {}); // The page can't say: the customer goes on unknown.
    } else {
      tell("closed");
      host.from.focus();
    }
    by.emit(open ? "open" : "close");
  };

  const hear = ({ origin, source, data: it }) => {
    const { host } = ours;
    if (!host || origin !== edge || source !== host.inner.contentWindow || it.ringback !== 1) return;
    // A form to fill in, then the program behind it.
    if (it.type === "drawn" || it.type === "ready") {
      host.ready = true;
      if (host.cover) host.cover.hidden = true;
      context();
      if (host.open) opened();
    }
    if (it.type === "lost" && host.cover) {
      host.lost();
      host.cover.hidden = false;
    }
    if (it.type === "close") turn(false);
    // Told again on every page: what was told before is not new.
    if (it.type === "message") {
      const { heard, unread = 0 } = ours.memory || {};
      if (heard?.id !== it.id || heard.n < it.n) mark({ heard: { id: it.id, n: it.n }, unread: host.open ? 0 : unread + 1 });
    }
    // The customer sends: the page may say no.
    if (it.type === "asking") {
      const { ringback, type, ...detail } = it;
      tell("answer", { go: host.by.emit("beforerequest", detail, true) });
    }
    if (it.type === "state") {
      mark({ text: it.text });
      host.by.emit("state", it);
    }
  };
  addEventListener("keydown", (event) => event.key === "Escape" && turn(false));

  const moved = () => {
    if (ours.memory) visit();
    context();
  };
  if (ours.memory) {
    visit();
    mark();
  }
  // Nobody has tapped yet: what the panel consists of is fetched meanwhile, for the frame that a tap will make.
  else if (!ours.host) document.querySelector("talk-to-rep[floating]").shadowRoot
    .append(make("iframe", { src: `${edge}/panel/${ours.data.site}?warm`, hidden: "", title: "" }));
  ours.early.splice(0).forEach(hear);
  return { turn, hear, context, moved };
};
