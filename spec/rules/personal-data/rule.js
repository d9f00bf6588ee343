import { isObject, reportOnce, resolver, schemasOf } from "../walk.js";

/** Each field of a request or response states whether it's personal data. The docs and the redaction read it. */
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
          const message = `${property} doesn't state whether it's personal data; add x-pii: direct, indirect or none.`;
          reportOnce(context, reported, rawAt.key(), message);
        }
      }
    },
  };
}
