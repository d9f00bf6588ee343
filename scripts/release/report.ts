// What a release tells the person who makes it.
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
    ["Last release", last ?? "none: this is the first, with the versions as they stand"],
    ["Document", documentText(last, changes)],
    ["info.version", arrow(infoVersion)],
    ["Version", arrow(version)],
    ["Changelog", `\n${entries.map(({ text }) => `  ${text.replaceAll("\n", "\n  ")}`).join("\n")}`],
    ["Tag", `v${version.to} on ${commit}${dryRun ? ", in a copy that is gone" : ""}`],
    [
      "Tarball",
      `${shown(tarball.path)}, ${kilobytes(tarball.size)}, ${kilobytes(tarball.unpackedSize)} unpacked, ${tarball.files.length} files`,
    ],
  ];
  const body = lines.map(([name = "", text = ""]) =>
    text.startsWith("\n") ? `${name}${text}` : `${name.padEnd(14)}${text}`,
  );
  const end = dryRun
    ? "A dry run: nothing was published, committed or tagged here."
    : "Nothing is published yet. `git push --follow-tags` starts the workflow that does it, with provenance.";
  return `${[...body, "", end].join("\n")}\n`;
}

function documentText(last: Plan["last"], changes: Plan["changes"]): string {
  if (!last) return "nothing to compare with";
  return changes.length === 0 ? `the same as in ${last}` : `\n${changeLines(changes)}`;
}

const arrow = ({ from, to }: { from: string; to: string }): string => (from === to ? to : `${from} → ${to}`);
