/** The emulator's state in a file. */
import { readFile, rename, writeFile } from "node:fs/promises";
import type { EmulatorState } from "../emulator/index.js";
import { checkState } from "../emulator/state.js";

/**
 * Reads a state; `undefined` if the file doesn't exist yet.
 *
 * @throws Error with a message for the user.
 */
export async function loadState(file: string): Promise<EmulatorState | undefined> {
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw new Error(`it can't be read (${error.code}).`);
  });
  return text === undefined ? undefined : checkState(parse(text));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error("it isn't JSON.");
  }
}

/** Writes next to the file and renames, so that an interruption never leaves half a file. */
export async function saveState(file: string, state: EmulatorState): Promise<void> {
  const temporary = `${file}.${process.pid}.tmp`;
  await writeFile(temporary, `${JSON.stringify(state, null, 2)}\n`);
  await rename(temporary, file);
}
