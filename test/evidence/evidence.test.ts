import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { UserError } from "../../scripts/cli.js";
import { readRecording } from "../../scripts/evidence/recording.js";
import { main } from "../../scripts/evidence.js";
import { findings } from "../../scripts/redocly.js";
import { runCommand } from "../command.js";
import {
  copyOfCheckout,
  createRequest,
  customer,
  entry,
  harOf,
  id,
  readText,
  runScript,
  server,
  tempFile,
} from "./helpers.js";

const evidence = (args: string[]) => runCommand(main, args);

describe("a file that can't be used", () => {
  const balance = entry("GET", `/customers/${id}/balance`, 200, { id });
  const live = ["sk", "live", "0123456789abcdef"].join("_");
  const cases: [string, string, RegExp][] = [
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
    [
      "contains a live key",
      harOf(entry("GET", "/customers", 200, {}, { headers: { Authorization: `Bearer ${live}` } })),
      /bad\.har:\d+:\d+: the recording contains a live key/,
    ],
    [
      "has a line that isn't a drift event",
      '{"type":"drift","operation":"getCustomer","status":200,"problems":[]}\n{"type":"other"}\n',
      /bad\.har:2:1: the line isn't a drift event/,
    ],
    [
      "has a truncated drift event",
      '{"type":"drift","operation":"getCustomer","status":200,"problems":[]}\n{"type":"dri',
      /bad\.har:2:\d+: the file is truncated/,
    ],
  ];
  test.each(cases)("is refused with its position if it %s", async (_, text, message) => {
    const file = await tempFile("bad.har", text);
    const error: unknown = await readRecording(file, [server]).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(UserError);
    expect((error as Error).message).toMatch(message);
    expect((error as Error).message).not.toContain(live);
  });

  test("ends the command with one message and exit code 1, and nothing is written", async () => {
    const file = await tempFile(
      "live.har",
      harOf(entry("GET", "/customers", 200, {}, { headers: { Authorization: `Bearer ${live}` } })),
    );
    const { code, stdout, stderr } = await evidence(["--from", file, "--write"]);
    expect(stderr.trim().split("\n")).toHaveLength(1);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).not.toContain(live);
  });

  test("is refused if it doesn't exist", async () => {
    const { code, stderr } = await evidence(["--from", "nowhere.har"]);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: "nowhere.har: the file can't be read. Pass a HAR file or JSON lines.\n",
    });
  });
});

const key = { "x-idempotency": "customer-001" };

describe("--write", () => {
  test("changes the evidence of confirmed assumptions and nothing else", async () => {
    const folder = await copyOfCheckout();
    const file = await tempFile(
      "traffic.har",
      harOf(
        entry("POST", "/customers", 201, customer, { body: createRequest }),
        entry("POST", "/customers", 422, {}, { headers: key, body: { ...createRequest, origin: "y" } }),
        entry("GET", `/customers/${id}`, 200, customer),
        entry("GET", `/customers/${id}/transactions?page=1`, 500, {}),
        entry("GET", `/customers/${id}/cards`, 200, []),
        entry("GET", "/customers?page=0", 422, {}),
        entry("DELETE", `/customers/${id}`, 204, '{"deleted":true}'),
      ),
    );
    const files = {
      customers: "spec/paths/customers.yaml",
      person: "spec/components/schemas/NaturalPerson.yaml",
      page: "spec/components/parameters/PageNumber.yaml",
      transactions: "spec/paths/customers@{customer_id}@transactions.yaml",
      detail: "spec/paths/customers@{customer_id}.yaml",
    };
    const before = await textsOf(folder, files);
    const { code, stderr } = await runScript("evidence.ts", ["--from", file, "--write"], { cwd: folder })
      .result;
    expect({ code, stderr }).toMatchObject({
      code: 0,
      stderr: expect.stringContaining("recording-2026-11-01"),
    });
    const after = await textsOf(folder, files);

    const observed = "{ basis: observed, source: recording-2026-11-01 }";
    expect(changedLines(before.customers, after.customers)).toEqual([`      x-evidence: ${observed}`]);
    expect(changedLines(before.person, after.person)).toEqual([`    additionalProperties: ${observed}`]);
    expect(changedLines(before.page, after.page)).toEqual([
      `  x-evidence: { basis: assumed, source: first-page, constraints: { minimum: ${observed} } }`,
    ]);
    // Only this operation returned a 500: the shared response stays assumed.
    expect(changedLines(before.transactions, after.transactions)).toEqual([`      x-evidence: ${observed}`]);
    // The contradicted 204 stays assumed, in the same file as the confirmed 200.
    expect(changedLines(before.detail, after.detail)).toEqual([`      x-evidence: ${observed}`]);

    const sources = await readText(folder, "spec/sources.yaml");
    expect(sources).toMatch(/\nrecording-2026-11-01:\n {2}basis: observed\n/);
    // Nothing cites it any more, and lint rejects a source that nothing cites.
    expect(sources).not.toContain("same-customer:");
    expect(await findings(join(folder, "spec/openapi.yaml"))).toEqual([]);
  });

  test("writes nothing if the recording confirms no assumption", async () => {
    const file = await tempFile("traffic.har", harOf(entry("GET", "/customers", 401, {})));
    const { code, stderr } = await evidence(["--from", file, "--write"]);
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: "The recordings confirm no assumption. Nothing was written.\n",
    });
  });

  test("refuses a recording of a stand-in", async () => {
    const args = ["--from", "any.har", "--write", "--server", "http://127.0.0.1:4010"];
    const { code, stderr } = await evidence(args);
    expect(code).toBe(1);
    expect(stderr).toContain("--write needs recordings of the real API");
  });

  test("refuses drift events, because they don't name their server", async () => {
    const file = await tempFile(
      "drift.jsonl",
      '{"type":"drift","operation":"getCustomer","status":200,"problems":[]}\n',
    );
    const { code, stderr } = await evidence(["--from", file, "--write"]);
    expect(code).toBe(1);
    expect(stderr).toContain("--write needs HAR files");
  });
});

test("without --from, the table has three bases", async () => {
  const { stdout } = await evidence([]);
  expect(stdout.split("\n")[0]?.trim().split(/\s+/)).toEqual([
    "operation",
    "documented",
    "observed",
    "assumed",
  ]);
});

async function textsOf<T extends Record<string, string>>(folder: string, files: T) {
  const texts = await Promise.all(Object.values(files).map((file) => readText(folder, file)));
  return Object.fromEntries(Object.keys(files).map((name, index) => [name, texts[index] ?? ""])) as Record<
    keyof T,
    string
  >;
}

/** The lines that are only in the second text. */
function changedLines(before: string, after: string): string[] {
  const known = new Set(before.split("\n"));
  return after.split("\n").filter((line) => !known.has(line));
}
