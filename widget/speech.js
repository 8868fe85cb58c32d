/* One language's messages, and what writes them. What is loaded is parsed already (locales.mjs), so that no parser travels. */
import { nearest, written } from "./locale.js";
import { writer } from "./pattern.mjs";

// What keeps names apart changes nothing but the text where all goes one way.
const plain = (text) => /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/.test(text) ? text : text.replace(/[\u2068\u2069]/g, "");

/* Loads the language of `files` that is nearest to the wishes: `{language, tag, message}`, the last by a message's key and what it is
 * about, where a list is a message itself. Where that is what was spoken `before`, it stays.
 */
export const speech = async (files, wishes, before) => {
  const language = nearest(wishes, files), tag = written(wishes, language);
  if (tag === before?.tag) return before;
  const answer = await fetch(files[language]);
  if (!answer.ok) throw answer;
  const messages = await answer.json(), write = writer(tag);
  const message = (key, about) => {
    for (const name in about) if (Array.isArray(about[name])) about[name] = message(...about[name]);
    return plain(write(messages[key], about));
  };
  return { language, tag, message };
};
