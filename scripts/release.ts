// npm run release: everything between "these commits are good" and "publish them".
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { command, UserError } from "./cli.js";
import type { Impact } from "./diff.js";
import { closed } from "./release/changelog.js";
import { run } from "./release/child.js";
import { checkReady, clone, commitAndTag, take } from "./release/git.js";
import { writeInfoVersion } from "./release/info.js";
import { pack } from "./release/pack.js";
import { type Plan, plan } from "./release/plan.js";
import { type Made, report } from "./release/report.js";

const help = `
Usage: npm run release [-- OPTIONS]

Makes a release of what is committed: finds the version, closes the changelog's Unreleased section, commits, tags
and packs. It never publishes: pushing the tag starts the workflow that does, with provenance.

The version follows from the document's diff to the last release: what breaks moves the major (before 1.0 the
minor), what is new the minor, anything else the patch. info.version moves by the same diff; the package's
version moves at least as much.

Each line under "## Unreleased" in CHANGELOG.md begins with one of
  - **API changed:**                   OnePay does something else than it did
  - **Only the document was wrong:**   OnePay does what it did, and now we say so
  - **Client:**                        only the client changed

  --dry-run           do all of it in a copy and leave this checkout as it is
  --at-least IMPACT   minor or major: for a change of the client that no document shows (default: patch)
  --help              print this
`;

const options = { "dry-run": { type: "boolean" }, "at-least": { type: "string" } } as const;

await command(help, options, async ({ "dry-run": dryRun = false, "at-least": atLeast = "patch" }) => {
  if (!isImpact(atLeast)) throw new UserError(`--at-least takes patch, minor or major, not "${atLeast}".`);
  const folder = process.cwd();
  await checkReady(folder);
  await run(folder, "npm", "run", "--silent", "generate", "--", "--check");
  const next = await plan(folder, atLeast);
  const copies = await mkdtemp(join(tmpdir(), "onepay-client-release-"));
  try {
    const copy = join(copies, "checkout");
    await clone(folder, copy);
    const made = await make(copy, next, copies);
    const tarball = { ...made.tarball, path: await keep(folder, made.tarball.path) };
    if (!dryRun) await take(folder, copy, `v${next.version.to}`);
    process.stdout.write(report(next, { ...made, tarball }, dryRun));
  } finally {
    await rm(copies, { recursive: true, force: true });
  }
  return 0;
});

async function make(copy: string, { version, infoVersion, last }: Plan, destination: string): Promise<Made> {
  const changelog = join(copy, "CHANGELOG.md");
  const today = new Date().toISOString().slice(0, 10);
  await writeFile(changelog, closed(await readFile(changelog, "utf8"), version.to, today));
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

/** Out of the folder that goes, to where everything that is built lies. */
async function keep(folder: string, tarball: string): Promise<string> {
  const kept = join(folder, "dist", basename(tarball));
  await mkdir(join(folder, "dist"), { recursive: true });
  await copyFile(tarball, kept);
  return kept;
}

function isImpact(text: string): text is Impact {
  return text === "patch" || text === "minor" || text === "major";
}
