import { entries, resolver } from "../walk.js";

/** @type {[status: string, why: string, when: (operation: any, path: string) => boolean][]} */
const required = [
  ["401", "a wrong API key, or a business rule", () => true],
  ["403", "an inactive company or a missing permission", () => true],
  ["404", "an id that doesn't exist", (_operation, path) => path.includes("{")],
  ["415", "a body of another media type", (operation) => operation.requestBody !== undefined],
  ["422", "invalid input", () => true],
  ["429", "too many requests", () => true],
  ["5XX", "a server error", () => true],
];

/** Every operation documents its success and the statuses of its errors. */
export default function statuses() {
  let path = "";
  return {
    PathItem: {
      /** @param {any} _item @param {any} context */
      enter(_item, { key }) {
        path = String(key);
      },
    },
    /** @param {any} operation @param {any} context */
    Operation(operation, context) {
      const { report, location } = context;
      const responses = operation.responses ?? {};
      const at = location.child(["responses"]).key();
      if (!Object.keys(responses).some((status) => status.startsWith("2")))
        report({
          message: "This operation has no success status; add one, such as 200 or 201.",
          location: at,
        });
      for (const [status, why, when] of required) {
        if (when(operation, path) && responses[status] === undefined)
          report({
            message: `The status ${status} (${why}) is missing; add the response from components/responses.`,
            location: at,
          });
      }
      if (!responses["429"]) return;
      const tooMany = resolver(context)(responses["429"], location.child(["responses", "429"]));
      const retryAfter = entries(tooMany.node.headers).find(
        ([name]) => name.toLowerCase() === "retry-after",
      )?.[1];
      if (!retryAfter || retryAfter.required === true)
        report({
          message: "The status 429 has no optional header Retry-After; add it.",
          location: tooMany.at,
        });
    },
  };
}
