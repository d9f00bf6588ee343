// One document, two languages: `x-es` stands beside each English text with its Spanish.
export const languages = ["en", "es"] as const;
export type Language = (typeof languages)[number];

/** A copy of the bundle in one language, with nothing of the other in it. */
export function inLanguage<T>(value: T, language: Language): T {
  if (Array.isArray(value)) return value.map((item) => inLanguage(item, language)) as T;
  if (typeof value !== "object" || value === null) return value;
  const { "x-es": spanish, ...rest } = value as Record<string, unknown>;
  const texts = language === "es" && isRecord(spanish) ? spanish : {};
  return Object.fromEntries(
    Object.entries(rest).map(([key, item]) => [key, key in texts ? texts[key] : inLanguage(item, language)]),
  ) as T;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;
