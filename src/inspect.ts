/** What may be shown of a call: never a secret, and in prints nothing that the caller typed. */

/** The text without the secrets that may stand in it. */
export const withoutSecrets = (text: string, secrets: readonly string[]): string =>
  secrets.reduce((rest, secret) => rest.replaceAll(secret, "[secret]"), text);

/** A server's text without the values of the request's body, which it may repeat: names, documents, one-time passwords. */
export function withoutValues(text: string, body: string | null): string {
  let shown = text;
  JSON.parse(body ?? "0", (_name, value) => {
    // Shorter ones ("CC", "57") stand in any text by chance.
    if (typeof value === "string" && value.length > 3) shown = shown.replaceAll(value, "[value]");
  });
  return shown;
}

/** The body of an answer, parsed where it is JSON, without the secrets that the server may repeat. */
export function bodyOf(text: string, secrets: readonly string[]): unknown {
  try {
    return JSON.parse(text, (_name, value) =>
      typeof value === "string" ? withoutSecrets(value, secrets) : value,
    );
  } catch {
    return withoutSecrets(text, secrets);
  }
}

/** The platform's error, or, where it tells a secret, a plain one that does not. */
export function safeCause(cause: unknown, secrets: readonly string[]): unknown {
  const told: string[] = [];
  for (let error = cause; error instanceof Error; error = error.cause) told.push(`${error.stack}${error}`);
  const text = told.join();
  return withoutSecrets(text, secrets) === text ? cause : new Error(withoutSecrets(String(cause), secrets));
}
