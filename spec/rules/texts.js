// The texts of the document that people read: where they stand, and their Spanish beside them.
import { isObject } from "./walk.js";

export const titles = ["title", "summary", "x-displayName"];
const keys = [...titles, "description"];

// A schema's `properties` may hold a field called description, and an extension's own words are checked by its shape.
const without = new Set(["SpecExtension", "SchemaProperties"]);

/**
 * The texts of a node and those of its Spanish.
 *
 * @param {any} node
 * @param {any} context
 * @returns {{ english: [string, string][], spanish: [string, string][] | undefined }}
 */
export function textsOf(node, { type }) {
  if (!isObject(node) || without.has(type.name)) return { english: [], spanish: undefined };
  const texts = (/** @type {Record<string, any>} */ object) =>
    /** @type {[string, string][]} */ (
      keys.filter((key) => typeof object[key] === "string").map((key) => [key, object[key]])
    );
  return { english: texts(node), spanish: isObject(node["x-es"]) ? texts(node["x-es"]) : undefined };
}

/**
 * A visitor of every node, and of what stands beside a `$ref`.
 *
 * @param {(node: any, context: any) => void} visit
 */
export const everywhere = (visit) => ({ any: { enter: visit }, ref: { enter: visit } });
