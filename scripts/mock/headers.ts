// Request headers, in the form that Prism can read. Its parsers throw at many headers that real clients send.
import type { IncomingHttpHeaders } from "node:http";
import { MIMEType } from "node:util";
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
  const normalized: Record<string, string> = {};
  for (const [name, values] of Object.entries(headers)) {
    if (dropped.has(name) || values === undefined) continue;
    const text = [values].flat().join(", ");
    const value = normalizers[name] ? normalizers[name](text) : text;
    if (value !== undefined) normalized[name] = value;
  }
  return normalized;
}

const normalizers: Record<string, (header: string) => string | undefined> = {
  accept: normalizeAccept,
  "content-type": normalizeContentType,
};

/**
 * Keeps the media ranges of an `Accept` header with their weights, and drops the rest: empty elements, other parameters,
 * elements that aren't media ranges. Java sends `*` for any type. Returns undefined if the header accepts anything.
 */
export function normalizeAccept(header: string): string | undefined {
  const elements = listElements(header);
  if (elements.length === 0) return undefined;
  const ranges = elements.flatMap((element) => {
    const isAnyType = element.split(";")[0]?.trim() === "*";
    const range = parseMediaType(isAnyType ? element.replace("*", "*/*") : element);
    if (!range) return [];
    const weight = range.params.get("q");
    return [weight && /^[01]?(\.\d{0,3})?$/.test(weight) ? `${range.essence};q=${weight}` : range.essence];
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
  if (header === "") return undefined;
  const type = parseMediaType(header);
  if (!type)
    throw new HeaderError(
      415,
      "MALFORMED_CONTENT_TYPE",
      "The Content-Type header isn't a media type. Send `application/json`.",
    );
  return String(type);
}

/** A media type without its malformed parameters, or undefined if the text isn't a media type. */
function parseMediaType(text: string): MIMEType | undefined {
  try {
    return new MIMEType(text);
  } catch {
    return undefined;
  }
}

/** The elements of a list that aren't empty. A comma in a quoted string doesn't count. */
function listElements(header: string): string[] {
  const elements = [""];
  let isQuoted = false;
  let isEscaped = false;
  for (const character of header) {
    if (character === "," && !isQuoted) {
      elements.push("");
      continue;
    }
    if (character === '"' && !isEscaped) isQuoted = !isQuoted;
    isEscaped = isQuoted && character === "\\" && !isEscaped;
    elements[elements.length - 1] += character;
  }
  return elements.map((element) => element.trim()).filter((element) => element !== "");
}

/** Reads `Prefer: code=404, example=not-found, dynamic=true`. Ignores preferences that the mock server doesn't know. */
export function readPreferences(header = ""): Preferences {
  // A preference is written like a parameter of a media type.
  const preferences = new MIMEType(["preferences/x", ...listElements(header)].join(";")).params;
  const [code, example, dynamic] = ["code", "example", "dynamic"].map((name) => preferences.get(name));
  if (code && !/^[1-5]\d\d$/.test(code))
    throw new HeaderError(
      400,
      "MALFORMED_PREFER",
      "The `code` of a Prefer header is a status, such as code=404.",
    );
  return {
    ...(code ? { code: Number(code) } : {}),
    ...(example ? { example } : {}),
    ...(dynamic ? { dynamic: dynamic === "true" } : {}),
  };
}
