import { execFileSync } from "node:child_process";
import { cp, mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../../scripts/cli.js";

/** A checkout of its own, as it is in the work tree, so that a test may save files in it. */
export async function checkout(): Promise<{ folder: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), "onepay-checkout-"));
  const parts = [
    "spec",
    "generated",
    "scripts",
    "src",
    "package.json",
    "redocly.yaml",
    "tsconfig.json",
    "tsdown.config.ts",
  ];
  for (const part of parts) {
    await cp(join(root, part), join(folder, part), {
      recursive: true,
      filter: (source) => !source.includes("node_modules"),
    });
  }
  await symlink(join(root, "node_modules"), join(folder, "node_modules"));
  const git = (...args: string[]) => execFileSync("git", args, { cwd: folder, stdio: "ignore" });
  git("init");
  git("add", ...parts);
  git("-c", "user.name=Test", "-c", "user.email=test@example.com", "commit", "-m", "As it is");
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}
