/** The secret key of the API. */
import type { Environment } from "./types.js";

/**
 * Returns the key if it's a secret key.
 *
 * @throws TypeError that never contains the key.
 */
export function checkApiKey(apiKey: string | undefined): string {
  if (apiKey === undefined)
    throw new TypeError("OnePay: no API key. Pass apiKey, or set the ONEPAY_API_KEY environment variable.");
  if (apiKey === "")
    throw new TypeError(
      "OnePay: the API key is empty. Check apiKey, or the ONEPAY_API_KEY environment variable.",
    );
  if (apiKey.startsWith("pk_"))
    throw new TypeError(
      'OnePay: "pk_…" is a public key. This client needs a secret key (sk_test_… or sk_live_…).',
    );
  if (!/^sk_(test|live)_[!-~]+$/.test(apiKey))
    throw new TypeError(
      "OnePay: the API key is malformed. A secret key starts with sk_test_ or sk_live_ and has no spaces or line breaks.",
    );
  return apiKey;
}

export const environmentOf = (apiKey: string): Environment =>
  apiKey.startsWith("sk_test_") ? "test" : "live";
