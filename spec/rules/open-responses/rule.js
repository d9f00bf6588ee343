import { reportOnce, resolver, schemasOf } from "../walk.js";

const valueKeywords = ["enum", "const", "format", "pattern", "minLength", "maxLength", "minimum", "maximum"];
valueKeywords.push(
  "exclusiveMinimum",
  "exclusiveMaximum",
  "multipleOf",
  "minItems",
  "maxItems",
  "uniqueItems",
);
const closingKeywords = ["additionalProperties", "unevaluatedProperties"];

/** A response is never invalid because something in it is new: it allows unknown fields and any value. */
export default function openResponses() {
  /** @type {Set<string>} */
  const reported = new Set();
  return {
    /** @param {any} operation @param {any} context */
    Operation(operation, context) {
      for (const { node, at } of schemasOf(operation, context.location, resolver(context), "response")) {
        for (const key of closingKeywords.filter((key) => node[key] === false)) {
          const message = `\`${key}: false\` rejects fields that OnePay may add to this response; remove it.`;
          reportOnce(context, reported, at.child([key]).key(), message);
        }
        for (const key of valueKeywords.filter((key) => node[key] !== undefined)) {
          const message = `\`${key}\` rejects values that OnePay may send in this response; remove it, and describe it in the description.`;
          reportOnce(context, reported, at.child([key]).key(), message);
        }
      }
    },
  };
}
