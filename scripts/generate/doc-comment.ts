// Writes doc comments, which editors show on hover.

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

/** A text on one line: its first paragraph. */
export const firstParagraph = (text: string): string =>
  (text.trim().split(/\n\s*\n/)[0] ?? "").replace(/\s*\n\s*/g, " ");

/** A text as a sentence, with a full stop. */
export function sentence(text: string): string {
  const trimmed = text.trim();
  return trimmed === "" || /[.!?:]$/.test(trimmed) ? trimmed : `${trimmed}.`;
}
