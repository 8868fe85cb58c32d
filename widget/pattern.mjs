/* Writes a message as Fluent does, as far as the panel's messages go: text, variables, and plural forms. locales.mjs makes its patterns
 * of Fluent's files, and holds what it writes against Fluent's own runtime, which is three times as large as all of the panel's words.
 *
 *   pattern   a string, or a list of strings and placeables
 *   placeable [name], or [name, {form: pattern}] for the forms of the language's plural; `other` is always there
 */
export const writer = (tag) => {
  let rules, numbers;
  const write = (pattern, about) => typeof pattern === "string" ? pattern : pattern.map((part) => {
    if (part.big) return part;
    const [name, forms] = part, value = about[name], isNumber = value?.toFixed;
    const text = forms ? write(forms[isNumber ? (rules ??= new Intl.PluralRules(tag)).select(value) : value] ?? forms.other, about)
      : isNumber ? (numbers ??= new Intl.NumberFormat(tag)).format(value) : value;
    // Names are kept apart from the words around them, whichever way each is written.
    return pattern[1] ? `\u2068${text}\u2069` : text;
  }).join("");
  return write;
};
