const expected = new Map(Object.entries({ get: ["safe"], head: ["safe"], delete: ["safe"] }));
const writes = ["with-key", "never"];

/** Each operation states whether it may be retried: reads and deletions always, the others with a key or never. */
export default function retry() {
  return {
    /** @param {any} operation @param {any} context */
    Operation(operation, { report, location, key }) {
      const allowed = expected.get(String(key)) ?? writes;
      const value = operation["x-retry"];
      if (allowed.includes(value)) return;
      const choice = allowed.map((name) => `x-retry: ${name}`).join(" or ");
      const message =
        value === undefined
          ? `This operation doesn't state whether it may be retried; add ${choice}.`
          : `A ${String(key).toUpperCase()} can't have \`x-retry: ${value}\`; use ${choice}.`;
      report({ message, location: value === undefined ? location.key() : location.child(["x-retry"]) });
    },
  };
}
