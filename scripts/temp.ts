// Temporary folders.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface TempFolder {
  path: string;
  remove(): Promise<void>;
}

export async function createTempFolder(name: string): Promise<TempFolder> {
  const path = await mkdtemp(join(tmpdir(), `onepay-${name}-`));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

/** Calls `use` with a new folder, and removes the folder afterwards. */
export async function withTempFolder<T>(name: string, use: (path: string) => Promise<T>): Promise<T> {
  const folder = await createTempFolder(name);
  try {
    return await use(folder.path);
  } finally {
    await folder.remove();
  }
}
