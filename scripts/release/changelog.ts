// The Unreleased section of CHANGELOG.md: checked, and moved below a version.
import { UserError } from "../cli.js";

/** The kinds of changelog lines. Only a person can decide between the first two. */
const kinds = ["API changed", "Only the document was wrong", "Client"] as const;
export type Kind = (typeof kinds)[number];

export interface Entry {
  kind: Kind;
  /** The line of the file with its indented continuation. */
  text: string;
}

const heading = /^## \[?unreleased\]?[ \t]*$/im;

/** The lines of the Unreleased section. Throws a UserError that names each line without a kind. */
export function unreleased(changelog: string): Entry[] {
  const { start, end } = section(changelog);
  const firstLine = changelog.slice(0, start).split("\n").length;
  const entries: Entry[] = [];
  const invalidLines: string[] = [];
  for (const [index, line] of changelog.slice(start, end).split("\n").entries()) {
    const last = entries.at(-1);
    if (line.trim() === "" || line.startsWith("#")) continue;
    if (/^\s/.test(line)) {
      if (last) last.text += `\n${line}`;
      continue;
    }
    const kind = kindOf(line);
    if (kind) entries.push({ kind, text: line });
    else invalidLines.push(`  CHANGELOG.md:${firstLine + index}  ${line}`);
  }
  if (invalidLines.length > 0)
    throw new UserError(
      `These changelog lines have no kind:\n${invalidLines.join("\n")}\n` +
        `Start each line with one of: ${kinds.map((kind) => `"- **${kind}:**"`).join(", ")}.`,
    );
  if (entries.length === 0)
    throw new UserError(
      'CHANGELOG.md has no lines under "## Unreleased". Add a line for each change that users notice.',
    );
  return entries;
}

/** The changelog with its Unreleased lines below a heading with the version, and an empty Unreleased section. */
export function closeUnreleased(changelog: string, version: string, date: string): string {
  const { start } = section(changelog);
  return `${changelog.slice(0, start)}\n## ${version} (${date})\n${changelog.slice(start)}`;
}

function section(changelog: string): { start: number; end: number } {
  const found = heading.exec(changelog);
  if (!found)
    throw new UserError('CHANGELOG.md has no section "## Unreleased". Add it above the last release.');
  const start = found.index + found[0].length + 1;
  const next = changelog.indexOf("\n## ", start - 1);
  return { start, end: next === -1 ? changelog.length : next };
}

const kindOf = (line: string): Kind | undefined => {
  const label = /^[-*] \*\*(.+?):?\*\*:?\s+\S/.exec(line)?.[1]?.toLowerCase();
  return kinds.find((kind) => kind.toLowerCase() === label);
};
