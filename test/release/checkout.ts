// A small package in a temporary git checkout, for releases.
import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { root } from "../../scripts/cli.js";

// The bundle is the specification, so that `generate` only copies it.
const generate = `
import { readFileSync, writeFileSync } from "node:fs";
const made = readFileSync("spec/openapi.yaml", "utf8");
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

export interface Finished {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** A checkout with one commit, before its first release. */
export function checkout() {
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
    write("CHANGELOG.md", `# Changelog\n\n## Unreleased\n\n${lines.join("\n")}\n`);
  const describe = (content: object) => {
    write("spec/openapi.yaml", content);
    write("generated/openapi.json", content);
  };
  const release = (...args: string[]): Promise<Finished> =>
    new Promise((resolve) => {
      const program = ["--import", import.meta.resolve("tsx"), join(root, "scripts/release.ts"), ...args];
      const child = spawn(process.execPath, program, { cwd: folder });
      const finished: Finished = { code: null, stdout: "", stderr: "" };
      child.stdout.setEncoding("utf8").on("data", (text) => {
        finished.stdout += text;
      });
      child.stderr.setEncoding("utf8").on("data", (text) => {
        finished.stderr += text;
      });
      child.on("close", (code) => resolve({ ...finished, code }));
    });

  git("init", "--quiet", "--initial-branch", "main");
  git("config", "user.name", "Test");
  git("config", "user.email", "test@example.com");
  write(".gitignore", "dist/\nnode_modules\n");
  write("package.json", {
    name: "releasable",
    version: "0.1.0",
    type: "module",
    scripts: { generate: "node generate.mjs" },
  });
  write("generate.mjs", generate);
  describe(document());
  changelog("- **Client:** The first one.");
  commit("Begin");
  return {
    folder,
    git,
    write,
    read,
    commit,
    changelog,
    describe,
    release,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
