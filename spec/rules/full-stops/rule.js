import { everywhere, textsOf, titles } from "../texts.js";

/** A description ends with a full stop; a title or a summary doesn't. */
export default function fullStops() {
  return everywhere((node, context) => {
    const { english, spanish = [] } = textsOf(node, context);
    /** @param {string} key @param {string} text @param {any} at */
    const check = (key, text, at) => {
      const ends = /[.!?]\s*$/.test(text);
      if (titles.includes(key) && ends)
        context.report({ message: `A ${key} has no full stop; remove it.`, location: at });
      if (!titles.includes(key) && !ends)
        context.report({ message: `A ${key} is made of sentences; end it with a full stop.`, location: at });
    };
    for (const [key, text] of english) check(key, text, context.location.child([key]));
    for (const [key, text] of spanish) check(key, text, context.location.child(["x-es", key]));
  });
}
