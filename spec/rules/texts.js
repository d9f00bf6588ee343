// The texts of the document that people read, and their Spanish.
import { isObject } from "./walk.js";

export const titles = ["title", "summary", "x-displayName"];
const keys = [...titles, "description", "x-message"];

// A schema may have a property called description, and registered-extensions checks the values of extensions.
const skipped = new Set(["SpecExtension", "SchemaProperties"]);

/**
 * The texts of a node and those of its Spanish.
 *
 * @param {any} node
 * @param {any} context
 * @returns {{ english: [string, string][], spanish: [string, string][] | undefined }}
 */
export function textsOf(node, { type }) {
  if (!isObject(node) || skipped.has(type.name)) return { english: [], spanish: undefined };
  const texts = (/** @type {Record<string, any>} */ object) =>
    /** @type {[string, string][]} */ (
      keys.filter((key) => typeof object[key] === "string").map((key) => [key, object[key]])
    );
  return { english: texts(node), spanish: isObject(node["x-es"]) ? texts(node["x-es"]) : undefined };
}

/**
 * Visits every node, and every `$ref` with its siblings.
 *
 * @param {(node: any, context: any) => void} visit
 */
export const everywhere = (visit) => ({ any: { enter: visit }, ref: { enter: visit } });
