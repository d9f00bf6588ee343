import { isObject, reportOnce, resolver, schemasOf } from "../walk.js";

/** Each field of a request body has a message for people. The validators return it if the field is missing or invalid. */
export default function fieldMessages() {
  /** @type {Set<string>} */
  const reported = new Set();
  return {
    /** @param {any} operation @param {any} context */
    Operation(operation, context) {
      const schemas = schemasOf(operation, context.location, resolver(context), "request");
      for (const { node, raw, rawAt, property } of schemas) {
        if (!property || !isObject(raw) || raw["x-message"] || node["x-message"]) continue;
        const message = `${property} has no message for people; add x-message: what to do if it's missing or invalid.`;
        reportOnce(context, reported, rawAt.key(), message);
      }
    },
  };
}
