/** Reading objects of the user without surprises. */

/** An object literal, or an object without a prototype. Instances of classes, such as a Map, aren't. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  // Object.prototype of any realm: the end of the chain.
  return prototype === null || isRootPrototype(prototype);
}

/**
 * A property by its name: an own one, a getter, or one of a class. Properties of Object.prototype don't count, since
 * any package in the process can add some.
 */
export function readProperty(object: object, name: string): unknown {
  for (
    let holder: object | null = object;
    holder && !isRootPrototype(holder);
    holder = Object.getPrototypeOf(holder)
  ) {
    if (Object.hasOwn(holder, name)) return (object as Record<string, unknown>)[name];
  }
  return undefined;
}

/** A copy for reading optional properties, which can't come from Object.prototype then. */
export const withoutPrototype = <T extends object>(object: T): T =>
  Object.assign(Object.create(null), object);

const isRootPrototype = (object: object): boolean =>
  Object.getPrototypeOf(object) === null && Object.hasOwn(object, "hasOwnProperty");
