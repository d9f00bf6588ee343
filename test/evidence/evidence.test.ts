import { cp, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { root, UserError } from "../../scripts/cli.js";
import { compare } from "../../scripts/evidence/compare.js";
import { readRecording } from "../../scripts/evidence/recording.js";
import { openSpec } from "../../scripts/evidence/spec.js";
import { main, writeConfirmed } from "../../scripts/evidence.js";
import { runCommand } from "../command.js";
import { createRequest, customer, entry, harOf, id, server, tempFile, tempFolder } from "./helpers.js";

const balance = entry("GET", `/customers/${id}/balance`, 200, { id });
const live = ["sk", "live", "0123456789abcdef"].join("_");
const liveHar = harOf(entry("GET", "/customers", 200, {}, { headers: { Authorization: `Bearer ${live}` } }));
const event = '{"type":"drift","operation":"getCustomer","status":200,"problems":[]}\n';

describe("a file that can't be used", () => {
  test.each([
    ["isn't JSON", "<html>\n</html>", /bad\.har:1:1: the file isn't JSON\./],
    ["is JSON with a mistake", '{\n  "log": x\n}', /bad\.har:2:10: the file isn't JSON\./],
    ["isn't a HAR", '{"openapi":"3.1.1"}', /bad\.har:1:1: the file isn't a HAR/],
    ["is truncated", harOf(balance).slice(0, -40), /bad\.har:\d+:\d+: the file is truncated/],
    ["is empty", "", /bad\.har:1:1: the file is truncated/],
    ["has no entries", harOf(), /bad\.har:\d+:\d+: the recording has no entries/],
    [
      "has an entry without a response",
      harOf(balance, { request: balance.request }),
      /log\.entries\[1\]\.response\.status isn't a number/,
    ],
    [
      "is from another host",
      harOf(entry("GET", "/customers", 200, {}, { base: "https://api.example.com/v1" })),
      /bad\.har:\d+:\d+: no request is for https:\/\/api\.onepay\.la\/v1; this one is for api\.example\.com/,
    ],
    ["contains a live key", liveHar, /bad\.har:\d+:\d+: the recording contains a live key/],
    [
      "has a line that isn't a drift event",
      `${event}{"type":"other"}\n`,
      /bad\.har:2:1: the line isn't a drift event/,
    ],
    ["has a truncated drift event", `${event}{"type":"dri`, /bad\.har:2:\d+: the file is truncated/],
  ])("is refused with its position if it %s", async (_, text, message) => {
    const file = await tempFile("bad.har", text);
    const error: unknown = await readRecording(file, [server]).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(UserError);
    expect((error as Error).message).toMatch(message);
    expect((error as Error).message).not.toContain(live);
  });
});

const noAssumption = harOf(entry("GET", "/customers", 401, {}));
test.each([
  [
    "a file that doesn't exist",
    undefined,
    [],
    "nowhere.har: the file can't be read. Pass a HAR file or JSON lines.",
  ],
  ["a live key", liveHar, ["--write"], "the recording contains a live key"],
  [
    "--write for a stand-in",
    noAssumption,
    ["--write", "--server", "http://127.0.0.1:1"],
    "--write needs recordings of the real API",
  ],
  // They don't name their server.
  ["--write for drift events", event, ["--write"], "--write needs HAR files"],
  ["--server without a URL", noAssumption, ["--server", "api"], '--server is "api". Pass a URL'],
])("ends with one message and exit code 1 for %s", async (_, text, args, message) => {
  const file = text === undefined ? "nowhere.har" : await tempFile("bad.har", text);
  const { code, stderr } = await evidence(["--from", file, ...args]);
  expect(code).toBe(1);
  expect(stderr.trim().split("\n")).toEqual([expect.stringContaining(message)]);
  expect(stderr).not.toContain(live);
});

test("--write writes nothing if the recording confirms no assumption", async () => {
  const { code, stderr } = await evidence(["--from", await tempFile("traffic.har", noAssumption), "--write"]);
  expect({ code, stderr }).toEqual({
    code: 0,
    stderr: "The recordings confirm no assumption. Nothing was written.\n",
  });
});

test("--write changes the evidence of confirmed assumptions and nothing else", async () => {
  const key = { "x-idempotency": "customer-001" };
  const traffic = harOf(
    entry("POST", "/customers", 201, customer, { body: createRequest }),
    entry("POST", "/customers", 422, {}, { headers: key, body: { ...createRequest, origin: "y" } }),
    entry("GET", `/customers/${id}`, 200, customer),
    entry("GET", `/customers/${id}/transactions?page=1`, 500, {}),
    entry("GET", `/customers/${id}/cards`, 200, []),
    entry("GET", "/customers?page=0", 422, {}),
    entry("DELETE", `/customers/${id}`, 204, '{"deleted":true}'),
  );
  const folder = await tempFolder();
  await cp(join(root, "spec"), folder, { recursive: true });
  const spec = openSpec(join(folder, "openapi.yaml"));
  const recordings = [await readRecording(await tempFile("a.har", traffic), spec.servers)];
  const { statements } = compare(spec, recordings, spec.servers);
  const { stderr } = await runCommand(() => writeConfirmed(spec, recordings, statements).then(() => 0), []);
  expect(stderr).toContain("recording-2026-11-01");

  const observed = "{ basis: observed, source: recording-2026-11-01 }";
  const changes: [file: string, line: string][] = [
    ["paths/customers.yaml", `      x-evidence: ${observed}`],
    ["components/schemas/NaturalPerson.yaml", `    additionalProperties: ${observed}`],
    [
      "components/parameters/PageNumber.yaml",
      `  x-evidence: { basis: assumed, source: first-page, constraints: { minimum: ${observed} } }`,
    ],
    // Only this operation returned a 500: the shared response stays assumed.
    ["paths/customers@{customer_id}@transactions.yaml", `      x-evidence: ${observed}`],
    // The contradicted 204 stays assumed, in the same file as the confirmed 200.
    ["paths/customers@{customer_id}.yaml", `      x-evidence: ${observed}`],
  ];
  for (const [file, line] of changes) expect([file, ...(await newLines(folder, file))]).toEqual([file, line]);
  const sources = await readFile(join(folder, "sources.yaml"), "utf8");
  expect(sources).toMatch(/\nrecording-2026-11-01:\n {2}basis: observed\n/);
  // Nothing cites it any more, and lint rejects a source that nothing cites.
  expect(sources).not.toContain("same-customer:");
});

test("without --from, the table has three bases", async () => {
  const { stdout } = await evidence([]);
  expect(stdout).toMatch(/^operation +documented +observed +assumed\n/);
});

const evidence = (args: string[]) => runCommand(main, args);

/** The lines that only the copy of a file in spec/ has. */
async function newLines(folder: string, file: string): Promise<string[]> {
  const before = new Set((await readFile(join(root, "spec", file), "utf8")).split("\n"));
  const after = (await readFile(join(folder, file), "utf8")).split("\n");
  return after.filter((line) => !before.has(line));
}
