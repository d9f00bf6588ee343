// How an operation is called in the client: the resource is the first tag, the method is the operationId without that noun.
import type { OperationObject } from "./openapi.js";

export interface Name {
  resource: string;
  method: string;
}

/** The resource and method of an operation, or, as a string, why it has none. */
export function nameOf(operation: Pick<OperationObject, "operationId" | "tags">): Name | string {
  const [tag] = operation.tags ?? [];
  const { operationId } = operation;
  if (!operationId) return "the operation has no operationId; give it one, such as createCustomer";
  if (!tag) return `operation ${operationId} has no tag; its first tag names the resource it belongs to`;
  const resource = camelCase(tag);
  if (!isName(resource))
    return `the tag "${tag}" of operation ${operationId} makes no name; begin it with a letter`;
  const method = withoutNoun(camelCase(operationId), tag);
  if (!isName(method)) {
    return `no method name can be made from operationId "${operationId}" with tag "${tag}"; begin it with a verb, such as create`;
  }
  return { resource, method };
}

function withoutNoun(id: string, tag: string): string {
  const plural = pascalCase(tag);
  for (const noun of [plural, singular(plural)]) {
    // A noun ends where the next word begins: "Customer" is no word of "listCustomers".
    const rest = upperFirst(id).replace(new RegExp(`${noun}(?![a-z])`), "");
    if (rest !== upperFirst(id)) return lowerFirst(rest);
  }
  return id;
}

const singular = (noun: string): string =>
  noun.endsWith("ies")
    ? `${noun.slice(0, -3)}y`
    : /(?:s|x|z|ch|sh)es$/.test(noun)
      ? noun.slice(0, -2)
      : noun.replace(/(?<=[^s])s$/, "");

const words = (text: string): string[] => text.match(/[A-Za-z0-9]+/g) ?? [];
const upperFirst = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

/** `Customer sessions` → `CustomerSessions`. */
export const pascalCase = (text: string): string => words(text).map(upperFirst).join("");

/** `customer_id` → `customerId`. */
export const camelCase = (text: string): string => lowerFirst(pascalCase(text));

// `then` would make a resource look like a promise; the others stand on every object already.
const isName = (text: string): boolean =>
  /^[a-z][A-Za-z0-9]*$/.test(text) && !["then", "constructor", "toString", "valueOf"].includes(text);
