/* Which of our languages somebody reads, and how they write times. `wishes` are language tags, the dearest first; some may be missing. */

// RFC 4647, lookup: the first wish whose language is among `known`. Ours have no regions, so each is shortened to its first part at once.
export const nearest = (wishes, known) => wishes.map((wish) => wish?.toLowerCase().split(/[-_]/)[0]).find((it) => known[it]) || "en";

// The same language as some country writes it, where a wish names one: times differ more than words.
export const written = (wishes, language) => wishes.find((wish) => {
  try {
    return wish?.toLowerCase().startsWith(language + "-") && Intl.getCanonicalLocales(wish);
  } catch { /* Not a language tag, whatever it looks like. */ }
}) || language;
