// Compares the document with the one of the last commit.
import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { root } from "../cli.js";
import { type Change, diff } from "../diff.js";
import type { Document } from "../openapi/document.js";
import { withTempFolder } from "../temp.js";

const run = promisify(execFile);

/** The changes since the last commit, or undefined if there is no commit. */
export async function changesSinceCommit(document: Document): Promise<Change[] | undefined> {
  const options = { cwd: root, maxBuffer: 2 ** 28 };
  const committed = await run("git", ["show", "HEAD:generated/openapi.json"], options).catch(() => undefined);
  if (!committed) return undefined;
  return withTempFolder("diff", async (folder) => {
    const [before, after] = [join(folder, "committed.json"), join(folder, "current.json")];
    await Promise.all([writeFile(before, committed.stdout), writeFile(after, JSON.stringify(document))]);
    return diff(before, after);
  });
}

const labels = { major: "breaking", minor: "compatible", patch: "cosmetic" } as const;

export const changeLine = ({ impact, place, what }: Change): string =>
  `${labels[impact].padEnd(10)}  ${place}: ${what}`;
