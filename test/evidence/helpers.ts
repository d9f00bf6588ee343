// Made-up recordings, and a copy of spec/ that a test may edit.
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { root } from "../../scripts/cli.js";
import { programFile, startNode } from "../../scripts/process.js";

export const server = "https://api.onepay.la/v1";
export const id = "9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d";

export const customer = {
  id,
  first_name: "Ana",
  last_name: "Ejemplo",
  email: "ana.ejemplo@example.com",
  phone: "+573000000101",
  document_type: "CC",
  document_number: "000000101",
  nationality: "CO",
  birthdate: "1990-01-01",
  created_at: "2024-12-04T20:09:08.000000Z",
};

export const createRequest = {
  user_type: "natural",
  first_name: "Ana",
  last_name: "Ejemplo",
  email: "ana.ejemplo@example.com",
  phone: "+573000000101",
  document_type: "CC",
  document_number: "000000101",
};

interface EntryOptions {
  body?: unknown;
  headers?: Record<string, string>;
  base?: string;
  type?: string;
}

/** A HAR entry. A response that is a string is its text, everything else is JSON. */
export function entry(
  method: string,
  path: string,
  status: number,
  response: unknown,
  options: EntryOptions = {},
) {
  const { body, headers = {}, base = server, type = "application/json" } = options;
  const text = typeof response === "string" ? response : JSON.stringify(response);
  return {
    startedDateTime: "2026-11-01T12:00:00.000Z",
    time: 1,
    request: {
      method,
      url: `${base}${path}`,
      headers: Object.entries(headers).map(([name, value]) => ({ name, value })),
      ...(body === undefined
        ? {}
        : { postData: { mimeType: "application/json", text: JSON.stringify(body) } }),
    },
    response: {
      status,
      headers: [{ name: "Content-Type", value: type }],
      content: { size: text.length, mimeType: type, text },
    },
  };
}

export const harOf = (...entries: unknown[]): string =>
  JSON.stringify({ log: { version: "1.2", creator: { name: "test", version: "1" }, entries } }, null, 2);

const folders: string[] = [];
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

export async function tempFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "onepay-evidence-"));
  folders.push(folder);
  return folder;
}

export async function tempFile(name: string, text: string): Promise<string> {
  const file = join(await tempFolder(), name);
  await writeFile(file, text);
  return file;
}

/** A copy of the checkout, with everything that `npm run evidence` reads. */
export async function copyOfCheckout(): Promise<string> {
  const folder = await tempFolder();
  for (const name of ["spec", "scripts", "generated", "src", "package.json", "redocly.yaml", "tsconfig.json"])
    await cp(join(root, name), join(folder, name), { recursive: true });
  await symlink(join(root, "node_modules"), join(folder, "node_modules"));
  return folder;
}

const tsx = programFile("tsx/cli");

/** Runs one of our commands as a process, without a key in its environment. */
export const runScript = (name: string, args: string[], { cwd = root, env = {} } = {}) =>
  startNode([tsx, join(cwd, "scripts", name), ...args], { cwd, env: { ONEPAY_API_KEY: "", ...env } });

export const readText = (...path: string[]): Promise<string> => readFile(join(...path), "utf8");
