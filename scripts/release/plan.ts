// The next release, derived from the last one, the diff of the specification and the changelog. Writes nothing.
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UserError } from "../cli.js";
import { type Change, diff, type Impact } from "../diff.js";
import { type Entry, unreleased } from "./changelog.js";
import { fileAt, lastRelease, tagExists } from "./git.js";
import { greatestImpact, higherVersion, increment } from "./version.js";

const bundle = "generated/openapi.json";

export interface Plan {
  /** The tag of the last release, or `undefined` before the first. */
  last: string | undefined;
  /** The changes of the specification since the last release, without `info.version`. */
  changes: Change[];
  impact: Impact | undefined;
  infoVersion: { from: string; to: string };
  version: { from: string; to: string };
  entries: Entry[];
}

/** `atLeast` is for changes of the client that aren't in the specification. */
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
  const impact = greatestImpact(changes.map((change) => change.impact));
  checkEntries(entries, changes, last);
  const infoBefore = infoVersionOf(before);
  const infoNext = impact
    ? higherVersion(info, increment(infoBefore, impact))
    : higherVersion(info, infoBefore);
  const next = higherVersion(
    version,
    increment(released.version, greatestImpact([atLeast, impact ?? "patch"]) ?? "patch"),
  );
  if (await tagExists(folder, `v${next}`))
    throw new UserError(
      `The tag v${next} already exists on another branch. Release from the branch that contains it.`,
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
    // The version is derived from the other changes.
    return (await diff(base, revision)).filter(({ place }) => place !== "info › version");
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

// A person writes the changelog, and Redocly the diff. If they disagree, one of them is wrong.
function checkEntries(entries: Entry[], changes: Change[], last: string): void {
  const mentionsApi = entries.some(({ kind }) => kind !== "Client");
  const notable = changes.filter(({ impact }) => impact !== "patch");
  if (notable.length > 0 && !mentionsApi)
    throw new UserError(
      `The specification changed since ${last}, but no changelog line mentions it:\n${changeLines(notable)}\n` +
        'Add a line that starts with "- **API changed:**" or "- **Only the document was wrong:**".',
    );
  if (changes.length === 0 && mentionsApi)
    throw new UserError(
      `The changelog mentions a change of the API or the document, but ${bundle} is the same as in ${last}. Correct the line or the specification.`,
    );
}

/** One line per change. */
export const changeLines = (changes: Change[]): string =>
  changes.map(({ impact, place, what }) => `  ${impact.padEnd(5)}  ${place}: ${what}`).join("\n");
