// The git commands of a release.
import { symlink } from "node:fs/promises";
import { join } from "node:path";
import { UserError } from "../cli.js";
import { run } from "./child.js";

const git = async (folder: string, ...args: string[]): Promise<string> =>
  (await run(folder, "git", ...args)).trim();

const tryGit = (folder: string, ...args: string[]): Promise<string | undefined> =>
  git(folder, ...args).catch(() => undefined);

/** Throws a UserError with advice if the checkout can't be released. */
export async function checkReady(folder: string): Promise<void> {
  const inside = await tryGit(folder, "rev-parse", "--is-inside-work-tree", "--is-shallow-repository");
  if (!inside?.startsWith("true"))
    throw new UserError(`${folder} isn't a git checkout. Run the command in a clone of the repository.`);
  if (inside.endsWith("true"))
    throw new UserError(
      "The history of this checkout is incomplete, so the last release can't be found. Run `git fetch --unshallow --tags`.",
    );
  const changes = await run(folder, "git", "status", "--porcelain");
  if (changes !== "")
    throw new UserError(
      `There are uncommitted changes:\n${changes.trimEnd()}\nCommit or stash them, then run the command again.`,
    );
  if ((await tryGit(folder, "var", "GIT_COMMITTER_IDENT")) === undefined)
    throw new UserError(
      "git has no name and email for the release commit. Set user.name and user.email with `git config`.",
    );
}

/** The tag of the last release before HEAD, such as `v1.2.3`; `undefined` before the first. */
export const lastRelease = (folder: string): Promise<string | undefined> =>
  tryGit(folder, "describe", "--tags", "--abbrev=0", "--match", "v[0-9]*");

export const tagExists = async (folder: string, tag: string): Promise<boolean> =>
  (await tryGit(folder, "rev-parse", "--verify", "--quiet", `refs/tags/${tag}`)) !== undefined;

export const fileAt = (folder: string, revision: string, path: string): Promise<string> =>
  run(folder, "git", "show", `${revision}:${path}`);

/** Clones the checkout. The release is made in the clone, so that a failure doesn't change the checkout. */
export async function clone(folder: string, copy: string): Promise<void> {
  await git(folder, "clone", "--quiet", folder, copy);
  for (const name of ["user.name", "user.email"]) {
    const value = await tryGit(folder, "config", name);
    if (value) await git(copy, "config", name, value);
  }
  await symlink(join(folder, "node_modules"), join(copy, "node_modules"), "junction");
}

/** Commits and tags the changes of a release. Returns the short hash of the commit. */
export async function commitAndTag(folder: string, version: string): Promise<string> {
  // A release that changes no file, such as the first one, is a commit as well: the tag refers to it.
  await git(folder, "commit", "--all", "--quiet", "--allow-empty", "--message", `Release ${version}`);
  await git(folder, "tag", "--annotate", `v${version}`, "--message", `Release ${version}`);
  return git(folder, "rev-parse", "--short", "HEAD");
}

/** Fetches the release from the clone into the checkout. */
export async function fetchRelease(folder: string, copy: string, tag: string): Promise<void> {
  await git(folder, "fetch", "--quiet", copy, `refs/tags/${tag}:refs/tags/${tag}`);
  await git(folder, "merge", "--quiet", "--ff-only", tag);
}
