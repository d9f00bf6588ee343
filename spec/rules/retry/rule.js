const expected = new Map(Object.entries({ get: ["safe"], head: ["safe"], delete: ["safe"] }));
const writes = ["with-key", "never"];

/** Each operation tells the client how it may be sent again: reads and deletions safely, the rest under a key or never. */
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
          ? `Say how this operation may be sent again: ${choice}.`
          : `A ${String(key).toUpperCase()} cannot be \`x-retry: ${value}\`; write ${choice}.`;
      report({ message, location: value === undefined ? location.key() : location.child(["x-retry"]) });
    },
  };
}
