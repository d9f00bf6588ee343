/** The emulator's state in a file. */
import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { checkState, type EmulatorState } from "../emulator/index.js";

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
async function writeState(file: string, state: EmulatorState): Promise<void> {
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    await writeFile(temporary, `${JSON.stringify(state, null, 2)}\n`);
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

export interface StateFile {
  /** Saves a state now. Rejects if the file can't be written. */
  save(state: EmulatorState): Promise<void>;
  /** Saves the state that `read` returns, soon: several changes in a short time are written once. */
  saveSoon(read: () => EmulatorState): void;
}

/** How long changes are collected, in milliseconds: what a killed process may lose. */
const pause = 50;

/** `onError` gets the failures of `saveSoon()`. */
export function openStateFile(file: string, onError: (error: unknown) => void): StateFile {
  let timer: NodeJS.Timeout | undefined;
  let lastSave: Promise<void> = Promise.resolve();
  // One after the other: two writers of the temporary file would mix their texts.
  const save = (state: EmulatorState) => {
    clearTimeout(timer);
    timer = undefined;
    lastSave = lastSave.catch(() => {}).then(() => writeState(file, state));
    return lastSave;
  };
  return {
    save,
    saveSoon(read) {
      timer ??= setTimeout(() => save(read()).catch(onError), pause);
    },
  };
}
