/* The panel's form before its program is there: the edge drew it into the page (`widget/src/page.rs`). It is shown and filled in while
 * the program comes, which draws the same form, is given what was typed, and takes its place.
 */
import files from "files";
import { nearest } from "./locale.js";

// Who has been here finds their number or their request, so this form would not be theirs. Where storage is blocked, cookies stand in.
const known = () => {
  try {
    return localStorage.length;
  } catch {
    return document.cookie;
  }
};
// Not the next frame: whoever has sent may look at another tab meanwhile.
const soon = () => new Promise((done) => setTimeout(done, 9));

/* Says something to the page around the panel, where there is one. */
export const tell = (type) => parent !== self && parent.postMessage({ ringback: 1, type }, location.hash.slice(1));

/* Shows it in the place of the page's skeleton, where there is one and it fits. Gives which language the page asks for, as far as it has, and what hands the form over to
 * the program once that runs.
 */
export const early = (locale, skeleton) => {
  const template = document.querySelector("template");
  if (!template || parent === self || document.documentElement.lang !== nearest([locale, ...navigator.languages], files) || known()) return;
  skeleton.replaceWith(template.content);
  const drawn = document.querySelector("main"), send = drawn.querySelector("#send"), heading = drawn.querySelector("h1");

  let sent, writes, context;
  drawn.onsubmit = (event) => {
    event.preventDefault();
    sent = send.ariaDisabled = true;
    send.firstChild.hidden = false;
  };
  drawn.onclick = ({ target }) => {
    if (target.className === "close") tell("close");
  };
  // A word in the making, as Japanese has it, is lost with its field.
  drawn.addEventListener("compositionstart", () => writes = new Promise((done) => drawn.addEventListener("compositionend", done)));
  addEventListener("message", (event) => {
    const { type, focus } = event.data ?? {};
    if (type === "context") context = event;
    if (type === "opened" && focus && document.activeElement === document.body) heading.focus();
  });
  // The page shows the frame now, and says where the customer is.
  tell("drawn");

  const handOver = async () => {
    heading.id = ""; // What the program puts the focus on is its own.
    // What the page said is said to the program, so that the form changes once.
    if (context) dispatchEvent(new MessageEvent("message", context));
    let now;
    while (!(now = document.querySelector("main + main:not([data-state=loading])"))) await soon();
    await writes;
    const at = document.activeElement, { selectionStart, selectionEnd } = at;
    // Where the server can't be reached any more the program says so; what was typed waits.
    while (!now.querySelector("form")) {
      drawn.remove();
      await soon();
    }
    const twin = (it) => now.querySelector(it.id ? "#" + it.id : `[name="${it.name}"][value="${it.value}"]`);
    for (const it of drawn.querySelectorAll("input,textarea")) {
      const ticks = /radio|box/.test(it.type), is = twin(it);
      if (!is || !(ticks ? it.checked && !it.defaultChecked : it.value || it === at)) continue;
      Object.assign(is, ticks ? { checked: true } : { value: it.value });
      is.dispatchEvent(new Event("input"));
      if (ticks || it !== at) is.dispatchEvent(new Event("change"));
    }
    const focused = drawn.contains(at) && twin(at);
    drawn.remove();
    if (focused) {
      focused.focus();
      if (selectionStart) focused.setSelectionRange(selectionStart, selectionEnd);
    }
    if (sent) now.querySelector("form").requestSubmit();
  };
  return { handOver, locale: () => context?.data.locale };
};
