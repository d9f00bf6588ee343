// References (`$ref`) inside a bundled OpenAPI document.
import type { Document, Reference } from "./document.js";
import { pointerOf, valueAt } from "./pointers.js";

/** A value of the document, and the JSON pointer to it. */
export interface Node<T> {
  pointer: string;
  value: T;
}

/** The node that you reach from another one with these keys. */
export function child<T>({ pointer, value }: Node<unknown>, ...keys: (string | number)[]): Node<T> {
  let inner = value;
  for (const key of keys) inner = (inner as Record<string, unknown> | undefined)?.[key];
  return { pointer: pointerOf(keys, pointer), value: inner as T };
}

/** The node itself, or the node that its `$ref` leads to. */
export function follow<T>(document: Document, node: Node<T>): Node<T> {
  const seen = new Set<string>();
  let current: Node<unknown> = node;
  for (;;) {
    const ref = (current.value as Partial<Reference> | undefined)?.$ref;
    if (ref === undefined || seen.has(ref)) return current as Node<T>;
    seen.add(ref);
    current = { pointer: ref, value: valueAt(document, ref) };
  }
}

/** The value itself, or the value that its `$ref` leads to. An empty object if it leads nowhere. */
export const resolve = <T extends object>(document: Document, value: T | Reference): T =>
  (follow<unknown>(document, { pointer: "", value }).value ?? {}) as T;
