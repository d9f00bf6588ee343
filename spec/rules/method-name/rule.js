import { nameOf } from "./name.js";

/** Every operation yields a method name of the client, and no two yield the same one. */
export default function methodName() {
  /** @type {Map<string, string>} */
  const owners = new Map();
  return {
    /** @param {import("./name.js").Named} operation @param {any} context */
    Operation(operation, { report, location }) {
      const name = nameOf(operation);
      const place = location.child(typeof name === "string" && !operation.operationId ? [] : ["operationId"]);
      if (typeof name === "string") return report({ message: name, location: place });
      const method = `${name.resource}.${name.method}`;
      const owner = owners.get(method);
      owners.set(method, operation.operationId ?? "");
      if (owner && owner !== operation.operationId) {
        report({
          message: `${owner} and ${operation.operationId} would both be called ${method}; rename one of them.`,
          location: place,
        });
      }
    },
  };
}
