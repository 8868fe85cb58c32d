/* The panel's words, for its WebAssembly: one language's messages, and times as the browser writes them.
 * What is loaded is parsed already (locales.mjs), so that no parser travels.
 */
import files from "files";
import { nearest, written } from "./locale.js";
import { writer } from "./pattern.mjs";

// Messages go by their place in locales/en/panel.ftl, the direction first, then the title; the fourth is what stands below it.
let messages, write, number, formats, tag, wished;

const message = (id, about) => {
  for (const name in about) if (Array.isArray(about[name])) about[name] = message(...about[name]);
  const text = write(messages[id], about);
  // What keeps names apart changes nothing but the text where all goes one way.
  return /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/.test(text) ? text : text.replace(/[\u2068\u2069]/g, "");
};

// A way to write times, made when it is needed first: that takes a slow phone 20 ms, and most panels open without a time to write.
const format = (options) => formats[Object.keys(options)] ??= new Intl.DateTimeFormat(tag, options);
const clock = { hour: "numeric", minute: "2-digit" };

/* What the skeleton is drawn with: the title, and what stands below it. */
export const heading = () => [message(1), message(3)];

/* Loads the language for a page that asks for `locale`, else for the browser's. */
export const speak = async (locale) => {
  const wishes = [locale, ...navigator.languages], language = nearest(wishes, files);
  wished = wishes.find(Boolean);
  if (written(wishes, language) !== tag) {
    const answer = await fetch(files[language]);
    if (!answer.ok) throw answer;
    messages = await answer.json();
    tag = written(wishes, language);
    write = writer(tag);
    number = new Intl.NumberFormat(tag, { useGrouping: false });
    formats = {};
    Object.assign(document.documentElement, { lang: language, dir: message(0) });
    document.title = message(1);
  }
};

// What WebAssembly calls.
globalThis.words = {
  speak: (locale, then) => speak(locale).catch(() => {}).then(then),
  // Which language it is, and which was wished for.
  spoken: () => ({ tag, wished }),
  // `about` are the members of a JSON object; a list among them is a message itself.
  message: (id, about) => message(id, JSON.parse(`{${about}}`)),
  digits: (text) => text.replace(/\d/g, (digit) => number.format(digit)),
  day: (at) => format({ weekday: "short", day: "numeric", month: "short" }).format(at),
  weekday: (at) => format({ weekday: "long" }).format(at),
  time: (at) => format(clock).format(at),
  // From one moment to another: “15:30 – 15:45”, and “3:30 – 3:45 PM” where that is how it's written.
  window: (from, to) => format(clock).formatRange(from, to),
};
