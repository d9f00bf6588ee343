// Made-up recordings.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll } from "vitest";
import { createTempFolder, type TempFolder } from "../../scripts/temp.js";

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

const { first_name, last_name, email, phone, document_type, document_number } = customer;
export const createRequest = {
  user_type: "natural",
  ...{ first_name, last_name, email, phone, document_type, document_number },
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

const folders: TempFolder[] = [];
afterAll(() => Promise.all(folders.map((folder) => folder.remove())));

export async function tempFolder(): Promise<string> {
  const folder = await createTempFolder("evidence");
  folders.push(folder);
  return folder.path;
}

export async function tempFile(name: string, text: string): Promise<string> {
  const file = join(await tempFolder(), name);
  await writeFile(file, text);
  return file;
}
