// Runs samples one after the other, as a user's program would run them, but with the mock in OnePay's place.
// Jobs come as JSON on stdin, results go as JSON to stdout.
import { text } from "node:stream/consumers";
import { pathToFileURL } from "node:url";
import { format } from "node:util";

export interface Input {
  /** Address of the mock. */
  mock: string;
  jobs: { file: string; prefer: string | undefined }[];
}

export interface Result {
  /** What the sample printed. */
  lines: string[];
  /** What it threw, where it did. */
  error?: string;
}

const places = ["https://api.onepay.la/v1", "http://127.0.0.1:4010"];
const realFetch = globalThis.fetch;
const realTimeout = globalThis.setTimeout;

async function run(file: string): Promise<Result> {
  const lines: string[] = [];
  console.log = (...values) => lines.push(format(...values));
  try {
    await import(file);
    return { lines };
  } catch (error) {
    return { lines, error: String(error instanceof Error ? error.stack : error) };
  }
}

const { mock, jobs } = JSON.parse(await text(process.stdin)) as Input;
const results: Result[] = [];
for (const [index, { file, prefer }] of jobs.entries()) {
  globalThis.fetch = (input, init = {}) => {
    const place = places.find((start) => String(input).startsWith(start));
    if (!place) throw new Error(`A sample asked for ${input}, which is neither OnePay nor the mock.`);
    const headers = new Headers(init.headers);
    if (prefer) headers.set("prefer", prefer);
    return realFetch(String(input).replace(place, mock), { ...init, headers });
  };
  // Where the answer is a failure the client waits before it asks again; here it waits a hundredth of that.
  globalThis.setTimeout = ((handler: (...rest: unknown[]) => void, delay = 0, ...rest: unknown[]) =>
    realTimeout(handler, prefer ? delay / 100 : delay, ...rest)) as typeof setTimeout;
  // One sample runs several times: an address of its own makes it a module of its own.
  results.push(await run(`${pathToFileURL(file)}?${index}`));
}
process.stdout.write(JSON.stringify(results));
