/** @type {Record<string, string[]>} */
const verbs = {
  get: ["get", "list"],
  post: ["create", "verify", "topUp"],
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
      if (allowed.some((verb) => beginsWith(operationId, verb))) return;
      const message = `A ${String(key).toUpperCase()} is called ${allowed.join("… or ")}…; rename ${operationId}.`;
      report({ message, location: location.child(["operationId"]) });
    },
  };
}

/** A verb ends where the next word begins: "getaway" doesn't begin with "get". @param {string} id @param {string} verb */
const beginsWith = (id, verb) => id.startsWith(verb) && !/^[a-z]/.test(id.slice(verb.length));
