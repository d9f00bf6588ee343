// The next version, derived from Redocly's diff since the last release. The changelog has to agree with the diff.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import semver from "semver";
import { UserError } from "../cli.js";
import { type Change, changesBetween, type Impact } from "../diff.js";
import { run } from "../process.js";

export const impacts: readonly Impact[] = ["major", "minor", "patch"];

const kinds = ["API changed", "Only the document was wrong", "Client"];
const kindOf = (line: string) => kinds.find((kind) => line.startsWith(`- **${kind}:** `));

export interface VersionChange {
  from: string;
  to: string;
}

export interface Plan {
  /** The tag of the last release. */
  last?: string;
  changelog: string;
  /** The changes of the specification since the last release, breaking changes first. */
  changes: Change[];
  /** The specification's version. */
  info: VersionChange;
  /** The package's version. */
  version: VersionChange;
}

/** `atLeast` is for changes of the client that aren't in the specification. */
export async function plan(folder: string, atLeast: Impact = "patch"): Promise<Plan> {
  const read = (path: string) => readFile(join(folder, path), "utf8");
  const changelog = unreleased(await read("CHANGELOG.md"));
  const bundle = await read("generated/openapi.json");
  const info = versionOf(JSON.parse(bundle).info);
  const version = versionOf(JSON.parse(await read("package.json")));
  const tags = await run(folder, "git", "tag", "--merged", "HEAD", "--list", "v[0-9]*", "--sort=-v:refname");
  const [last] = tags.split("\n");
  if (!last)
    return {
      changelog,
      changes: [],
      info: { from: info, to: info },
      version: { from: version, to: version },
    };

  const readReleased = (path: string) => run(folder, "git", "show", `${last}:${path}`);
  const bundleBefore = await readReleased("generated/openapi.json");
  const infoBefore = versionOf(JSON.parse(bundleBefore).info);
  const released = versionOf(JSON.parse(await readReleased("package.json")));
  const changes = bundle === bundleBefore ? [] : await changesOtherThanVersion(bundleBefore, bundle);
  checkAgreement(changelog, changes, last);
  const least = nextVersions({ info: infoBefore, version: released }, changes[0]?.impact, atLeast);
  return {
    last,
    changelog,
    changes,
    info: { from: infoBefore, to: higher(info, least.info) },
    version: { from: released, to: higher(version, least.version) },
  };
}

interface Versions {
  info: string;
  version: string;
}

/** The lowest versions after `impact`, the largest change of the specification. */
export function nextVersions(
  { info, version }: Versions,
  impact?: Impact,
  atLeast: Impact = "patch",
): Versions {
  const least = impacts.find((each) => each === atLeast || each === impact) ?? atLeast;
  return { info: impact ? increment(info, impact) : info, version: increment(version, least) };
}

function versionOf({ version }: { version: string }): string {
  if (!semver.valid(version)) throw new UserError(`"${version}" isn't a version such as 1.2.3.`);
  return version;
}

const higher = (a: string, b: string): string => (semver.gt(a, b) ? a : b);

/** Before 1.0, a breaking change increments the minor version. */
const increment = (version: string, impact: Impact): string =>
  semver.inc(version, impact === "major" && semver.major(version) === 0 ? "minor" : impact) ?? version;

/** The version is derived from these changes. */
const changesOtherThanVersion = async (before: string, bundle: string): Promise<Change[]> =>
  (await changesBetween(before, bundle)).filter(({ place }) => place !== "info › version");

/** The Unreleased lines of the changelog. */
function unreleased(changelog: string): string {
  const [, section = ""] = changelog.split("\n## [Unreleased]\n");
  const [text = ""] = section.split("\n## ");
  if (text.trim() === "")
    throw new UserError(
      'CHANGELOG.md has no lines under "## [Unreleased]". Add a line for each change that users notice.',
    );
  const invalid = text.split("\n").filter((line) => /^[^\s#]/.test(line) && !kindOf(line));
  if (invalid.length > 0)
    throw new UserError(
      `These lines of CHANGELOG.md have no kind:\n  ${invalid.join("\n  ")}\n` +
        `Start each line with one of: ${kinds.map((kind) => `"- **${kind}:**"`).join(", ")}.`,
    );
  return text.trim();
}

// A person writes the changelog, and Redocly the diff. If they disagree, one of them is wrong.
export function checkAgreement(changelog: string, changes: Change[], last: string): void {
  const mentionsApi = changelog.split("\n").some((line) => !["Client", undefined].includes(kindOf(line)));
  const notable = changes.filter(({ impact }) => impact !== "patch");
  if (notable.length > 0 && !mentionsApi)
    throw new UserError(
      `The specification changed since ${last}, but no changelog line mentions it:\n${changeLines(notable)}\n` +
        'Add a line that starts with "- **API changed:**" or "- **Only the document was wrong:**".',
    );
  if (changes.length === 0 && mentionsApi)
    throw new UserError(
      `The changelog mentions a change of the API or the document, but the specification is the same as in ${last}. Correct the line or the specification.`,
    );
}

export const changeLines = (changes: Change[]): string =>
  changes.map(({ impact, place, what }) => `  ${impact.padEnd(5)}  ${place}: ${what}`).join("\n");
