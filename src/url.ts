/** From the arguments of a call to its URL. */

// What a path segment must not hold: what ends it, what the URL parser eats, what hides either, what cannot be seen.
const segment = /^(?!\.\.?$)[^\s\p{C}/\\?#%]+$/u;

/** The path with its parameters filled in; `parameterOf` is asked for them in their order. */
export const fillPath = (path: string, parameterOf: (name: string) => unknown): string =>
  path.replace(/\{(.+?)\}/g, (_match, name) => {
    const value = parameterOf(name);
    if (typeof value !== "string" || !segment.test(value)) {
      throw new TypeError(`${name} must be an OnePay id.`);
    }
    return encodeURIComponent(value);
  });

/** The query of a URL, with its question mark; nothing where there is nothing to ask. */
export function queryOf(query: unknown): string {
  const text = pairsOf("", query).join("&");
  return text && `?${text}`;
}

// A list repeats its name; an object is what OpenAPI calls a deepObject: filter[name]=value.
const pairsOf = (name: string, value: unknown): string[] =>
  value === undefined || value === null
    ? []
    : typeof value !== "object"
      ? [`${name}=${encodeURIComponent(value as string)}`]
      : Object.entries(value).flatMap(([key, inner]) => {
          const part = encodeURIComponent(key);
          return pairsOf(Array.isArray(value) ? name : name ? `${name}[${part}]` : part, inner);
        });
