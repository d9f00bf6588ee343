// What the next release is: read from the last one, the document's diff and the changelog. Nothing is written.
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UserError } from "../cli.js";
import { type Change, diff, type Impact } from "../diff.js";
import { type Entry, unreleased } from "./changelog.js";
import { fileAt, lastRelease, tagExists } from "./git.js";
import { greatest, later, moved } from "./version.js";

const bundle = "generated/openapi.json";

export interface Plan {
  /** The tag of the last release; `undefined` where this is the first. */
  last: string | undefined;
  /** What the document's diff to the last release holds, its own version left out. */
  changes: Change[];
  impact: Impact | undefined;
  infoVersion: { from: string; to: string };
  version: { from: string; to: string };
  entries: Entry[];
}

/** `atLeast` is for changes of the client that no document shows. */
export async function plan(folder: string, atLeast: Impact = "patch"): Promise<Plan> {
  const read = (path: string) => readFile(join(folder, path), "utf8");
  const entries = unreleased(await read("CHANGELOG.md"));
  const document = await read(bundle);
  const info = infoVersionOf(document);
  const { version } = JSON.parse(await read("package.json")) as { version: string };
  const last = await lastRelease(folder);
  if (!last)
    return {
      last,
      changes: [],
      impact: undefined,
      infoVersion: { from: info, to: info },
      version: { from: version, to: version },
      entries,
    };

  const before = await fileAt(folder, last, bundle);
  const released = JSON.parse(await fileAt(folder, last, "package.json")) as { version: string };
  const changes = await changesBetween(before, document);
  const impact = greatest(changes.map((change) => change.impact));
  checkEntries(entries, changes, last);
  const infoBefore = infoVersionOf(before);
  const infoNext = impact ? later(info, moved(infoBefore, impact)) : later(info, infoBefore);
  const next = later(version, moved(released.version, greatest([atLeast, impact ?? "patch"]) ?? "patch"));
  if (await tagExists(folder, `v${next}`))
    throw new UserError(
      `The tag v${next} exists already, and it is not before this commit. Release from the branch that has it.`,
    );
  return {
    last,
    changes,
    impact,
    infoVersion: { from: infoBefore, to: infoNext },
    version: { from: released.version, to: next },
    entries,
  };
}

const infoVersionOf = (document: string): string =>
  (JSON.parse(document) as { info: { version: string } }).info.version;

async function changesBetween(before: string, after: string): Promise<Change[]> {
  if (before === after) return [];
  const folder = await mkdtemp(join(tmpdir(), "onepay-client-diff-"));
  try {
    const [base, revision] = [join(folder, "before.json"), join(folder, "after.json")];
    await writeFile(base, before);
    await writeFile(revision, after);
    // The version follows from the other changes, so it is none itself.
    return (await diff(base, revision)).filter(({ place }) => place !== "info › version");
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

// The changelog and the diff are made by different hands: where they disagree, one of them is wrong.
function checkEntries(entries: Entry[], changes: Change[], last: string): void {
  const told = entries.some(({ kind }) => kind !== "Client");
  const felt = changes.filter(({ impact }) => impact !== "patch");
  if (felt.length > 0 && !told)
    throw new UserError(
      `The document changed since ${last}, and no line of the changelog says so:\n${changeLines(felt)}\n` +
        'Add a line that begins with "- **API changed:**" or "- **Only the document was wrong:**".',
    );
  if (changes.length === 0 && told)
    throw new UserError(
      `The changelog says that the API or its document changed, and ${bundle} is what it was in ${last}. Correct the line, or the document.`,
    );
}

/** Changes as lines a person reads. */
export const changeLines = (changes: Change[]): string =>
  changes.map(({ impact, place, what }) => `  ${impact.padEnd(5)}  ${place}: ${what}`).join("\n");
