// A short soak. The long one is part of the benchmark: `npm run bench -- emulator-soak`.
import { expect, test } from "vitest";
import { callEmulator } from "../../scripts/bench/emulator-calls.js";
import { createEmulator } from "../../src/emulator/index.js";
import { OnePay } from "../../src/index.js";

test("500 calls with random faults have true outcomes and one effect per idempotency key", async () => {
  const settings = { calls: 500, seed: 7, rate: 0.3, concurrency: 250 };
  const { outcomes, requests, replays, problems } = await callEmulator({ OnePay, createEmulator }, settings);
  expect(problems).toEqual([]);
  expect(Object.values(outcomes).reduce((sum, count) => sum + count, 0)).toBe(500);
  // The faults did happen, and the client's retries met stored responses.
  expect(Object.keys(requests)).toHaveLength(10);
  expect(replays).toBeGreaterThan(10);
});
