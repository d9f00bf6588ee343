import { reportOnce, resolver, schemasOf } from "../walk.js";

const pins = ["enum", "const", "format", "pattern", "minLength", "maxLength", "minimum", "maximum"];
pins.push("exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minItems", "maxItems", "uniqueItems");
const closures = ["additionalProperties", "unevaluatedProperties"];

/** What the server sends is never refused for being new: answers take unknown fields and pin no values. */
export default function openResponses() {
  /** @type {Set<string>} */
  const reported = new Set();
  return {
    /** @param {any} operation @param {any} context */
    Operation(operation, context) {
      for (const { node, at } of schemasOf(operation, context.location, resolver(context), "response")) {
        for (const key of closures.filter((key) => node[key] === false)) {
          const message = `An answer may grow: take \`${key}: false\` out of this response schema.`;
          reportOnce(context, reported, at.child([key]).key(), message);
        }
        for (const key of pins.filter((key) => node[key] !== undefined)) {
          const message = `\`${key}\` would refuse what the server may send one day; take it out of this response schema and say it in the description.`;
          reportOnce(context, reported, at.child([key]).key(), message);
        }
      }
    },
  };
}
