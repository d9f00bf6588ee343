import { execFileSync } from "node:child_process";
import { cp, mkdir, symlink } from "node:fs/promises";
import { join } from "node:path";
import { root } from "../../scripts/cli.js";
import { createTempFolder } from "../../scripts/temp.js";

/**
 * A copy of the checkout, in which a test can save files. It's below a folder with a dot, like checkouts in
 * `~/.worktrees`, so that the tests prove that saves are noticed there.
 */
export async function checkout(): Promise<{ folder: string; remove(): Promise<void> }> {
  const temp = await createTempFolder("checkout");
  const folder = join(temp.path, ".worktrees", "copy");
  await mkdir(folder, { recursive: true });
  const parts = [
    ...["spec", "generated", "scripts", "src", "package.json", "redocly.yaml"],
    ...["tsconfig.json", "tsdown.config.ts"],
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
  git("-c", "user.name=Test", "-c", "user.email=test@example.com", "commit", "-m", "Initial commit");
  return { folder, remove: temp.remove };
}
