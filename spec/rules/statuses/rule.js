import { entries, resolver } from "../walk.js";

/** @type {[status: string, why: string, when: (operation: any, path: string) => boolean][]} */
const demanded = [
  ["401", "a wrong key, or a refusal for a reason of business", () => true],
  ["403", "an inactive company or a missing permission", () => true],
  ["404", "an id that does not exist", (_operation, path) => path.includes("{")],
  ["415", "a body of another media type", (operation) => operation.requestBody !== undefined],
  ["422", "input that is not accepted", () => true],
  ["429", "too many requests", () => true],
  ["5XX", "a fault of the server", () => true],
];

/** Every operation documents its success and each way in which it can fail. */
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
        report({ message: "Document the answer of success; add a status such as 200 or 201.", location: at });
      for (const [status, why, when] of demanded) {
        if (when(operation, path) && responses[status] === undefined)
          report({
            message: `Document the status ${status} (${why}); add the shared answer of components/responses.`,
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
          message: "The status 429 needs a header Retry-After that is not required.",
          location: tooMany.at,
        });
    },
  };
}
