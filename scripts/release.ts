// npm run release: prepares a release from the last commit. Publishing is the release workflow's task.
import { readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { command, rejectPositionals, root, shown, UserError } from "./cli.js";
import type { Impact } from "./diff.js";
import { run } from "./process.js";
import { pack, type Tarball } from "./release/pack.js";
import { changeLines, impacts, type Plan, plan, type VersionChange } from "./release/plan.js";
import { withTempFolder } from "./temp.js";

const help = `
Usage: npm run release [-- OPTIONS]

Prepares a release of the last commit: version, changelog, commit, tag and tarball.
It doesn't publish: pushing the tag starts the workflow that does.

The version is derived from Redocly's diff of the specification since the last
release. A breaking change increments the major version (before 1.0, the minor), an
addition the minor, anything else the patch.

  --dry-run           prepare the release in a temporary copy only
  --at-least IMPACT   minor or major, for a change of the client that isn't in the
                      specification (default: patch)
  --help              print this help
`;

const releaseIt = join(root, "node_modules/release-it/bin/release-it.js");

const options = { "dry-run": { type: "boolean" }, "at-least": { type: "string" } } as const;

export const main = command(import.meta, help, options, async (values, positionals) => {
  rejectPositionals(positionals);
  const { "dry-run": dryRun = false, "at-least": atLeast = "patch" } = values;
  const impact = impacts.find((each) => each === atLeast);
  if (!impact) throw new UserError(`--at-least must be patch, minor or major, not "${atLeast}".`);
  process.stdout.write(await release(process.cwd(), dryRun, impact));
  return 0;
});

/** Prepares a release of the checkout in `folder`, and returns the report. */
export async function release(folder: string, dryRun: boolean, atLeast: Impact): Promise<string> {
  await checkCheckout(folder);
  await run(folder, "npm", "run", "--silent", "generate", "--", "--check");
  const next = await plan(folder, atLeast);
  const tag = `v${next.version.to}`;
  await checkTag(folder, tag);
  return withTempFolder("release", async (temp) => {
    // release-it writes the changelog and the version, commits and tags in a clone: a failure doesn't change the checkout.
    const copy = join(temp, "checkout");
    await clone(folder, copy);
    await setInfoVersion(copy, next.info.to);
    await run(copy, process.execPath, releaseIt, next.version.to, "--ci");
    const tarball = await pack(copy, join(folder, "dist"));
    if (!dryRun) await fetchRelease(folder, copy, tag);
    return report(next, tag, tarball, dryRun);
  });
}

async function checkCheckout(folder: string): Promise<void> {
  const shallow = await run(folder, "git", "rev-parse", "--is-shallow-repository");
  if (shallow.trim() === "true")
    throw new UserError(
      "The history of this checkout is incomplete, so the last release can't be found. Run `git fetch --unshallow --tags`.",
    );
  const changes = await run(folder, "git", "status", "--porcelain");
  if (changes !== "")
    throw new UserError(
      `There are uncommitted changes:\n${changes.trimEnd()}\nCommit or stash them, then run the command again.`,
    );
}

/** A tag that this branch contains is the last release, and the next version is higher. */
async function checkTag(folder: string, tag: string): Promise<void> {
  if ((await run(folder, "git", "tag", "--list", tag)) !== "")
    throw new UserError(
      `The tag ${tag} exists already, on another branch. Set a higher version in package.json, or delete the tag.`,
    );
}

async function clone(folder: string, copy: string): Promise<void> {
  // A clone doesn't have the settings of the checkout.
  const [, name, email] = /(.*) <(.*)>/.exec(await run(folder, "git", "var", "GIT_COMMITTER_IDENT")) ?? [];
  const identity = ["--config", `user.name=${name}`, "--config", `user.email=${email}`];
  await run(folder, "git", "clone", "--quiet", ...identity, folder, copy);
  await symlink(join(folder, "node_modules"), join(copy, "node_modules"), "junction");
}

/** Writes the specification's version, and generates the files that contain it. */
async function setInfoVersion(copy: string, version: string): Promise<void> {
  const file = join(copy, "spec/info.yaml");
  const before = await readFile(file, "utf8");
  const after = before.replace(/^version: .*$/m, `version: ${version}`);
  if (after === before) return;
  await writeFile(file, after);
  await run(copy, "npm", "run", "--silent", "generate");
}

/** The tag comes last: if the branch can't be moved to the release, the checkout has no part of it. */
async function fetchRelease(folder: string, copy: string, tag: string): Promise<void> {
  await run(folder, "git", "fetch", "--quiet", "--no-tags", copy, "HEAD");
  await run(folder, "git", "merge", "--quiet", "--ff-only", "FETCH_HEAD");
  await run(folder, "git", "fetch", "--quiet", copy, "tag", tag);
}

function report(
  { last, changes, info, version, changelog }: Plan,
  tag: string,
  { path, size, unpackedSize, files }: Tarball,
  dryRun: boolean,
): string {
  const specification = changes.length > 0 ? `\n${changeLines(changes)}` : "  no changes";
  const next = dryRun
    ? "This was a dry run. Nothing was published, committed or tagged."
    : "Nothing is published yet. Run `git push --follow-tags` to start the workflow that publishes with provenance.";
  return `Last release   ${last ?? "none: this is the first, with the current versions"}
Specification${specification}
info.version   ${arrow(info)}
Version        ${arrow(version)}
Changelog
  ${changelog.replaceAll("\n", "\n  ")}
Tag            ${tag}${dryRun ? ", in a temporary copy" : ""}
Tarball        ${shown(path)}, ${kilobytes(size)}, ${kilobytes(unpackedSize)} unpacked, ${files.length} files

${next}
`;
}

const arrow = ({ from, to }: VersionChange): string => (from === to ? to : `${from} → ${to}`);

const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`;
