// Real drift events as input of `npm run evidence -- --from FILE`.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { compare } from "../../scripts/evidence/compare.js";
import { readRecording } from "../../scripts/evidence/recording.js";
import { openSpec } from "../../scripts/evidence/spec.js";
import { withTempFolder } from "../../scripts/temp.js";
import { person } from "../client/server.js";
import { checkedClient } from "./checked-client.js";

const customer = { id: "cus_1", ...person, created_at: "2026-02-03T14:06:00Z" };

/** The drift events of calls whose responses have these bodies, as JSON lines. */
async function driftLines(...responses: [status: number, body: unknown][]): Promise<string> {
  let lines = "";
  for (const [status, body] of responses) {
    const onepay = checkedClient(status, body, (event) => {
      lines += `${JSON.stringify(event)}\n`;
    });
    await onepay.customers.list().catch(() => {});
  }
  return lines;
}

test("drift events show statuses, and contradict the statements that they are about", async () => {
  const text = await driftLines(
    [200, { data: [customer, { ...customer, email: 5 }] }],
    [200, [{ ...customer, id: undefined }]],
    [422, { errors: { email: 5 } }],
    [418, {}],
    [200, [{ ...customer, undocumented: 1 }]],
  );
  expect(text.trim().split("\n")).toHaveLength(5);
  const { statements } = await withTempFolder("drift-events", async (folder) => {
    const file = join(folder, "drift.jsonl");
    await writeFile(file, text);
    return compare(openSpec(), [await readRecording(file, [])], []);
  });
  const ofResponse = statements.filter(({ kind, seen }) => kind === "response" && seen > 0);
  expect(ofResponse.map(({ name, seen }) => `${name} ${seen}`)).toEqual(["200 3", "422 1"]);
  const contradicted = statements.flatMap(({ name, contradictions }) =>
    contradictions.map(({ entry, pointer, seen }) => `${name}: ${entry} ${pointer} ${seen}`),
  );
  expect(contradicted.sort()).toEqual([
    "ApiErrorBody.errors: 3 /response/body/errors/* breaks type (expected string or array)",
    "Customer.email: 1 /response/body/data/*/email breaks type (expected string)",
    "Customer.id: 2 /response/body/*/id breaks required (expected a value)",
    "listCustomers: 4 /response/status 418, an undocumented status",
  ]);
});
