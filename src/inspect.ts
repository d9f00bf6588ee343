/** What may be shown of a failed call: nothing that it was sent with. What the server said is kept aside; see errors. */

/**
 * Makes the function that gives a value back where it tells nothing, in whatever depth and shape, of the secrets, of
 * the query and of the body. Short texts and plain words such as `company` count for nothing: too much holds them.
 */
export const withholding =
  (secrets: readonly string[], url: string, body: string | undefined) =>
  <T>(value: T | null): T | undefined => {
    const sent = [...secrets];
    const add = (text: unknown) => {
      if (typeof text === "string" && /[^a-z_].../.test(text)) sent.push(text, encodeURIComponent(text));
    };
    const seen = new Set<unknown>();
    const tells = (value: unknown): boolean => {
      if (Object(value) !== value) return sent.some((text) => String(value).includes(text));
      if (seen.has(value)) return false;
      seen.add(value);
      const shown = value as Partial<Request & Map<unknown, unknown>> & Record<PropertyKey, unknown>;
      const own = Reflect.ownKeys(shown).flatMap((name) => [name, shown[name]]);
      // A request shows its headers without owning them, and a map its entries.
      return [shown.headers, ...(shown.entries?.() ?? []), ...own].some(tells);
    };
    if (value)
      try {
        new URLSearchParams(url).forEach(add);
        JSON.parse(body || "0", (_name, text) => add(text));
        if (!tells(value)) return value;
      } catch {
        // What cannot be looked through is not shown.
      }
    return undefined;
  };
