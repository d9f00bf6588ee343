/** @type {Record<string, string[]>} */
const verbs = {
  get: ["get", "list"],
  post: ["create", "verify"],
  put: ["replace"],
  patch: ["update"],
  delete: ["delete"],
};

/** An operationId begins with a verb that says what its HTTP method does. */
export default function operationVerb() {
  return {
    /** @param {any} operation @param {any} context */
    Operation({ operationId }, { report, location, key }) {
      const allowed = verbs[String(key)];
      if (!operationId || !allowed) return;
      const [verb] = /^[a-z]*/.exec(operationId) ?? [""];
      if (allowed.includes(verb)) return;
      const message = `A ${String(key).toUpperCase()} is called ${allowed.join("… or ")}…; rename ${operationId}.`;
      report({ message, location: location.child(["operationId"]) });
    },
  };
}
