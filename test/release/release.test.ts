import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, type TestContext, test } from "vitest";
import { parse } from "yaml";
import { root } from "../../scripts/cli.js";
import type { Impact } from "../../scripts/diff.js";
import { checkAgreement, nextVersions, plan } from "../../scripts/release/plan.js";
import { main, release } from "../../scripts/release.js";
import { runCommand } from "../command.js";
import { checkout, document } from "./checkout.js";

type Context = Pick<TestContext, "onTestFinished">;

const original = checkout();
afterAll(original.remove);

/** A checkout without a release. */
function fresh({ onTestFinished }: Context) {
  const made = checkout(original.folder);
  onTestFinished(made.remove);
  return made;
}

/** A checkout whose commit is released. */
function released(context: Context) {
  const made = fresh(context);
  made.git("tag", "--annotate", "v0.1.0", "--message", "out");
  return made;
}

/** Without `/cards`, with `/accounts`, and with another title. */
function changedDocument() {
  const { info, paths, ...rest } = document("0.1.1");
  const { "/cards": cards = {}, ...others } = paths;
  return { ...rest, info: { ...info, title: "All customers" }, paths: { ...others, "/accounts": cards } };
}

describe("npm run release", () => {
  test("uses the current versions for the first release, and a dry run changes nothing", async (context) => {
    const { expect } = context;
    const { folder, git } = fresh(context);
    const report = await release(folder, true, "patch");
    expect(report).toContain("none: this is the first");
    expect(report).toMatch(/^Version +0\.1\.0$/m);
    expect(report).toContain("  - **Client:** The first one.");
    expect(report).toMatch(/^Tag +v0\.1\.0, in a temporary copy$/m);
    expect(report).toMatch(
      /^Tarball .*dist\/releasable-0\.1\.0\.tgz, [\d.]+ kB, [\d.]+ kB unpacked, \d+ files$/m,
    );
    expect(existsSync(join(folder, "dist/releasable-0.1.0.tgz"))).toBe(true);
    // A dry run leaves no commit, no tag and no change behind.
    expect(git("tag")).toBe("");
    expect(git("log", "--format=%s")).toBe("Begin");
    expect(git("status", "--porcelain")).toBe("");
  });

  test("derives the version from the changes of the specification, and writes it into every file with a version", async (context) => {
    const { expect } = context;
    const { describe, changelog, commit, folder, git, read } = released(context);
    describe(changedDocument());
    changelog("- **API changed:** Accounts instead of cards.");
    commit("Replace cards");
    const report = await release(folder, false, "patch");
    // Breaking changes come first. The version in the specification isn't a change.
    expect(report).toMatch(
      /^Specification\n {2}major +paths › \/cards.*\n {2}minor +paths › \/accounts.*\n {2}patch +info › title.*\ninfo\.version +0\.1\.0 → 0\.2\.0$/m,
    );
    expect(report).toContain("git push --follow-tags");
    expect(JSON.parse(read("package.json")).version).toBe("0.2.0");
    expect(read("spec/info.yaml")).toBe("version: 0.2.0\n");
    expect(JSON.parse(read("generated/openapi.json")).info.version).toBe("0.2.0");
    expect(read("CHANGELOG.md")).toMatch(
      /## \[Unreleased\]\n\n## \[0\.2\.0\] - \d{4}-\d\d-\d\d\n\n- \*\*API changed:\*\* Accounts instead of cards\./,
    );
    expect(git("log", "-1", "--format=%s")).toBe("Release 0.2.0");
    expect(git("cat-file", "-t", "v0.2.0")).toBe("tag");
    expect(git("rev-parse", "v0.2.0^{commit}")).toBe(git("rev-parse", "HEAD"));
    expect(git("status", "--porcelain")).toBe("");
  });

  test("changes nothing in the checkout if packing fails", async (context) => {
    const { expect } = context;
    const { folder, git, read, write, commit } = fresh(context);
    const content = JSON.parse(read("package.json"));
    write("package.json", { ...content, scripts: { ...content.scripts, prepack: "node missing.mjs" } });
    commit("Break the build");
    const head = git("rev-parse", "HEAD");
    await expect(release(folder, false, "patch")).rejects.toThrow(/^"npm pack .*failed:\n.*missing\.mjs/s);
    expect(git("rev-parse", "HEAD")).toBe(head);
    expect(git("tag")).toBe("");
    expect(git("status", "--porcelain")).toBe("");
  });

  test("increments only the package version if only the client changed, by at least --at-least", async (context) => {
    const { expect } = context;
    const { folder, changelog } = released(context);
    changelog("- **Client:** Shorter messages.");
    const { info, version } = await plan(folder);
    expect([info.to, version.to]).toEqual(["0.1.0", "0.1.1"]);
    expect((await plan(folder, "major")).version.to).toBe("0.2.0");
  });

  test.each<[string, Impact, Impact, { info: string; version: string }]>([
    ["the major version for a breaking change", "major", "patch", { info: "2.0.0", version: "2.0.0" }],
    ["the minor version for an addition", "minor", "patch", { info: "1.4.0", version: "1.4.0" }],
    ["the patch version for a changed text", "patch", "patch", { info: "1.3.1", version: "1.3.1" }],
    ["only the package version by --at-least", "patch", "major", { info: "1.3.1", version: "2.0.0" }],
  ])("increments from 1.0 on %s", (_, impact, atLeast, next) => {
    expect(nextVersions({ info: "1.3.0", version: "1.3.0" }, impact, atLeast)).toEqual(next);
  });

  test("keeps a package version that is already higher than necessary", async (context) => {
    const { folder, changelog, read, write } = released(context);
    write("package.json", { ...JSON.parse(read("package.json")), version: "1.0.0" });
    changelog("- **Client:** It is stable.");
    context.expect((await plan(folder)).version).toEqual({ from: "0.1.0", to: "1.0.0" });
  });

  test("rejects uncommitted changes, and lists them", async (context) => {
    const { folder, write } = fresh(context);
    write("notes.txt", "draft");
    await context
      .expect(release(folder, true, "patch"))
      .rejects.toThrow(/^There are uncommitted changes:\n\?\? notes\.txt\n/);
  });

  test("rejects a shallow clone, in which the last release may be missing", async (context) => {
    const { folder, git, write } = released(context);
    write(".git/shallow", `${git("rev-parse", "HEAD")}\n`);
    await context
      .expect(release(folder, true, "patch"))
      .rejects.toThrow(/history of this checkout is incomplete.*git fetch --unshallow --tags/);
  });

  test("rejects generated files that are out of date", async (context) => {
    const { folder, write, commit } = fresh(context);
    write("spec/openapi.yaml", changedDocument());
    commit("Forget to generate");
    await context
      .expect(release(folder, true, "patch"))
      .rejects.toThrow("generated/openapi.json is out of date");
  });

  test("rejects changelog lines without a kind or without a text, and prints them", async (context) => {
    const { folder, changelog } = fresh(context);
    changelog(
      "### Lists",
      "- **API changed:** A page has",
      "  20 items.",
      "- Phones may be null.",
      "- **Fixed:** Two.",
      "- **Client:**",
    );
    await context
      .expect(plan(folder))
      .rejects.toThrow(
        /no kind:\n {2}- Phones may be null\.\n {2}- \*\*Fixed:\*\* Two\.\n {2}- \*\*Client:\*\*\n.*Only the document was wrong/,
      );
  });

  test("rejects an empty or missing Unreleased section", async (context) => {
    const { folder, changelog, write } = fresh(context);
    changelog();
    await context.expect(plan(folder)).rejects.toThrow('no lines under "## [Unreleased]"');
    write("CHANGELOG.md", "# Changelog\n");
    await context.expect(plan(folder)).rejects.toThrow('no lines under "## [Unreleased]"');
  });

  test("rejects a malformed version", async (context) => {
    const { folder, describe } = fresh(context);
    describe(document("1.2"));
    await context.expect(plan(folder)).rejects.toThrow('"1.2" isn\'t a version');
  });

  test("rejects a changelog that doesn't mention a change of the specification, and lists the change", () => {
    const check = (kind: string, impact: Impact) =>
      checkAgreement(
        `- **${kind}:** A line.`,
        [{ impact, place: "paths › /cards", what: "Gone." }],
        "v0.1.0",
      );
    expect(() => check("Client", "major")).toThrow(
      /The specification changed since v0\.1\.0.*\n {2}major +paths › \/cards: Gone\./,
    );
    expect(() => check("Client", "minor")).toThrow("The specification changed");
    check("API changed", "major");
    check("Only the document was wrong", "major");
    check("Client", "patch");
  });

  test("rejects a changelog that mentions a change that isn't in the specification", async (context) => {
    const { folder, changelog } = released(context);
    changelog("- **API changed:** Cards are gone.");
    await context
      .expect(plan(folder))
      .rejects.toThrow(/^The changelog mentions .* is the same as in v0\.1\.0\./);
  });

  test("rejects a version whose tag is on another branch, and changes nothing", async (context) => {
    const { expect } = context;
    const { folder, changelog, commit, git } = released(context);
    git("switch", "--quiet", "--create", "other");
    changelog("- **Client:** Shorter messages.");
    commit("Shorten messages");
    git("tag", "v0.1.1");
    git("switch", "--quiet", "main");
    changelog("- **Client:** Longer messages.");
    commit("Lengthen messages");
    const head = git("rev-parse", "HEAD");
    await expect(release(folder, false, "patch")).rejects.toThrow(/^The tag v0\.1\.1 exists already/);
    expect(git("rev-parse", "HEAD")).toBe(head);
    expect(git("status", "--porcelain")).toBe("");
  });
});

test("npm run release prints its help, and rejects bad arguments with one message", async ({ expect }) => {
  const { code, stdout } = await runCommand(main, ["--help"]);
  expect(stdout).toContain("npm run release [-- OPTIONS]");
  expect(code).toBe(0);
  expect(await runCommand(main, ["--at-least", "huge"])).toEqual({
    code: 1,
    stdout: "",
    stderr: '--at-least must be patch, minor or major, not "huge".\n',
  });
});

test("the release workflow publishes a tag with provenance, and checks the tag's version", ({ expect }) => {
  const workflow = parse(readFileSync(join(root, ".github/workflows/release.yml"), "utf8"));
  const { publish } = workflow.jobs;
  const commands = publish.steps.map(({ run = "" }: { run?: string }) => run).join("\n");
  expect(workflow.on).toEqual({ push: { tags: ["v*"] } });
  expect(publish.permissions).toEqual({ contents: "read", "id-token": "write" });
  expect(commands).toMatch(/npm publish --provenance/);
  expect(commands).toContain("GITHUB_REF_NAME");
});
