/* The panel's words, for its WebAssembly: one language's messages, and times as the browser writes them. */
import files from "files";
import { speech } from "./speech.js";

// Messages go by their place in locales/en/panel.ftl, the direction first, then the title.
let spoken, number, formats, wished;
const message = (id, about) => spoken.message(id, about);

// A way to write times, made when it is needed first: that takes a slow phone 20 ms, and most panels open without a time to write.
const format = (options) => formats[Object.keys(options)] ??= new Intl.DateTimeFormat(spoken.tag, options);
const clock = { hour: "numeric", minute: "2-digit" };

/* Loads the language for a page that asks for `locale`, else for the browser's. */
export const speak = async (locale) => {
  const wishes = [locale, ...navigator.languages], before = spoken;
  wished = wishes.find(Boolean);
  spoken = await speech(files, wishes, before);
  if (spoken !== before) {
    number = new Intl.NumberFormat(spoken.tag, { useGrouping: false });
    formats = {};
    Object.assign(document.documentElement, { lang: spoken.language, dir: message(0) });
    document.title = message(1);
  }
};

// What WebAssembly calls.
globalThis.words = {
  speak: (locale, then) => speak(locale).catch(() => {}).then(then),
  // Which language it is, and which was wished for.
  spoken: () => ({ tag: spoken?.tag, wished }),
  // `about` are the members of a JSON object; a list among them is a message itself.
  message: (id, about) => message(id, JSON.parse(`{${about}}`)),
  digits: (text) => text.replace(/\d/g, (digit) => number.format(digit)),
  day: (at) => format({ weekday: "short", day: "numeric", month: "short" }).format(at),
  weekday: (at) => format({ weekday: "long" }).format(at),
  time: (at) => format(clock).format(at),
  // From one moment to another: “15:30 – 15:45”, and “3:30 – 3:45 PM” where that is how it's written.
  window: (from, to) => format(clock).formatRange(from, to),
};
