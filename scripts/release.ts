// npm run release: prepares a release from the last commit. Publishing is the release workflow's task.
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { command, UserError } from "./cli.js";
import type { Impact } from "./diff.js";
import { closeUnreleased } from "./release/changelog.js";
import { run } from "./release/child.js";
import { checkReady, clone, commitAndTag, fetchRelease } from "./release/git.js";
import { writeInfoVersion } from "./release/info.js";
import { pack } from "./release/pack.js";
import { type Plan, plan } from "./release/plan.js";
import { type Made, report } from "./release/report.js";

const help = `
Usage: npm run release [-- OPTIONS]

Prepares a release of the last commit: determines the version, moves the
changelog's Unreleased lines below it, commits, tags and packs. It doesn't publish.
Pushing the tag starts the workflow that publishes with provenance.

The version is derived from Redocly's diff of the specification since the last
release. A breaking change increments the major version (before 1.0, the minor), an
addition the minor, anything else the patch. info.version follows the same diff, and
the package's version is incremented at least as much.

Each line under "## Unreleased" in CHANGELOG.md starts with one of
  - **API changed:**                   OnePay works differently
  - **Only the document was wrong:**   OnePay works as before
  - **Client:**                        only the client changed

  --dry-run           prepare the release in a temporary copy only
  --at-least IMPACT   minor or major, for a change of the client that isn't in the
                      specification (default: patch)
  --help              print this help
`;

const options = { "dry-run": { type: "boolean" }, "at-least": { type: "string" } } as const;

export const main = command(
  import.meta,
  help,
  options,
  async ({ "dry-run": dryRun = false, "at-least": atLeast = "patch" }) => {
    if (!isImpact(atLeast))
      throw new UserError(`--at-least must be patch, minor or major, not "${atLeast}".`);
    const folder = process.cwd();
    await checkReady(folder);
    await run(folder, "npm", "run", "--silent", "generate", "--", "--check");
    const next = await plan(folder, atLeast);
    const copies = await mkdtemp(join(tmpdir(), "onepay-client-release-"));
    try {
      const copy = join(copies, "checkout");
      await clone(folder, copy);
      const made = await prepare(copy, next, copies);
      const tarball = { ...made.tarball, path: await keep(folder, made.tarball.path) };
      if (!dryRun) await fetchRelease(folder, copy, `v${next.version.to}`);
      process.stdout.write(report(next, { ...made, tarball }, dryRun));
    } finally {
      await rm(copies, { recursive: true, force: true });
    }
    return 0;
  },
);

async function prepare(
  copy: string,
  { version, infoVersion, last }: Plan,
  destination: string,
): Promise<Made> {
  const changelog = join(copy, "CHANGELOG.md");
  const today = new Date().toISOString().slice(0, 10);
  await writeFile(changelog, closeUnreleased(await readFile(changelog, "utf8"), version.to, today));
  if (last) {
    await writeInfoVersion(copy, infoVersion.to);
    await run(
      copy,
      "npm",
      "version",
      version.to,
      "--no-git-tag-version",
      "--allow-same-version",
      "--ignore-scripts",
    );
    await run(copy, "npm", "run", "--silent", "generate");
  }
  const tarball = await pack(copy, destination);
  return { tarball, commit: await commitAndTag(copy, version.to) };
}

/** Copies the tarball from the temporary folder to dist/. */
async function keep(folder: string, tarball: string): Promise<string> {
  const kept = join(folder, "dist", basename(tarball));
  await mkdir(join(folder, "dist"), { recursive: true });
  await copyFile(tarball, kept);
  return kept;
}

function isImpact(text: string): text is Impact {
  return text === "patch" || text === "minor" || text === "major";
}
