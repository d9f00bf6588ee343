/** What may be shown of a failed call: nothing that it was sent with. What the server said is kept aside; see errors. */

/**
 * Makes the function that gives a value back where it tells nothing, in whatever depth and shape, of the secrets, of
 * the query and of the body. Short texts and plain words such as `company` count for nothing: too much holds them.
 */
export const withholding =
  (secrets: readonly string[], url: string, body: string | undefined) =>
  <T>(value: T | null): T | undefined => {
    const sent = [...secrets];
    const add = (text: string | undefined) => {
      // Nothing but a text has a fourth character.
      if (text?.[3] && /[^a-z_]/.test(text)) sent.push(text);
    };
    const seen = new Set<unknown>();
    const tells = (value: unknown): boolean => {
      if (Object(value) !== value) return sent.some((text) => String(value).includes(text));
      if (seen.has(value)) return false;
      seen.add(value);
      const shown = value as Partial<Shown> & Record<PropertyKey, unknown>;
      // Bytes may be the body; one by one, millions of them would take seconds.
      if (shown.byteLength) return tells(new TextDecoder().decode(shown as ArrayBufferView));
      const own = Reflect.ownKeys(shown).flatMap((name) => [name, shown[name]]);
      // What a request, a URL and a map show is not their own. Each entry is a pair, which concat takes apart: an array
      // of its own would have entries again.
      return own.concat(shown.headers, shown.href, ...(shown.entries?.() ?? [])).some(tells);
    };
    if (value)
      try {
        new URLSearchParams(url).forEach(add);
        // As it was sent, for an error that names the URL.
        add(url.split("?")[1]);
        JSON.parse(body || "0", (_name, text) => add(text));
        if (!tells(value)) return value;
      } catch {
        // What cannot be looked through is not shown.
      }
    return undefined;
  };

type Shown = Pick<Request, "headers"> & Pick<URL, "href"> & Map<unknown, unknown> & ArrayBufferView;
