// Runs the contract against mutants of the client: copies of src/ with one change each.
import { fork } from "node:child_process";
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { root } from "../cli.js";
import { type ClientMutant, clientMutants } from "./client-mutants.js";
import type { MutantGroup } from "./groups.js";

const program = fileURLToPath(new URL("client-worker.ts", import.meta.url));
// Inside node_modules, so that the copies find the packages that src/ imports.
const copies = join(root, "node_modules/.cache/onepay-client-mutants");

export async function runClientMutants(mutants = clientMutants): Promise<MutantGroup> {
  const undetected: string[] = [];
  const queue = [...mutants.entries()];
  const work = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const [index, mutant] = next;
      const folder = join(copies, String(index));
      const problem = await createMutant(folder, mutant);
      if (problem) undetected.push(`${mutant.name}: ${problem}`);
      else if ((await firstDifference(folder)) === "") undetected.push(mutant.name);
    }
  };
  await rm(copies, { recursive: true, force: true });
  try {
    // If the unchanged client fails, a detected mutant proves nothing.
    const unchanged = await firstDifference(root);
    if (unchanged !== "") undetected.push(`the unchanged client fails: ${unchanged}`);
    await Promise.all(Array.from({ length: Math.min(availableParallelism(), 4) }, work));
  } finally {
    await rm(copies, { recursive: true, force: true });
  }
  return { name: "Client", mutants: mutants.length, undetected };
}

/** Copies the client and applies a mutant. Returns what is wrong if that isn't possible. */
async function createMutant(
  folder: string,
  { file, search, replacement }: ClientMutant,
): Promise<string | undefined> {
  const text = await readFile(join(root, "src", file), "utf8").catch(() => "");
  const count = text.split(search).length - 1;
  if (count !== 1)
    return `src/${file} contains "${search}" ${count} times instead of once. Update scripts/mutation/client-mutants.ts.`;
  await mkdir(folder, { recursive: true });
  for (const part of ["src", "generated"])
    await cp(join(root, part), join(folder, part), { recursive: true });
  await writeFile(
    join(folder, "src", file),
    text.replace(search, () => replacement),
    "utf8",
  );
  return undefined;
}

/** The first difference that the cases find in the client in a folder. Empty if there is none. */
function firstDifference(folder: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = fork(program, [folder], {
      execArgv: ["--import", "tsx"],
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    let difference: string | undefined;
    child.on("message", (message: string) => {
      difference = message;
    });
    child.on("error", reject);
    child.on("exit", (code) =>
      difference === undefined
        ? reject(new Error(`The client in ${folder} doesn't run (exit code ${code}).`))
        : resolve(difference),
    );
  });
}
