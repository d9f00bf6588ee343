// Runs samples one after the other like a user's program, but sends their requests to the mock server or an emulator.
// Reads jobs as JSON from stdin, and prints results as JSON to stdout.
import { resolve } from "node:path";
import { text } from "node:stream/consumers";
import { pathToFileURL } from "node:url";
import { format } from "node:util";
import type { FetchInit } from "onepay-client";
import { createEmulator, type EmulatorState } from "onepay-client/emulator";

export interface Job {
  name: string;
  /** The sample, from the folder of the project. */
  file: string;
  /** The response to request from the mock server, if it isn't the first success. */
  prefer?: string;
  /** The state of an emulator that receives the requests instead of the mock server. */
  state?: EmulatorState;
}

export interface Result {
  /** The output of the sample. */
  lines: string[];
  /** The error that it threw. */
  error?: string;
}

const baseUrls = ["https://api.onepay.la/v1", "http://127.0.0.1:4010"];
const realFetch = globalThis.fetch;
const realTimeout = globalThis.setTimeout;

const { mock, jobs } = JSON.parse(await text(process.stdin)) as { mock: string; jobs: Job[] };
const results: Result[] = [];
for (const [index, { file, prefer, state }] of jobs.entries()) {
  const emulator = state && createEmulator({ state });
  globalThis.fetch = (input, init = {}) => {
    if (emulator) return emulator.fetch(String(input), init as FetchInit);
    const baseUrl = baseUrls.find((start) => String(input).startsWith(start));
    if (!baseUrl)
      throw new Error(`A sample requested ${input}, which is neither OnePay nor the mock server.`);
    const headers = new Headers(init.headers);
    if (prefer) headers.set("prefer", prefer);
    return realFetch(String(input).replace(baseUrl, mock), { ...init, headers });
  };
  // The client waits between its attempts. Here, it waits a hundredth of that.
  globalThis.setTimeout = ((handler: (...rest: unknown[]) => void, delay = 0, ...rest: unknown[]) =>
    realTimeout(handler, prefer ? delay / 100 : delay, ...rest)) as typeof setTimeout;
  const result: Result = { lines: [] };
  console.log = (...values) => result.lines.push(format(...values));
  try {
    // A sample may run several times. With another address, Node loads its module again.
    await import(`${pathToFileURL(resolve(file))}?${index}`);
  } catch (error) {
    result.error = String(error instanceof Error ? error.stack : error);
  }
  results.push(result);
}
process.stdout.write(JSON.stringify(results));
