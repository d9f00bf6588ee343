// Request headers, in the form that Prism can read. Its parsers throw at many headers that real clients send.
import type { IncomingHttpHeaders } from "node:http";
import type { Preferences } from "./prism.js";

/** Headers that belong to one connection (RFC 9110, section 7.6.1). Nothing behind the server may see them. */
const hopByHop = [
  ...["connection", "keep-alive", "proxy-connection", "proxy-authenticate", "proxy-authorization"],
  ...["te", "trailer", "transfer-encoding", "upgrade"],
];

/** A header that can't be repaired. The message is for the developer who sent it. */
export class HeaderError extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** The headers of a request without hop-by-hop headers, and with `Accept` and `Content-Type` repaired. */
export function normalizeHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  const nominated = (headers.connection ?? "").split(",").map((name) => name.trim().toLowerCase());
  const dropped = new Set([...hopByHop, ...nominated]);
  const kept = Object.entries(headers).flatMap(([name, value]): [string, string][] =>
    dropped.has(name) || value === undefined ? [] : [[name, [value].flat().join(", ")]],
  );
  const normalized: Record<string, string> = Object.fromEntries(kept);
  replace(normalized, "accept", normalizeAccept);
  replace(normalized, "content-type", normalizeContentType);
  return normalized;
}

function replace(
  headers: Record<string, string>,
  name: string,
  normalize: (value: string) => string | undefined,
): void {
  const value = headers[name];
  if (value === undefined) return;
  const normalized = normalize(value);
  if (normalized === undefined) delete headers[name];
  else headers[name] = normalized;
}

/**
 * Keeps the media ranges of an `Accept` header with their weights, and drops the rest: empty elements, other parameters,
 * elements that aren't media ranges. Java sends `*` for any type. Returns undefined if the header accepts anything.
 */
export function normalizeAccept(header: string): string | undefined {
  const elements = splitOutsideQuotes(header, ",").filter((element) => element !== "");
  if (elements.length === 0) return undefined;
  const ranges = elements.flatMap((element) => {
    const [range = "", ...parameters] = splitOutsideQuotes(element, ";");
    const type = range === "*" ? "*/*" : range;
    const weight = parameters.find((parameter) => /^q\s*=\s*[01]?(\.\d{0,3})?$/i.test(parameter));
    const [, number] = weight?.split("=") ?? [];
    return isMediaType(type) ? [number === undefined ? type : `${type};q=${number.trim()}`] : [];
  });
  if (ranges.length === 0)
    throw new HeaderError(
      406,
      "MALFORMED_ACCEPT",
      "The Accept header has no media type. Send `application/json`, or leave the header out.",
    );
  return ranges.join(", ");
}

/** Keeps a media type and its well-formed parameters. Returns undefined if the header is empty. */
export function normalizeContentType(header: string): string | undefined {
  const [type = "", ...parameters] = splitOutsideQuotes(header, ";");
  if (type === "") return undefined;
  if (!isMediaType(type))
    throw new HeaderError(
      415,
      "MALFORMED_CONTENT_TYPE",
      "The Content-Type header isn't a media type. Send `application/json`.",
    );
  return [type, ...parameters.filter(isParameter)].join("; ");
}

const token = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
const mediaTypePattern = new RegExp(`^${token}/${token}$`);
const parameterPattern = new RegExp(`^${token}=(${token}|"([^"\\\\]|\\\\.)*")$`);
const isMediaType = (text: string): boolean => mediaTypePattern.test(text);
const isParameter = (text: string): boolean => parameterPattern.test(text);

/** The trimmed parts between separators. A separator in a quoted string doesn't count. */
function splitOutsideQuotes(text: string, separator: string): string[] {
  const parts = [""];
  let quoted = false;
  let escaped = false;
  for (const character of text) {
    if (character === separator && !quoted) {
      parts.push("");
      continue;
    }
    if (character === '"' && !escaped) quoted = !quoted;
    escaped = quoted && character === "\\" && !escaped;
    parts[parts.length - 1] += character;
  }
  return parts.map((part) => part.trim());
}

/** Reads `Prefer: code=404, example=not-found, dynamic=true`. Ignores preferences that the mock server doesn't know. */
export function readPreferences(header: string | undefined): Preferences {
  const entries = splitOutsideQuotes(header ?? "", ",")
    .flatMap((preference) => splitOutsideQuotes(preference, ";"))
    .map((preference) => {
      const [name = "", ...value] = preference.split("=");
      return [
        name.trim().toLowerCase(),
        value
          .join("=")
          .trim()
          .replace(/^"(.*)"$/, "$1"),
      ] as const;
    });
  const preferences = new Map(entries);
  const { code, example, dynamic } = Object.fromEntries(preferences);
  if (code !== undefined && !/^[1-5]\d\d$/.test(code))
    throw new HeaderError(
      400,
      "MALFORMED_PREFER",
      "The `code` of a Prefer header is a status, such as code=404.",
    );
  return {
    ...(code === undefined ? {} : { code: Number(code) }),
    ...(example === undefined ? {} : { example }),
    ...(dynamic === undefined ? {} : { dynamic: dynamic === "true" }),
  };
}
