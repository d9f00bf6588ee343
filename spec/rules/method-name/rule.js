import { nameOperations } from "./name.js";

/**
 * Every operation gets a method of the client, and no two get the same one. With `lenient`, operations whose names
 * differ only in singular and plural are renamed instead of reported: for documents of other people.
 *
 * @param {{ lenient?: boolean }} [options]
 */
export default function methodName({ lenient = false } = {}) {
  /** @type {import("./name.js").NamedOperation[]} */
  const operations = [];
  /** @type {any[]} */
  const locations = [];
  let path = "";
  return {
    PathItem: {
      /** @param {unknown} _item @param {any} context */
      enter(_item, { key }) {
        path = String(key);
      },
    },
    /** @param {import("./name.js").NamedOperation} operation @param {any} context */
    Operation(operation, { location, key }) {
      operations.push({ ...operation, method: String(key), path });
      locations.push(location.child(operation.operationId ? ["operationId"] : []));
    },
    Root: {
      /** @param {unknown} _root @param {any} context */
      leave(_root, { report }) {
        for (const [position, name] of nameOperations(operations, { strict: !lenient }).entries()) {
          if ("problem" in name) report({ message: name.problem, location: locations[position] });
        }
      },
    },
  };
}
