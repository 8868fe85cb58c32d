/* Begins the panel: what can be seen at once, the words, the program. */
import { early, tell } from "./early.js";
import { speak } from "./words.js";

/* `run` starts the program, which draws the panel: once it has come, and the promise made by what it is given has been kept. */
export const begin = async (run) => {
  const locale = new URLSearchParams(location.search).get("locale"), skeleton = document.querySelector("main"), form = early(locale, skeleton);
  try {
    await speak(locale);
    // Meanwhile the page may have said which language exactly; another one later would be drawn anew.
    await run(() => speak(form?.locale() ?? locale).catch(() => {}));
    await (form ? form.handOver() : skeleton.remove());
  } catch (why) {
    tell("lost"); // The page offers the telephone.
    throw why;
  }
};
