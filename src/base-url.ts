/** The URL of the API. */
import type { Environment } from "./types.js";

/**
 * Returns the URL without a slash at its end.
 *
 * @throws TypeError if the API key or personal data could leak.
 */
export function normalizeBaseUrl(baseUrl: string, environment: Environment): string {
  const url = parseUrl(baseUrl);
  if (!url) throw new TypeError("OnePay: baseUrl must be a URL, such as https://api.onepay.la/v1.");
  if (url.username || url.password)
    throw new TypeError("OnePay: baseUrl can't have a user name or a password.");
  // Paths are appended to it.
  if (/[?#]/.test(baseUrl)) throw new TypeError("OnePay: baseUrl can't have a query or a fragment.");
  if (url.protocol !== "https:" && environment === "live" && !isLoopback(url.hostname))
    throw new TypeError(
      "OnePay: baseUrl must be https. http is allowed for a loopback address, and for any host with a test key.",
    );
  return url.href.replace(/\/+$/, "");
}

function parseUrl(text: string): URL | undefined {
  // The URL parser is lenient: it drops line breaks, and takes a backslash for a slash.
  const isHttp = /^https?:\/\/[^/]/i.test(text) && !/[\s\\]/.test(text);
  return isHttp && URL.canParse(text) ? new URL(text) : undefined;
}

const isLoopback = (hostname: string): boolean =>
  hostname === "localhost" || hostname === "[::1]" || /^127\.\d+\.\d+\.\d+$/.test(hostname);
