// How the client calls an operation: the resource is the first tag, and the method is the operationId without that noun.

/**
 * @typedef {{ operationId?: string, tags?: string[], method?: string, path?: string }} NamedOperation
 * @typedef {{ resource: string, method: string }} Name
 * @typedef {{ problem: string }} Problem
 */

const objectMembers = ["constructor", "hasOwnProperty", "isPrototypeOf", "propertyIsEnumerable"];
const conversions = ["toJSON", "toLocaleString", "toString", "valueOf"];
// An object with a method `then` is treated as a promise.
const reservedMethods = new Set(["then", ...objectMembers, ...conversions]);
// A resource with the name of a member of the client class would replace that member.
const reservedResources = new Set([...reservedMethods, "environment", "request", "withOptions"]);

/**
 * Names all operations of a document, in their order. An operation without a usable name gets a problem instead.
 *
 * Two operations may get the same name: `getBooking` and `getBookings` are both `get`. With `strict`, the second one
 * is a problem. Otherwise, the GET of a collection becomes `list`, or both keep their whole operationId.
 *
 * @param {NamedOperation[]} operations
 * @param {{ strict?: boolean }} [options]
 * @returns {(Name | Problem)[]}
 */
export function nameOperations(operations, { strict = false } = {}) {
  const names = operations.map((operation) => nameOperation(operation, strict));
  if (!strict) resolveCollisions(operations, names);
  return reportDuplicates(operations, names);
}

/** @param {NamedOperation} operation @param {boolean} strict @returns {Name | Problem} */
function nameOperation({ operationId, tags }, strict) {
  const id = String(operationId ?? "");
  const tag = String(tags?.[0] ?? "");
  if (id === "") return { problem: "The operation has no operationId. Add one, such as createCustomer." };
  if (tag === "")
    return { problem: `Operation ${id} has no tag. Add one: the first tag names the resource.` };
  const resource = camelCase(tag);
  if (!isIdentifier(resource)) {
    return { problem: `The tag "${tag}" of operation ${id} makes no resource name. Begin it with a letter.` };
  }
  if (reservedResources.has(resource)) {
    return { problem: `The tag "${tag}" of operation ${id} is reserved in the client. Use another name.` };
  }
  const candidates = strict ? [withoutNoun(id, tag)] : [withoutNoun(id, tag), camelCase(id)];
  const method = candidates.find(isMethodName);
  if (method) return { resource, method };
  return {
    problem: `The operationId "${id}" makes no method name with the tag "${tag}". Begin it with a verb, such as create.`,
  };
}

/** @param {NamedOperation[]} operations @param {(Name | Problem)[]} names */
function resolveCollisions(operations, names) {
  for (const positions of positionsByName(names).values()) {
    const remaining = positions.length > 1 ? renameCollection(operations, names, positions) : [];
    if (remaining.length < 2) continue;
    for (const position of remaining) {
      const wholeId = camelCase(String(operations[position]?.operationId));
      const name = names[position];
      if (name && "method" in name && isMethodName(wholeId)) name.method = wholeId;
    }
  }
}

/**
 * Renames the only collection among operations of the same name from `get` to `list`, if that name is free. Returns the
 * positions of the operations that keep their name.
 *
 * @param {NamedOperation[]} operations @param {(Name | Problem)[]} names @param {number[]} positions
 */
function renameCollection(operations, names, positions) {
  const collections = positions.filter((position) => isCollectionGet(operations[position]));
  const [collection = -1] = collections;
  const name = names[collection];
  if (collections.length !== 1 || !name || !("method" in name) || !/^get(?![a-z])/.test(name.method)) {
    return positions;
  }
  const renamed = { ...name, method: name.method.replace("get", "list") };
  if (positionsByName(names).has(fullName(renamed))) return positions;
  names[collection] = renamed;
  return positions.filter((position) => position !== collection);
}

/** @param {NamedOperation | undefined} operation */
const isCollectionGet = (operation) => operation?.method === "get" && !/\}\/?$/.test(operation.path ?? "");

/** @param {NamedOperation[]} operations @param {(Name | Problem)[]} names */
function reportDuplicates(operations, names) {
  /** @type {Map<string, string | undefined>} */
  const owners = new Map();
  return names.map((name, position) => {
    if ("problem" in name) return name;
    const id = operations[position]?.operationId;
    const owner = owners.get(fullName(name));
    if (!owners.has(fullName(name))) owners.set(fullName(name), id);
    // Two equal operationIds are reported by another rule.
    if (owner === undefined || owner === id) return name;
    return { problem: `${owner} and ${id} would both be called ${fullName(name)}. Rename one of them.` };
  });
}

/** @param {(Name | Problem)[]} names */
function positionsByName(names) {
  /** @type {Map<string, number[]>} */
  const positions = new Map();
  for (const [position, name] of names.entries()) {
    if ("problem" in name) continue;
    positions.set(fullName(name), [...(positions.get(fullName(name)) ?? []), position]);
  }
  return positions;
}

/** @param {Name} name */
const fullName = ({ resource, method }) => `${resource}.${method}`;

/** @param {string} id @param {string} tag */
function withoutNoun(id, tag) {
  const whole = pascalCase(id);
  const plural = pascalCase(tag);
  for (const noun of [plural, singular(plural)]) {
    // A noun ends where the next word begins: "Pet" isn't a word of "listPetals".
    const rest = whole.replace(new RegExp(`${noun}(?![a-z])`), "");
    if (rest !== whole) return lowerFirst(rest);
  }
  return lowerFirst(whole);
}

/** @param {string} noun */
function singular(noun) {
  if (noun.endsWith("ies")) return `${noun.slice(0, -3)}y`;
  if (/(?:s|x|z|ch|sh)es$/.test(noun)) return noun.slice(0, -2);
  return noun.replace(/(?<=[^s])s$/, "");
}

/** @param {string} text */
const upperFirst = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/** @param {string} text */
const lowerFirst = (text) => text.charAt(0).toLowerCase() + text.slice(1);

/** `Customer sessions` → `CustomerSessions`. @param {string} text */
export const pascalCase = (text) => (text.match(/[A-Za-z0-9]+/g) ?? []).map(upperFirst).join("");

/** `customer_id` → `customerId`. @param {string} text */
export const camelCase = (text) => lowerFirst(pascalCase(text));

/** @param {string} text */
const isIdentifier = (text) => /^[a-z][A-Za-z0-9]*$/.test(text);

/** @param {string} text */
const isMethodName = (text) => isIdentifier(text) && !reservedMethods.has(text);
