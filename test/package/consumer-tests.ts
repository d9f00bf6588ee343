// Checks of what the consumers print, the same for all runtimes.
import type { TestContext } from "vitest";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type HostileServer, startHostileServer } from "./hostile-server.js";
import { expectedOutcomes, outcomeCases, type Platform } from "./outcome-cases.js";
import { expectedEmulation, expectedReport, expectedRequests } from "./scenario-expectations.js";
import { type Server, startServer } from "./server.js";

/** Runs a program of the folder `programs` in the consumer, and returns its report. */
export type RunProgram = (program: string, input: object) => Promise<unknown>;

/** Starts a consumer, or skips the test if this machine can't run it. */
export type Start = (context: TestContext) => Promise<RunProgram>;

/** Tests that a consumer can use the package. */
export function testScenario(consumer: string, start: Start): void {
  let server: Server;
  beforeAll(async () => {
    server = await startServer();
  });
  afterAll(() => server.close());

  test(`${consumer} runs an ordinary day of calls`, async (context) => {
    const run = await start(context);
    expect(await run("scenario", { baseUrl: server.baseUrl })).toEqual(expectedReport);
    // The server notices a moment later that the client has hung up.
    await expect.poll(() => server.requests).toEqual(expectedRequests);
    expect(server.wrongHeaders).toEqual([]);
  });
}

/** Tests that a consumer can use the emulator in its own process. */
export function testEmulator(consumer: string, start: Start): void {
  test(`${consumer} runs the emulator in process: a lost response, and money moves once`, async (context) => {
    const run = await start(context);
    expect(await run("emulated", {})).toEqual(expectedEmulation);
  });
}

/** Tests that a consumer's errors are true and don't leak. */
export function testErrors(consumer: string, platform: Platform, start: Start): void {
  test(`${consumer} reports true outcomes of hostile servers`, async (context) => {
    const run = await start(context);
    const servers: Record<string, HostileServer> = {};
    for (const [name, { steps }] of Object.entries(outcomeCases))
      servers[name] = await startHostileServer(steps);
    try {
      const cases = Object.entries(outcomeCases).map(([name, { steps, expected, differences, ...input }]) => [
        name,
        { ...input, baseUrl: servers[name]?.baseUrl },
      ]);
      const report = await run("outcomes", { cases: Object.fromEntries(cases) });
      // The server notices a moment later that the client has hung up.
      await expect
        .poll(() => describeOutcomes(report as OutcomeReport, servers))
        .toEqual(expectedOutcomes(platform));
      for (const [name, { isConnectionReused = false }] of Object.entries(outcomeCases))
        expect(servers[name]?.isConnectionReused, `reused connection of ${name}`).toBe(isConnectionReused);
    } finally {
      await Promise.all(Object.values(servers).map((server) => server.close()));
    }
  });

  test(`${consumer} shows nothing that a call sent in the cause of its error`, async (context) => {
    const run = await start(context);
    const closed = await startHostileServer(["refuse"]);
    const failing = await startHostileServer([500]);
    const report = await run("causes", { closedUrl: closed.baseUrl, failingUrl: failing.baseUrl });
    await failing.close();
    const clean = { hasCause: true, shows: [] };
    expect(report).toEqual({
      "query of a refused connection": clean,
      "query with an apostrophe": clean,
      "body of a refused connection": clean,
      "response on an error": clean,
      "reason of an abort": clean,
      "header of a proxy": clean,
      "sorted query": clean,
    });
  });
}

type OutcomeReport = Record<string, { end: string; attempts: number }>;

const describeOutcomes = (report: OutcomeReport, servers: Record<string, HostileServer>) =>
  Object.fromEntries(
    Object.entries(report).map(([name, { end, attempts }]) => {
      const { requests, effects, isClosedByClient } = servers[name] as HostileServer;
      const closed = isClosedByClient ? ", closed" : "";
      return [name, `${end}; attempts ${attempts}, requests ${requests}, effects ${effects}${closed}`];
    }),
  );
