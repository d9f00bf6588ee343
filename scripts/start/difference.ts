// What the document on disk changes of the one in the last commit, a line a change.
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { root } from "../cli.js";
import { type Change, diff } from "../diff.js";
import type { Document } from "../generate/openapi.js";

const git = promisify(execFile);

/** The changes since the last commit; `undefined` where there is no commit to compare with. */
export async function changesSinceCommit(document: Document): Promise<Change[] | undefined> {
  const committed = await git("git", ["show", "HEAD:generated/openapi.json"], {
    cwd: root,
    maxBuffer: 2 ** 28,
  }).catch(() => undefined);
  if (!committed) return undefined;
  const folder = await mkdtemp(join(tmpdir(), "onepay-diff-"));
  try {
    const [before, after] = [join(folder, "committed.json"), join(folder, "now.json")];
    await Promise.all([writeFile(before, committed.stdout), writeFile(after, JSON.stringify(document))]);
    return await diff(before, after);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const words = { major: "breaking", minor: "compatible", patch: "cosmetic" } as const;

export const changeLine = ({ impact, place, what }: Change): string =>
  `${words[impact].padEnd(10)}  ${place}: ${what}`;
