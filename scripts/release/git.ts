// What a release asks of git.
import { symlink } from "node:fs/promises";
import { join } from "node:path";
import { UserError } from "../cli.js";
import { run } from "./child.js";

const git = async (folder: string, ...args: string[]): Promise<string> =>
  (await run(folder, "git", ...args)).trim();

const answer = (folder: string, ...args: string[]): Promise<string | undefined> =>
  git(folder, ...args).catch(() => undefined);

/** Refuses a checkout that a release cannot be made from, and says what to do about it. */
export async function checkReady(folder: string): Promise<void> {
  const inside = await answer(folder, "rev-parse", "--is-inside-work-tree", "--is-shallow-repository");
  if (!inside?.startsWith("true"))
    throw new UserError(`${folder} is no git checkout: a release is a commit and a tag.`);
  if (inside.endsWith("true"))
    throw new UserError(
      "This checkout has only a part of the history, so the last release cannot be found. Run `git fetch --unshallow --tags`.",
    );
  const changes = await run(folder, "git", "status", "--porcelain");
  if (changes !== "")
    throw new UserError(
      `There are changes that are not committed:\n${changes.trimEnd()}\nA release is made from what is committed. Commit them or put them aside, then run this again.`,
    );
  if ((await answer(folder, "var", "GIT_COMMITTER_IDENT")) === undefined)
    throw new UserError(
      "git does not know who you are, and a release is a commit. Set user.name and user.email with `git config`.",
    );
}

/** The tag of the last release before HEAD, such as `v1.2.3`; `undefined` before the first. */
export const lastRelease = (folder: string): Promise<string | undefined> =>
  answer(folder, "describe", "--tags", "--abbrev=0", "--match", "v[0-9]*");

export const tagExists = async (folder: string, tag: string): Promise<boolean> =>
  (await answer(folder, "rev-parse", "--verify", "--quiet", `refs/tags/${tag}`)) !== undefined;

export const fileAt = (folder: string, revision: string, path: string): Promise<string> =>
  run(folder, "git", "show", `${revision}:${path}`);

/** A copy of what is committed, to make the release in: whatever fails, the checkout stays as it is. */
export async function clone(folder: string, copy: string): Promise<void> {
  await git(folder, "clone", "--quiet", folder, copy);
  for (const name of ["user.name", "user.email"]) {
    const value = await answer(folder, "config", name);
    if (value) await git(copy, "config", name, value);
  }
  await symlink(join(folder, "node_modules"), join(copy, "node_modules"), "junction");
}

/** Commits what a release changed and tags it. Gives the short name of the commit. */
export async function commitAndTag(folder: string, version: string): Promise<string> {
  // A release that changes no file (the first, say) is a commit all the same: the tag stands on it.
  await git(folder, "commit", "--all", "--quiet", "--allow-empty", "--message", `Release ${version}`);
  await git(folder, "tag", "--annotate", `v${version}`, "--message", `Release ${version}`);
  return git(folder, "rev-parse", "--short", "HEAD");
}

/** Brings the release that was made in a copy into the checkout. */
export async function take(folder: string, copy: string, tag: string): Promise<void> {
  await git(folder, "fetch", "--quiet", copy, `refs/tags/${tag}:refs/tags/${tag}`);
  await git(folder, "merge", "--quiet", "--ff-only", tag);
}
