// Real drift events as input of `npm run evidence -- --from FILE`.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { compare } from "../../scripts/evidence/compare.js";
import { readRecording } from "../../scripts/evidence/recording.js";
import { openSpec } from "../../scripts/evidence/spec.js";
import { createTempFolder } from "../../scripts/temp.js";
import { driftCheck } from "../../src/drift/index.js";
import { OnePay } from "../../src/index.js";
import { apiKey, person } from "../client/server.js";

const customer = { id: "cus_1", ...person, created_at: "2026-02-03T14:06:00Z" };

/** The drift events of calls whose responses have these bodies, as JSON lines. */
async function driftLines(...responses: [status: number, body: unknown][]): Promise<string> {
  const lines: string[] = [];
  const left = [...responses];
  const onepay = new OnePay({
    apiKey,
    maxRetries: 0,
    fetch: async () => {
      const [status = 200, body] = left.shift() ?? [];
      return Response.json(body, { status });
    },
    responseCheck: driftCheck({ additional: true }),
    onEvent: (event) => event.type === "drift" && lines.push(`${JSON.stringify(event)}\n`),
  });
  for (const _ of responses) await onepay.customers.list().catch(() => {});
  return lines.join("");
}

test("drift events contradict the statements that they are about", async () => {
  const text = await driftLines(
    [200, { data: [customer, { ...customer, email: 5 }] }],
    [200, [{ ...customer, id: undefined }]],
    [422, { errors: { email: 5 } }],
    [418, {}],
    [200, [{ ...customer, undocumented: 1 }]],
  );
  expect(text.trim().split("\n")).toHaveLength(5);
  const { path, remove } = await createTempFolder("drift-events");
  const file = join(path, "drift.jsonl");
  await writeFile(file, text);
  const server = "https://api.onepay.la/v1";
  const { statements } = await compare(openSpec(), [await readRecording(file, [server])], [server]);
  await remove();
  const contradicted = statements.flatMap(({ contradictions }) =>
    contradictions.map(({ entry, pointer, seen }) => `${entry} ${pointer} ${seen}`),
  );
  expect(contradicted.sort()).toEqual([
    "1 /response/body/data/*/email breaks type (expected string)",
    "2 /response/body/*/id breaks required (expected a value)",
    "3 /response/body/errors/* breaks type (expected string or array)",
    "4 /response/status 418, an undocumented status",
  ]);
});
