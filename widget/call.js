/* The customer's side of a call in the browser, drawn: in a window of its own (apart.js), or in the panel where the browser opens none.
 * Its words are those of locales/{language}/voice.ftl.
 */
import { microphone, voice } from "./voice.js";

export const make = (tag, fields, ...inside) => {
  const it = Object.assign(document.createElement(tag), fields);
  it.append(...inside);
  return it;
};
// Nothing is written twice: who listens to the page hears what changes, and nothing else.
const put = (it, text = "") => {
  it.hidden = !text;
  if (it.textContent !== text) it.textContent = text;
};

// A leg on the telephone has other words for why it is there than the server has letters.
const switched = (say, why) => say("phone-" + why.replace("_", "-"));

/* Draws the sentence that says why it goes on by telephone. */
export const by_phone = (place, say, why) => place.replaceChildren(make("p", { className: "notice", id: "switched", textContent: switched(say, why) }));

/* Draws a call into a place and asks for the microphone at once. `begin` is to be told the request and its receipt, when they are
 * known; `leave` ends it. `inside` is whether it is drawn in the panel.
 */
export const call = (place, { message: say, tag }, inside) => {
  const site = location.pathname.split("/")[2], ear = microphone();
  const number = (least) => new Intl.NumberFormat(tag, { useGrouping: false, minimumIntegerDigits: least });
  const minutes = number(1), seconds = number(2);
  let leg, now = { stage: "sending", call: null, microphone: ear };

  const button = (id, words, click, look = "") => {
    const it = make("button", { id, type: "button", className: "button " + look, textContent: say(words) });
    it.onclick = click;
    return it;
  };
  const face = make("i", { className: "face", ariaHidden: "true" });
  const heading = make(inside ? "h2" : "h1", { id: "call-heading" });
  const more = make("p", { className: "muted", id: "call-more" });
  const clock = make("p", { className: "clock num", id: "call-time" });
  clock.setAttribute("role", "timer");
  const said = make("div", {}, heading, more);
  said.setAttribute("role", "status");
  const sound = button("call-sound", "sound", () => leg.play(), "primary");
  const level = make("span", { className: "level", ariaHidden: "true" });
  const device = make("select", { id: "call-device", ariaLabel: say("microphone") });
  device.onchange = () => (leg ?? ear).use(device.value);
  const hears = make("p", { className: "hears" }, level, device);
  const mute = button("call-mute", "mute", () => leg.mute(!now.muted));
  const phone = button("call-phone", "by-phone", () => leg.fail("chosen"));
  const end = button("call-end", "hang-up", () => leg.hang_up());
  const close = button("call-close", "close", () => self.close());
  const acts = make("footer", { className: inside ? "acts" : "foot" }, sound, make("div", { className: "pair" }, mute, end), phone, close);
  place.replaceChildren(make("section", { className: "body centre" }, face, said, clock, hears, acts));
  place.classList.add("voice");

  const named = (id, name) => name ? say(id, { name }) : say(id + "-unnamed");
  const waits = ({ state, name, position }) => state === "queued" || state === "scheduled"
    ? position === 1 ? say("next") : position ? say("place", { place: position }) : say("queued")
    : state === "ringing_agent" ? named("calling", name) : say("hold");
  const heads = {
    sending: () => say("sending"),
    opening: () => say("opening"),
    waiting: () => waits(now.call),
    connecting: () => named("calling", now.call.name),
    talking: () => named("talking", now.call.name),
    reconnecting: () => say("reconnecting"),
    phone: () => say("phone"),
    elsewhere: () => say("elsewhere"),
    over: () => say("over"),
  };
  const trouble = () => {
    const { trouble, asking, devices } = now.microphone;
    return trouble ? say(trouble) : asking && !devices.length && say("allow");
  };
  const mores = {
    sending: () => trouble() || say(inside ? "keep-inside" : "keep"),
    waiting: () => trouble() || now.offline && say("offline") || say(inside ? "keep-inside" : "keep"),
    connecting: trouble,
    talking: () => now.muted && say("muted"),
    reconnecting: () => now.silent && say("silent"),
    phone: () => switched(say, now.call?.switched ?? now.why),
    over: () => !inside && say("over-more"),
  };

  const draw = () => {
    const { stage, microphone: { devices, device: chosen, level: loud } } = now;
    const talks = stage === "talking" || stage === "reconnecting", done = /phone|elsewhere|over/.test(stage);
    place.dataset.stage = stage;
    put(heading, heads[stage]());
    put(more, mores[stage]?.() || "");
    if (!inside) document.title = heading.textContent;
    face.textContent = done ? "" : now.call?.name?.[0] ?? "";
    face.hidden = done && stage !== "phone";
    put(clock, talks && now.since ? time((Date.now() - now.since) / 1e3) : "");
    level.dataset.level = now.muted ? 0 : loud;
    hears.hidden = done || !devices.length;
    if (device.length !== devices.length) {
      device.replaceChildren(...devices.map(({ id, label }, nth) => new Option(label || say("device", { number: nth + 1 }), id)));
    }
    device.value = chosen;
    mute.hidden = !talks;
    mute.ariaPressed = !!now.muted;
    sound.hidden = !now.muffled;
    end.hidden = phone.hidden = done || !leg;
    put(end, end.hidden ? "" : say(stage === "waiting" ? "cancel" : "hang-up"));
    end.classList.toggle("danger", stage !== "waiting");
    phone.classList.toggle("primary", !!now.silent);
    close.hidden = inside || !done;
  };
  const time = (all) => minutes.format(Math.trunc(all / 60)) + ":" + seconds.format(Math.trunc(all % 60));
  const beat = setInterval(() => clock.hidden || draw(), 1e3);

  const asked = ear.open();
  ear.changed = draw;
  asked.catch(draw);
  draw();
  return {
    begin({ id, receipt }) {
      if (leg) return;
      leg = voice(`/v1/sites/${site}/requests/${id}/voice`, {
        protocols: ["ringback.v1", "receipt." + receipt],
        headers: { Authorization: "Bearer " + receipt },
        ear,
        unasked: true,
        show(how) {
          now = how;
          draw();
        },
      });
      asked.catch(() => leg.fail("microphone"));
    },
    leave() {
      clearInterval(beat);
      leg ? leg.close() : ear.close();
    },
  };
};
