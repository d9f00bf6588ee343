// One document, two languages: next to each English text, `x-es` has the Spanish one.
export const languages = ["en", "es"] as const;
export type Language = (typeof languages)[number];

/** A copy of the bundle in one language, without the texts of the other. */
export function inLanguage<T>(value: T, language: Language): T {
  if (Array.isArray(value)) return value.map((item) => inLanguage(item, language)) as T;
  if (!isRecord(value)) return value;
  const { "x-es": spanish, ...rest } = value;
  const translations = language === "es" && isRecord(spanish) ? spanish : {};
  return Object.fromEntries(
    Object.entries(rest).map(([key, item]) => [
      key,
      // `in` would also find the properties of Object.prototype, such as `constructor`.
      Object.hasOwn(translations, key) ? translations[key] : inLanguage(item, language),
    ]),
  ) as T;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
