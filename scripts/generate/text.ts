// Writes TypeScript: literals and doc comments.

/** A key of an object literal. In quotes, `__proto__` would set the prototype instead of a property. */
export function objectKey(name: string): string {
  if (name === "__proto__") return '["__proto__"]';
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
}

/** A value as TypeScript: on one line if it fits in `maxWidth`, or else each entry on its own line. */
export function literal(value: unknown, maxWidth = Number.POSITIVE_INFINITY, indent = ""): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "undefined";
  const inner = `${indent}  `;
  const isArray = Array.isArray(value);
  const entries = isArray
    ? value.map((item) => literal(item, maxWidth, inner))
    : Object.entries(value).map(([key, item]) => `${objectKey(key)}: ${literal(item, maxWidth, inner)}`);
  const [open, close] = isArray ? ["[", "]"] : ["{", "}"];
  if (entries.length === 0) return open + close;
  const line = isArray ? `[${entries.join(", ")}]` : `{ ${entries.join(", ")} }`;
  if (indent.length + line.length <= maxWidth && !line.includes("\n")) return line;
  return `${open}\n${entries.map((entry) => `${inner}${entry},\n`).join("")}${indent}${close}`;
}

/** The inside of a doc comment: everything between its second star and its end. */
export function docCommentBody(paragraphs: string[], indent: string): string {
  const lines = paragraphs
    .map((text) => text.trim())
    .filter((text) => text !== "")
    .join("\n\n")
    .replaceAll("*/", "*\\/")
    .split(/\r?\n/)
    .map((line) => `${indent} * ${line}`.trimEnd());
  return `\n${lines.join("\n")}\n${indent} `;
}

/** A text as a sentence, with a full stop. */
export function sentence(text: string): string {
  const trimmed = text.trim();
  return trimmed === "" || /[.!?:]$/.test(trimmed) ? trimmed : `${trimmed}.`;
}
