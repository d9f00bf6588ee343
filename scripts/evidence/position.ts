// Positions in text files, for messages about files that can't be used.
import { shown } from "../cli.js";

/** `recording.har:12:5` for an offset in the file's text. Lines and columns start at 1. */
export function positionIn(file: string, text: string, offset: number): string {
  const before = text.slice(0, Math.max(0, offset)).split("\n");
  return `${shown(file)}:${before.length}:${(before.at(-1) ?? "").length + 1}`;
}

/**
 * The offset of the first character that makes a text invalid JSON, or its length if the text ends too early. The
 * message of `JSON.parse` can quote the text, and on Node.js 20 it doesn't always have a position.
 */
export function offsetOfJsonError(text: string): number {
  let valid = 0;
  let invalid = text.length + 1;
  // Every prefix before the error only ends too early. The shortest prefix with another error ends at the error.
  while (invalid - valid > 1) {
    const middle = Math.floor((valid + invalid) / 2);
    if (endsTooEarly(text.slice(0, middle))) valid = middle;
    else invalid = middle;
  }
  return valid;
}

function endsTooEarly(prefix: string): boolean {
  try {
    JSON.parse(prefix);
    return true;
  } catch (error) {
    const { message } = error as Error;
    const position = /at position (\d+)/.exec(message)?.[1];
    const isUnfinished = message.includes("end of JSON input") || message.includes("Unterminated");
    return isUnfinished || (position !== undefined && Number(position) >= prefix.length);
  }
}
