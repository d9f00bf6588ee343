// CHANGELOG.md: what a person wrote under Unreleased, checked, and moved under the version.
import { UserError } from "../cli.js";

/** What a line of the changelog can be about. Only a person can tell the first two apart. */
const kinds = ["API changed", "Only the document was wrong", "Client"] as const;
export type Kind = (typeof kinds)[number];

export interface Entry {
  kind: Kind;
  /** The line as it stands in the file, its indented continuation included. */
  text: string;
}

const heading = /^## \[?unreleased\]?[ \t]*$/im;

/** The lines under Unreleased. Throws a UserError that names each line without a kind. */
export function unreleased(changelog: string): Entry[] {
  const { start, end } = section(changelog);
  const first = changelog.slice(0, start).split("\n").length;
  const entries: Entry[] = [];
  const faults: string[] = [];
  for (const [at, line] of changelog.slice(start, end).split("\n").entries()) {
    const last = entries.at(-1);
    if (line.trim() === "" || line.startsWith("#")) continue;
    if (/^\s/.test(line)) {
      if (last) last.text += `\n${line}`;
      continue;
    }
    const kind = kindOf(line);
    if (kind) entries.push({ kind, text: line });
    else faults.push(`  CHANGELOG.md:${first + at}  ${line}`);
  }
  if (faults.length > 0)
    throw new UserError(
      `These lines of the changelog do not say what changed:\n${faults.join("\n")}\n` +
        `Begin each with one of: ${kinds.map((kind) => `"- **${kind}:**"`).join(", ")}. The first two differ in what a user must do, and nothing but you knows which it was.`,
    );
  if (entries.length === 0)
    throw new UserError(
      'CHANGELOG.md has nothing under "## Unreleased". Write there, a line each, what changes for a user.',
    );
  return entries;
}

/** The changelog with its Unreleased lines under the version, and Unreleased empty. */
export function closed(changelog: string, version: string, date: string): string {
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
