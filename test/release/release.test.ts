import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, type TestContext, test } from "vitest";
import { parse } from "yaml";
import { root } from "../../scripts/cli.js";
import { plan } from "../../scripts/release/plan.js";
import { checkout, document } from "./checkout.js";

type Context = Pick<TestContext, "onTestFinished">;

/** A checkout without a release. */
function fresh({ onTestFinished }: Context) {
  const made = checkout();
  onTestFinished(made.remove);
  return made;
}

/** A checkout with a released version. */
function released(context: Context, version = "0.1.0") {
  const made = fresh(context);
  made.write("package.json", { ...JSON.parse(made.read("package.json")), version });
  made.describe(document(version));
  made.changelog();
  made.commit(`Release ${version}`);
  made.git("tag", "--annotate", `v${version}`, "--message", "out");
  return made;
}

const withoutCards = (version?: string) => {
  const { "/cards": _, ...paths } = document(version).paths;
  return { ...document(version), paths };
};

const withAccounts = (version?: string) => ({
  ...document(version),
  paths: { ...document(version).paths, "/accounts": document().paths["/cards"] },
});

// Each test has its own checkout, so they can run at the same time.
describe.concurrent("npm run release", () => {
  test("uses the current versions for the first release, and a dry run changes nothing", async (context) => {
    const { expect } = context;
    const { release, folder, git } = fresh(context);
    const { code, stdout, stderr } = await release("--dry-run");
    expect(stderr).toBe("");
    expect(stdout).toContain("none: this is the first");
    expect(stdout).toMatch(/^Version +0\.1\.0$/m);
    expect(stdout).toContain("  - **Client:** The first one.");
    expect(stdout).toMatch(/^Tag +v0\.1\.0 on [0-9a-f]{7}/m);
    expect(stdout).toMatch(/^Tarball +dist\/releasable-0\.1\.0\.tgz, /m);
    expect(code).toBe(0);
    expect(existsSync(join(folder, "dist/releasable-0.1.0.tgz"))).toBe(true);
    // A dry run leaves no commit, no tag and no change behind.
    expect(git("tag")).toBe("");
    expect(git("log", "--format=%s")).toBe("Begin");
    expect(git("status", "--porcelain")).toBe("");
  });

  test("increments the minor version before 1.0 for a breaking change, in every file with a version", async (context) => {
    const { expect } = context;
    const { describe, changelog, commit, release, git, read } = released(context);
    describe(withoutCards());
    changelog("- **API changed:** Cards are gone.");
    commit("Drop cards");
    const { code, stdout, stderr } = await release();
    expect(stderr).toBe("");
    expect(stdout).toMatch(/major +paths › \/cards/);
    expect(stdout).toMatch(/^info.version +0\.1\.0 → 0\.2\.0$/m);
    expect(stdout).toContain("git push --follow-tags");
    expect(code).toBe(0);
    expect(JSON.parse(read("package.json")).version).toBe("0.2.0");
    expect(JSON.parse(read("spec/openapi.yaml")).info.version).toBe("0.2.0");
    expect(JSON.parse(read("generated/openapi.json")).info.version).toBe("0.2.0");
    expect(read("CHANGELOG.md")).toMatch(
      /## Unreleased\n\n## 0\.2\.0 \(\d{4}-\d\d-\d\d\)\n\n- \*\*API changed:\*\* Cards are gone\./,
    );
    expect(git("log", "-1", "--format=%s")).toBe("Release 0.2.0");
    expect(git("rev-parse", "v0.2.0^{commit}")).toBe(git("rev-parse", "HEAD"));
    expect(git("status", "--porcelain")).toBe("");
  });

  test("increments the major version from 1.0 on for a breaking change", async (context) => {
    const { folder, describe, changelog } = released(context, "1.3.0");
    describe(withoutCards("1.3.0"));
    changelog("- **Only the document was wrong:** There never were cards.");
    const { infoVersion, version } = await plan(folder);
    context.expect([infoVersion.to, version.to]).toEqual(["2.0.0", "2.0.0"]);
  });

  test("increments the minor version for an addition", async (context) => {
    const { folder, describe, changelog } = released(context, "1.3.0");
    describe(withAccounts("1.3.0"));
    changelog("- **API changed:** There are accounts.");
    const { infoVersion, version } = await plan(folder);
    context.expect([infoVersion.to, version.to]).toEqual(["1.4.0", "1.4.0"]);
  });

  test("increments the patch version for a changed text, without a changelog line about the document", async (context) => {
    const { folder, describe, changelog } = released(context, "1.3.0");
    describe({ ...document("1.3.0"), info: { ...document("1.3.0").info, title: "All customers" } });
    changelog("- **Client:** Shorter messages.");
    const { infoVersion, version } = await plan(folder);
    context.expect([infoVersion.to, version.to]).toEqual(["1.3.1", "1.3.1"]);
  });

  test("increments only the package version if only the client changed, by at least --at-least", async (context) => {
    const { expect } = context;
    const { folder, changelog } = released(context, "1.3.0");
    changelog("- **Client:** Shorter messages.");
    const { infoVersion, version } = await plan(folder);
    expect([infoVersion.to, version.to]).toEqual(["1.3.0", "1.3.1"]);
    expect((await plan(folder, "major")).version.to).toBe("2.0.0");
  });

  test("keeps a package version that is already higher than necessary", async (context) => {
    const { folder, changelog, read, write } = released(context);
    write("package.json", { ...JSON.parse(read("package.json")), version: "1.0.0" });
    changelog("- **Client:** It is stable.");
    context.expect((await plan(folder)).version).toEqual({ from: "0.1.0", to: "1.0.0" });
  });

  test("rejects uncommitted changes, and lists them", async (context) => {
    const { expect } = context;
    const { release, write } = fresh(context);
    write("notes.txt", "draft");
    const { code, stderr, stdout } = await release("--dry-run");
    expect(stderr).toMatch(/^There are uncommitted changes:\n\?\? notes\.txt\n/);
    expect(stdout).toBe("");
    expect(code).toBe(1);
  });

  test("rejects a shallow clone, in which the last release may be missing", async (context) => {
    const { expect } = context;
    const { release, folder, git, write } = released(context);
    write(".git/shallow", `${git("rev-parse", "HEAD")}\n`);
    const { code, stderr } = await release("--dry-run");
    expect(stderr).toMatch(/history of this checkout is incomplete.*git fetch --unshallow --tags/);
    expect(code).toBe(1);
    expect(existsSync(join(folder, "dist"))).toBe(false);
  });

  test("rejects generated files that are out of date", async (context) => {
    const { expect } = context;
    const { release, write, commit } = fresh(context);
    write("spec/openapi.yaml", withoutCards());
    commit("Forget to generate");
    const { code, stderr } = await release("--dry-run");
    expect(stderr).toContain("generated/openapi.json is out of date");
    expect(code).toBe(1);
  });

  test("rejects a changelog that doesn't mention a change of the specification, and lists the change", async (context) => {
    const { folder, describe, changelog } = released(context);
    describe(withoutCards());
    changelog("- **Client:** Shorter messages.");
    await context
      .expect(plan(folder))
      .rejects.toThrow(/The specification changed since v0\.1\.0.*\n {2}major +paths › \/cards/);
  });

  test("rejects a changelog that mentions a change that isn't in the specification", async (context) => {
    const { folder, changelog } = released(context);
    changelog("- **API changed:** Cards are gone.");
    await context
      .expect(plan(folder))
      .rejects.toThrow(/^The changelog mentions .* generated\/openapi\.json is the same as in v0\.1\.0\./);
  });

  test("rejects a version whose tag is on another branch", async (context) => {
    const { folder, changelog, commit, git } = released(context);
    git("switch", "--quiet", "--create", "other");
    changelog("- **Client:** Shorter messages.");
    commit("Shorten messages");
    git("tag", "v0.1.1");
    git("switch", "--quiet", "main");
    changelog("- **Client:** Longer messages.");
    await context.expect(plan(folder)).rejects.toThrow("The tag v0.1.1 already exists");
  });

  test("prints its help, and rejects an unknown impact", async (context) => {
    const { expect } = context;
    const { release } = fresh(context);
    const { code, stdout } = await release("--help");
    expect(stdout).toContain("npm run release [-- OPTIONS]");
    expect(code).toBe(0);
    const wrong = await release("--at-least", "huge");
    expect(wrong.stderr).toBe('--at-least must be patch, minor or major, not "huge".\n');
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
