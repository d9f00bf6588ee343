// Violations in the `sl-violations` header, the way Prism's own server reports them.

/** A rule of the OpenAPI document that a request or a response breaks, as Prism reports it. */
export interface Violation {
  /** `request` or `response`, then the part (`body`, `header`, `query`, `path`), then the path inside it. */
  location: string[];
  /** The JSON Schema keyword, or the status that fits the violation (`401`, `415`). */
  code?: string | number;
  severity: string;
  message: string;
}

// HTTP clients reject responses with more than 8 to 16 KB of headers.
const maxHeaderLength = 8_000;
const maxStringLength = 200;

/** Writes violations as a header value. Long strings are cut, and violations that don't fit are left out. */
export function violationsHeader(violations: Violation[]): string {
  let kept = violations;
  let header = asciiJson(kept);
  while (header.length > maxHeaderLength) {
    kept = kept.slice(0, Math.floor(kept.length / 2));
    header = asciiJson(kept);
  }
  return header;
}

/** JSON in ASCII: a violation can contain property names in any script, and a header can't. */
const asciiJson = (value: unknown): string =>
  JSON.stringify(value, cutLongString).replace(
    /[^\x20-\x7e]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );

const cutLongString = (_key: string, value: unknown): unknown =>
  typeof value === "string" && value.length > maxStringLength ? `${value.slice(0, maxStringLength)}…` : value;

/** Reads violations from a header value. */
export const readViolations = (header: string | null | undefined): Violation[] =>
  header ? (JSON.parse(header) as Violation[]) : [];
