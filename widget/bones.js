/* What the panel shows until its program is here: its skeleton, and beneath it, unseen, words in the form's fonts. The browser looks
 * for fonts and lays out its first text while the rest is on the line, so that the form appears a twentieth of a second sooner on a
 * slow phone.
 */
const make = (tag, name, ...inside) => {
  const it = document.createElement(tag);
  it.className = name;
  it.append(...inside);
  return it;
};
const field = (tag, fields) => Object.assign(make(tag, "num"), fields);

/* Draws them, with two of the panel's messages; gives what is to be removed. */
export const bones = (title, more) => {
  const words = make("div", "body unseen",
    make("p", "business", title), make("h1", "", title), make("p", "muted", more),
    make("div", "field", make("p", "label", title), make("p", "hint", more),
      field("input", { placeholder: more }), field("textarea", { placeholder: more })),
    field("input", { type: "radio" }), make("span", "button primary", title));
  const frame = make("main", "panel", make("div", "body skeleton", ...["wide", "tall", "tall"].map((name) => make("i", name))), words);
  document.body.append(frame);
  return frame;
};
