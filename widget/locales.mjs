/* Makes of locales/ what the site serves, in the folder named: `node widget/locales.mjs FOLDER`.
 *
 *   panel.{language}.json   the panel's messages in the order of locales/en/panel.ftl, as pattern.mjs takes them
 *   voice.{language}.json   those of a call in the browser, by their ids
 *   button.{language}.json  the button's words, with {} for what is put in
 *   talk.json               the places of the messages that talk.js says, by their ids
 *   labels.json             what a button says before anything else is there, by language
 *
 * Where a message is missing, English stands in.
 */
import { FluentBundle, FluentResource } from "@fluent/bundle";
import assert from "node:assert/strict";
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { writer } from "./pattern.mjs";

const [folder] = process.argv.slice(2);
const locales = new URL("../locales/", import.meta.url);
const read = (language, part) => new FluentResource(readFileSync(new URL(`${language}/${part}.ftl`, locales), "utf8")).body;
const write = (name, it) => writeFileSync(`${folder}/${name}.json`, JSON.stringify(it));

const messages = (language, part) => {
  const own = read(language, part);
  const ids = new Set(own.map((it) => it.id));
  // A message without attributes needs no word of them.
  return [...own, ...read("en", part).filter((it) => !ids.has(it.id))].map(({ id, value }) => ({ id, value }));
};

const packed = (pattern, id) => typeof pattern === "string" ? pattern : pattern.map((part) => {
  if (typeof part === "string") return part;
  if (part.type === "var") return [part.name];
  if (part.type === "str") return ["", { other: part.value }];
  const forms = part.type === "select" && part.selector.type === "var" && part.variants;
  if (!forms || forms[part.star].key.value !== "other") throw new Error(`${id}: the panel writes text, variables and plurals only`);
  return [part.selector.name, Object.fromEntries(forms.map(({ key, value }) => [key.value, packed(value, id)]))];
});

// What a message may be about: names that go either way, and numbers of every plural.
const samples = ["Ana", "عمر", 0, 1, 2, 3, 7, 11, 100, 1234, 1000000];
const about = (sample) => new Proxy({}, {
  get: () => sample,
  getOwnPropertyDescriptor: () => ({ configurable: true, enumerable: true, value: sample }),
});

// A part's messages by their ids, as pattern.mjs takes them.
const patterns = (language, part) => {
  const bundle = new FluentBundle(language), write = writer(language);
  return Object.fromEntries(messages(language, part).map(({ id, value }) => {
    const pattern = packed(value, id);
    for (const sample of samples) {
      assert.equal(write(pattern, about(sample)), bundle.formatPattern(value, about(sample)), `${language}: ${id}`);
    }
    return [id, pattern];
  }));
};

const panel = (language) => {
  const all = patterns(language, "panel");
  return read("en", "panel").map(({ id }) => all[id]);
};

const button = (language) => {
  const bundle = new FluentBundle(language, { useIsolating: false });
  bundle.addResource({ body: messages(language, "button") });
  const text = ({ id, value }) => [id, bundle.formatPattern(value, { name: "{}", time: "{}" })];
  return { language, ...Object.fromEntries(messages(language, "button").map(text)) };
};

mkdirSync(folder, { recursive: true });
const languages = readdirSync(locales).sort();
for (const language of languages) {
  write(`panel.${language}`, panel(language));
  write(`voice.${language}`, patterns(language, "voice"));
  write(`button.${language}`, button(language));
}
write("labels", Object.fromEntries(languages.map((language) => [language, button(language).talk])));
const talk = readFileSync(new URL("talk.js", import.meta.url), "utf8").matchAll(/say\("([a-z-]+)"/g);
const places = new Map(read("en", "panel").map(({ id }, place) => [id, place]));
write("talk", Object.fromEntries([...talk].map(([, id]) => [id, places.get(id)])));
