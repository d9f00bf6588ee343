import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createProject, type Project, root } from "./project.js";

let project: Project;
beforeAll(async () => {
  project = await createProject();
});
afterAll(() => project?.remove());

/** What the compiler reports. */
function compile(config: string): string {
  const tsc = join(root, "node_modules/typescript/bin/tsc");
  try {
    return execFileSync(process.execPath, [tsc, "--noEmit", "--project", config], { encoding: "utf8" });
  } catch (error) {
    return (error as { stdout: string }).stdout;
  }
}

test("the samples compile in a strict project", () => {
  expect(compile(project.folder)).toBe("");
});

test("the tests compile, which `npm test` leaves out", () => {
  expect(compile(join(root, "test/jobs"))).toBe("");
});
