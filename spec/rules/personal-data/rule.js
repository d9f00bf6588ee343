import { isObject, reportOnce, resolver, schemasOf } from "../walk.js";

/** Each field that is sent or received says whether it tells of a person: the docs and the redaction of records read it. */
export default function personalData() {
  /** @type {Set<string>} */
  const reported = new Set();
  return {
    /** @param {any} operation @param {any} context */
    Operation(operation, context) {
      for (const side of /** @type {const} */ (["request", "response"])) {
        for (const { raw, rawAt, property } of schemasOf(
          operation,
          context.location,
          resolver(context),
          side,
        )) {
          if (!property || !isObject(raw) || raw["x-pii"] !== undefined) continue;
          const message = `Say whether ${property} tells of a person: x-pii: direct, indirect or none.`;
          reportOnce(context, reported, rawAt.key(), message);
        }
      }
    },
  };
}
