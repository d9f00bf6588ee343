// Documents of other people have empty values (null in YAML) and numbers as texts. The other modules never meet them.

// The value of these keywords belongs to the users of the API: it may be null, and it's never changed.
const dataKeywords = new Set(["const", "default", "enum", "example", "examples", "security", "value"]);

// The value of these keywords maps names to objects: in it, `example` or `description` is a name and not a keyword.
const mapKeywords = new Set([
  ...["paths", "webhooks", "responses", "headers", "content", "encoding", "links", "variables"],
  ...["properties", "patternProperties", "dependentSchemas", "$defs", "definitions"],
]);
const nestedMapKeywords = new Set(["components", "callbacks"]);

const textKeywords = new Set(["operationId", "summary", "description", "title"]);

/** A copy in which an empty value counts as missing, and a number as a text is a string. */
export const normalize = <T>(document: T): T => normalizeObject(document, 0) as T;

/** `mapLevels` is the number of levels, from this value on, whose keys are names and not keywords. */
function normalizeObject(value: unknown, mapLevels: number): unknown {
  if (Array.isArray(value)) return value.map((item) => normalizeObject(item, 0));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).flatMap(([key, item]): [string, unknown][] => {
    if (mapLevels > 0) return [[key, normalizeObject(item ?? {}, mapLevels - 1)]];
    if (dataKeywords.has(key) || key.startsWith("x-")) return [[key, item]];
    if (item === null) return [];
    if (key === "tags" && Array.isArray(item)) return [[key, normalizeTags(item)]];
    if (textKeywords.has(key) && typeof item !== "object") return [[key, String(item)]];
    return [[key, normalizeObject(item, levelsBelow(key))]];
  });
  return Object.fromEntries(entries);
}

function levelsBelow(keyword: string): number {
  if (nestedMapKeywords.has(keyword)) return 2;
  return mapKeywords.has(keyword) ? 1 : 0;
}

/** The tags of an operation are strings, those of the document are objects. */
const normalizeTags = (tags: unknown[]): unknown[] =>
  tags
    .filter((tag) => tag !== null)
    .map((tag) => (typeof tag === "object" ? normalizeObject(tag, 0) : String(tag)));
