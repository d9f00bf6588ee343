// A small package in a temporary git checkout, for releases.
import { execFileSync } from "node:child_process";
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { root } from "../../scripts/cli.js";

// The bundle is the specification with its info object, so that `generate` needs no bundler.
const generate = `
import { readFileSync, writeFileSync } from "node:fs";
const [, version] = readFileSync("spec/info.yaml", "utf8").split(/[ \\n]/);
const { info, ...rest } = JSON.parse(readFileSync("spec/openapi.yaml", "utf8"));
const made = JSON.stringify({ ...rest, info: { ...info, version } });
if (!process.argv.includes("--check")) writeFileSync("generated/openapi.json", made);
else if (readFileSync("generated/openapi.json", "utf8") !== made) {
  console.error("generated/openapi.json is out of date");
  process.exit(1);
}
`;

interface Document {
  openapi: string;
  info: { title: string; version: string };
  paths: Record<string, Record<string, { summary?: string; responses: object }>>;
}

export const document = (version = "0.1.0"): Document => ({
  openapi: "3.1.1",
  info: { title: "Customers", version },
  paths: {
    "/customers": { get: { responses: { 200: { description: "A page." } } } },
    "/cards": { get: { responses: { 200: { description: "A page." } } } },
  },
});

/** A checkout with one commit, before its first release. A copy of `original` is faster than a new one. */
export function checkout(original?: string) {
  const folder = mkdtempSync(join(tmpdir(), "onepay-client-release-test-"));
  const git = (...args: string[]) =>
    execFileSync("git", args, { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] }).trim();
  const write = (path: string, content: string | object) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(
      join(folder, path),
      typeof content === "string" ? content : JSON.stringify(content, null, 2),
    );
  };
  const read = (path: string) => readFileSync(join(folder, path), "utf8");
  const commit = (message: string) => {
    git("add", "--all");
    git("commit", "--quiet", "--message", message);
  };
  const changelog = (...lines: string[]) =>
    write("CHANGELOG.md", `# Changelog\n\n## [Unreleased]\n\n${lines.join("\n")}\n`);
  const describe = ({ info, ...rest }: Document) => {
    write("spec/info.yaml", `version: ${info.version}\n`);
    write("spec/openapi.yaml", { ...rest, info });
    write("generated/openapi.json", JSON.stringify({ ...rest, info }));
  };
  const begin = () => {
    // Without the template's sample hooks.
    git("init", "--quiet", "--initial-branch", "main", "--template", "");
    appendFileSync(join(folder, ".git/config"), "[user]\n\tname = Test\n\temail = test@example.com\n");
    write(".gitignore", "dist/\nnode_modules\n");
    write("package.json", {
      name: "releasable",
      version: "0.1.0",
      type: "module",
      scripts: { generate: "node generate.mjs" },
    });
    write("generate.mjs", generate);
    cpSync(join(root, ".release-it.json"), join(folder, ".release-it.json"));
    describe(document());
    changelog("- **Client:** The first one.");
    commit("Begin");
  };
  if (original) cpSync(original, folder, { recursive: true });
  else begin();
  return {
    folder,
    git,
    write,
    read,
    commit,
    changelog,
    describe,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
