// How an operation is called in the client: the resource is the first tag, the method is the operationId without that noun.

/**
 * @typedef {{ resource: string, method: string }} Name
 * @typedef {{ operationId?: string, tags?: string[] }} Named
 */

/**
 * The resource and method of an operation, or, as a string, why it has none.
 *
 * @param {Named} operation
 * @returns {Name | string}
 */
export function nameOf({ operationId, tags = [] }) {
  const [tag] = tags;
  if (!operationId) return "The operation has no operationId; give it one, such as createCustomer.";
  if (!tag) return `Operation ${operationId} has no tag; its first tag names the resource it belongs to.`;
  const resource = camelCase(tag);
  if (!isName(resource))
    return `The tag "${tag}" of operation ${operationId} makes no name; begin it with a letter.`;
  const method = withoutNoun(camelCase(operationId), tag);
  if (!isName(method)) {
    return `No method name can be made from operationId "${operationId}" with tag "${tag}"; begin it with a verb, such as create.`;
  }
  return { resource, method };
}

/** @param {string} id @param {string} tag */
function withoutNoun(id, tag) {
  const whole = upperFirst(id);
  const plural = pascalCase(tag);
  for (const noun of [plural, singular(plural)]) {
    // A noun ends where the next word begins: "Pet" is no word of "listPetals".
    const rest = whole.replace(new RegExp(`${noun}(?![a-z])`), "");
    if (rest !== whole) return lowerFirst(rest);
  }
  return id;
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

// `then` would make a resource look like a promise; the others stand on every object already.
const taken = new Set(["then", "constructor", "toString", "valueOf"]);

/** @param {string} text */
const isName = (text) => /^[a-z][A-Za-z0-9]*$/.test(text) && !taken.has(text);
