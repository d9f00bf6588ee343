import { afterAll, describe, expect, test } from "vitest";
import { ajvJudge } from "../../scripts/contract/ajv.js";
import type { Answer, AnswerCase, Case } from "../../scripts/contract/case.js";
import { readDocument, readLock } from "../../scripts/contract/lock.js";
import { ask } from "../../scripts/contract/prism.js";
import { answerFaults, answerOf, goodRequest, secondOpinion } from "../../scripts/contract/verdict.js";
import { startMock } from "../../scripts/mock.js";
import { scripted } from "./upstream.js";

const document = await readDocument();
const contracts = await readLock();
let next: Answer = { status: 500, headers: {} };
const upstream = await scripted(() => next);
const proxy = await startMock({ document, upstream: upstream.url });
const ajv = ajvJudge(document);
afterAll(() => Promise.all([proxy.close(), upstream.close()]));

const isAnswer = (each: Case): each is AnswerCase => each.kind === "answer";

describe.each(contracts.map((contract) => [contract.operation, contract] as const))(
  "answers of an upstream to %s",
  (_operation, contract) => {
    for (const each of contract.cases.filter(isAnswer)) {
      test(each.id, async () => {
        next = answerOf(contract, each);
        const verdict = await ask(proxy.url, goodRequest(contract));
        expect(verdict.answer.status).toBe(next.status);
        expect(answerFaults(each, verdict)).toEqual([]);
        expect(secondOpinion(ajv, contract, each)).toEqual([]);
      });
    }
  },
);

describe("what Prism's proxy does not judge", () => {
  const [contract] = contracts.filter(({ answers }) =>
    Object.values(answers).some(({ body }) => body !== undefined),
  );
  const good = Object.values(contract?.answers ?? {})[0] as Answer;

  // The cases leave these two out. When an upgrade of Prism judges them, this fails: derive them then.
  test.each([
    ["an empty body under a JSON type", ""],
    ["a body that is no JSON under a JSON type", "<p>Maintenance</p>"],
  ])("%s: it answers 500 and names no violation", async (_what, raw) => {
    next = { status: good.status, headers: good.headers, raw };
    const verdict = await ask(proxy.url, goodRequest(contract as NonNullable<typeof contract>));
    expect([verdict.answer.status, verdict.response]).toEqual([500, []]);
  });
});
