/* What a button says of who can help, in one language: the build bundles it with that language's words, as /v1/say.{language}.js.
 * A page loads the one that its customer reads, after the button is painted.
 */
import { written } from "./locale.js";
import words from "words";

const fill = (words, it) => words.split("{}").join(it);

// The middle of the wait. `minutes` says how the language writes them.
const wait = ({ low_s, high_s }, tag) => high_s <= 60 ? words.under : low_s > 3600 ? words.over
  : fill(words.about, new Intl.NumberFormat(tag, { style: "unit", unit: "minute", unitDisplay: words.minutes })
    .format(Math.round((low_s + high_s) / 120)));

// As the customer writes times; with the date when the weekday could be another week's.
const opens = (at, tag) => fill(words.opens, new Date(at).toLocaleString(tag,
  { weekday: "long", hour: "numeric", minute: "2-digit", ...at - Date.now() > 5e8 && { day: "numeric", month: "short" } }));

// What a skill or a person can do now; nothing is known of them at first.
const line = (who, tag) => !who ? words.soon : who.opens_at ? opens(who.opens_at, tag)
  : who.availability === "busy" && who.wait ? wait(who.wait, tag) : words[who.offer];

// How the dot looks, which says nothing before there is something to say.
const style = [
  "[part=dot]{display:inline-block;box-sizing:border-box;width:11px;height:11px;margin-inline-end:7px;border:2px solid;border-radius:9px}",
  "[data-state=free]{background:#5ee69b;color:#5ee69b}",
  "[data-state=busy]{background:linear-gradient(#0000 38%,var(--a) 0 62%,#0000 0),#ffc46b;border:0}",
  "[data-state=live]{background:#fff}",
];

export default {
  ...words,
  style,
  // Who can help, a button's title and the line below. `view` is what presence tells, `wish` whom the button is about,
  // `wishes` the languages asked for.
  told(view, wish, wishes) {
    // Whom the page asks for and nobody else, an agent or a service centre; or the expert of its topic.
    const [kind, id] = wish.to?.split(":") || [, wish.expert];
    const person = view?.[kind === "centre" ? "centres" : "experts"].find((it) => it.id === id);
    const topic = view?.skills.find((it) => it.id === wish.skill);
    // A busy person's colleagues help too: what the skill can do counts, unless the person is free.
    const who = person && (kind || person.availability === "free") ? person : topic || view?.anyone;
    return {
      who,
      title: person ? fill(words.to, person.name) : view?.look?.label || words.talk,
      line: (person || !topic ? "" : topic.name + " · ") + line(who, written(wishes, words.language)),
    };
  },
};
