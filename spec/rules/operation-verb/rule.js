/** @type {Record<string, string[]>} */
const verbs = {
  get: ["get", "list"],
  post: ["create", "topUp", "verify"],
  put: ["replace"],
  patch: ["update"],
  delete: ["delete"],
};

/** An operationId begins with a verb that matches its HTTP method. */
export default function operationVerb() {
  return {
    /** @param {any} operation @param {any} context */
    Operation({ operationId }, { report, location, key }) {
      const allowed = verbs[String(key)];
      if (!operationId || !allowed) return;
      if (allowed.some((verb) => new RegExp(`^${verb}(?![a-z])`).test(operationId))) return;
      const message = `The operationId of a ${String(key).toUpperCase()} begins with ${allowed.join(" or ")}. Rename ${operationId}.`;
      report({ message, location: location.child(["operationId"]) });
    },
  };
}
