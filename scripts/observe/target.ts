// Checks the URL and the key before anything is sent.
import { UserError } from "../cli.js";

/** The URL without a trailing slash. http is only for a stand-in on this machine. */
export function checkTarget(url: string): string {
  const target = URL.canParse(url) ? new URL(url) : undefined;
  const isLoopback = target && ["127.0.0.1", "localhost", "[::1]"].includes(target.hostname);
  if (target?.protocol === "https:" || (target?.protocol === "http:" && isLoopback))
    return url.replace(/\/+$/, "");
  throw new UserError(`--target is "${url}". Pass an https URL, or an http URL of this machine.`);
}

export function checkKey(key: string | undefined): string {
  if (!key) throw new UserError("ONEPAY_API_KEY is not set. Set it to a test key (sk_test_…).");
  if (key.startsWith("sk_live_"))
    throw new UserError(
      "ONEPAY_API_KEY is a live key, and this command is for test data. Set it to a test key (sk_test_…).",
    );
  if (!key.startsWith("sk_test_"))
    throw new UserError("ONEPAY_API_KEY isn't a secret test key. Set it to a test key (sk_test_…).");
  return key;
}
