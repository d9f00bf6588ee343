import { resolver } from "../walk.js";

const header = "x-idempotency";

/** An operation has a required and bounded header for the idempotency key if, and only if, it's retried with one. */
export default function idempotencyHeader() {
  return {
    /** @param {any} operation @param {any} context */
    Operation(operation, context) {
      const { report, location, key } = context;
      const resolve = resolver(context);
      const found = (operation.parameters ?? [])
        .map((/** @type {any} */ raw, /** @type {number} */ index) =>
          resolve(raw, location.child(["parameters", index])),
        )
        .find(
          (/** @type {any} */ { node }) => node.in === "header" && String(node.name).toLowerCase() === header,
        );
      const retry = operation["x-retry"];

      if (retry === "with-key" && !found)
        report({
          message: `\`x-retry: with-key\` needs the header ${header}; add a parameter for it, such as IdempotencyKey.`,
          location: location.child(["x-retry"]),
        });
      if (retry !== "with-key" && found)
        report({
          message: `A ${String(key).toUpperCase()} with the header ${header} can be retried with its key; set \`x-retry: with-key\`, or remove the header.`,
          location: found.at,
        });
      if (!found) return;
      const { required, schema = {} } = found.node;
      if (required !== true)
        report({ message: `The header ${header} is optional; set \`required: true\`.`, location: found.at });
      if (schema.minLength === undefined || schema.maxLength === undefined || schema.pattern === undefined)
        report({
          message: `The header ${header} accepts values that a header can't have; add minLength, maxLength and pattern.`,
          location: found.at,
        });
    },
  };
}
