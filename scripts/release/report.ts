// The report of a release.
import { shown } from "../cli.js";
import type { Tarball } from "./pack.js";
import { changeLines, type Plan } from "./plan.js";

export interface Made {
  commit: string;
  tarball: Tarball;
}

export function report(
  { last, changes, infoVersion, version, entries }: Plan,
  made: Made,
  dryRun: boolean,
): string {
  const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`;
  const { tarball, commit } = made;
  const lines = [
    ["Last release", last ?? "none: this is the first, with the current versions"],
    ["Specification", changesText(last, changes)],
    ["info.version", arrow(infoVersion)],
    ["Version", arrow(version)],
    ["Changelog", `\n${entries.map(({ text }) => `  ${text.replaceAll("\n", "\n  ")}`).join("\n")}`],
    ["Tag", `v${version.to} on ${commit}${dryRun ? ", in a temporary copy" : ""}`],
    [
      "Tarball",
      `${shown(tarball.path)}, ${kilobytes(tarball.size)}, ${kilobytes(tarball.unpackedSize)} unpacked, ${tarball.files.length} files`,
    ],
  ];
  const body = lines.map(([name = "", text = ""]) =>
    text.startsWith("\n") ? `${name}${text}` : `${name.padEnd(15)}${text}`,
  );
  const end = dryRun
    ? "This was a dry run. Nothing was published, committed or tagged."
    : "Nothing is published yet. Run `git push --follow-tags` to start the workflow that publishes with provenance.";
  return `${[...body, "", end].join("\n")}\n`;
}

function changesText(last: Plan["last"], changes: Plan["changes"]): string {
  if (!last) return "nothing to compare with";
  return changes.length === 0 ? `the same as in ${last}` : `\n${changeLines(changes)}`;
}

const arrow = ({ from, to }: { from: string; to: string }): string => (from === to ? to : `${from} → ${to}`);
