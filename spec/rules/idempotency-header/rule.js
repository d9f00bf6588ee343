import { resolver } from "../walk.js";

const header = "x-idempotency";

/** What is sent again under a key has a header for the key: required and bounded. What is never sent again has none. */
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
          message: `\`x-retry: with-key\` needs the header ${header}; add the parameter IdempotencyKey.`,
          location: location.child(["x-retry"]),
        });
      if (retry !== "with-key" && found)
        report({
          message: `A ${String(key).toUpperCase()} with the header ${header} can be sent again under its key; write \`x-retry: with-key\`, or take the header out.`,
          location: found.at,
        });
      if (!found) return;
      const { required, schema = {} } = found.node;
      if (required !== true)
        report({ message: `The header ${header} has to be \`required: true\`.`, location: found.at });
      if (schema.minLength === undefined || schema.maxLength === undefined || schema.pattern === undefined)
        report({
          message: `The header ${header} needs minLength, maxLength and pattern, or it takes what no header can carry.`,
          location: found.at,
        });
    },
  };
}
