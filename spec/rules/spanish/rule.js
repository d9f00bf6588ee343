import { everywhere, textsOf } from "../texts.js";

/** Each text has its Spanish next to it, so that a change of one shows the other. */
export default function spanish() {
  return everywhere((node, context) => {
    const { report, location } = context;
    const { english, spanish = [] } = textsOf(node, context);
    const texts = new Map(english);
    const translated = new Map(spanish);
    for (const [key, text] of texts) {
      if (!translated.has(key))
        report({
          message: `This ${key} has no Spanish; add x-es with a ${key}.`,
          location: location.child([key]).key(),
        });
      else if (translated.get(key) === text)
        report({
          message: `The Spanish of this ${key} is the same as the English; translate it.`,
          location: location.child(["x-es", key]),
        });
    }
    for (const key of translated.keys()) {
      if (!texts.has(key))
        report({
          message: `This Spanish ${key} has no English; add the English, or remove it.`,
          location: location.child(["x-es", key]).key(),
        });
    }
  });
}
