import { cp, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { root } from "../../scripts/cli.js";
import { startNode } from "../../scripts/process.js";
import { withTempFolder } from "../../scripts/temp.js";

const program = "scripts/check-install.mjs";

test("npm start and npm test check that the development dependencies are installed", async () => {
  const { default: manifest } = await import("../../package.json", { with: { type: "json" } });
  for (const name of ["start", "test"] as const)
    expect(manifest.scripts[name]).toMatch(/^node scripts\/check-install\.mjs && /);
});

test("the check passes in this checkout", async () => {
  expect(await startNode([program]).result).toEqual({ code: 0, stdout: "", stderr: "" });
});

test("without development dependencies, the check prints the command to run and exits 1", async () => {
  const result = await withTempFolder("install", async (folder) => {
    await mkdir(join(folder, "scripts"));
    await cp(join(root, program), join(folder, program));
    await cp(join(root, "package.json"), join(folder, "package.json"));
    return startNode([program], { cwd: folder, env: { NODE_ENV: "production" } }).result;
  });
  expect([result.code, result.stdout]).toEqual([1, ""]);
  expect(result.stderr).toMatch(
    /^\d+ development dependencies aren't installed, such as \S+\. NODE_ENV=production makes `npm ci` leave them out\.\nRun `npm ci --include=dev`\.\n$/,
  );
});
