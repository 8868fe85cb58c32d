/* Makes of locales/ what the site serves, in the folder named: `node widget/locales.mjs FOLDER`.
 *
 *   panel.{language}.json   the panel's messages by their ids, parsed
 *   button.{language}.json  the button's words, with {} for what is put in
 *   labels.json             what a button says before anything else is there, by language
 *
 * Where a message is missing, English stands in.
 */
import { FluentBundle, FluentResource } from "@fluent/bundle";
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";

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

const button = (language) => {
  const bundle = new FluentBundle(language, { useIsolating: false });
  bundle.addResource({ body: messages(language, "button") });
  const text = ({ id, value }) => [id, bundle.formatPattern(value, { name: "{}", time: "{}" })];
  return { language, ...Object.fromEntries(messages(language, "button").map(text)) };
};

mkdirSync(folder, { recursive: true });
const languages = readdirSync(locales).sort();
for (const language of languages) {
  write(`panel.${language}`, Object.fromEntries(messages(language, "panel").map(({ id, value }) => [id, value])));
  write(`button.${language}`, button(language));
}
write("labels", Object.fromEntries(languages.map((language) => [language, button(language).talk])));
