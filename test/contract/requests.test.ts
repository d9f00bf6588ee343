import { afterAll, describe, expect, test } from "vitest";
import { ajvJudge } from "../../scripts/contract/ajv.js";
import {
  type Answer,
  type Case,
  type ExampleCase,
  preferring,
  type RequestCase,
} from "../../scripts/contract/case.js";
import { disagreementAbout, disagreements } from "../../scripts/contract/disagreements.js";
import { readDocument, readLock } from "../../scripts/contract/lock.js";
import { ask } from "../../scripts/contract/prism.js";
import {
  exampleFaults,
  goodRequest,
  requestFaults,
  requestOf,
  secondOpinion,
} from "../../scripts/contract/verdict.js";
import { startMock } from "../../scripts/mock.js";

const document = await readDocument();
const contracts = await readLock();
const mock = await startMock({ document });
const ajv = ajvJudge(document);
afterAll(() => mock.close());

const isRequest = (each: Case): each is RequestCase => each.kind === "request";
const isExample = (each: Case): each is ExampleCase => each.kind === "example";

describe.each(contracts.map((contract) => [contract.operation, contract] as const))(
  "requests of %s",
  (_operation, contract) => {
    for (const each of contract.cases.filter(isRequest)) {
      test(each.id, async () => {
        const request = requestOf(contract, each);
        const verdict = await ask(mock.url, request);
        expect(requestFaults(each, verdict)).toEqual([]);
        expect(secondOpinion(ajv, contract, each)).toEqual([]);
        if (!disagreementAbout(each.id)) expect(ajv.request(request).sort()).toEqual(verdict.request.sort());
      });
    }
  },
);

describe.each(contracts.map((contract) => [contract.operation, contract] as const))(
  "documented answers of %s",
  (_operation, contract) => {
    for (const each of contract.cases.filter(isExample)) {
      test(each.id, async () => {
        const verdict = await ask(mock.url, preferring(goodRequest(contract), each));
        expect(exampleFaults(each, contract.answers[each.from] as Answer, verdict)).toEqual([]);
        expect(secondOpinion(ajv, contract, each)).toEqual([]);
      });
    }
  },
);

describe("a known disagreement", () => {
  const all = contracts.flatMap((contract) =>
    contract.cases.filter(isRequest).map((each) => ({ contract, each })),
  );

  test.each(disagreements.map((entry) => [entry.reason, entry] as const))(
    "still holds: %s",
    async (_reason, entry) => {
      const about = all.filter(({ each }) => disagreementAbout(each.id) === entry);
      expect(about.map(({ each }) => each.id)).not.toEqual([]);
      for (const { contract, each } of about) {
        const verdict = await ask(mock.url, requestOf(contract, each));
        expect([each.id, verdict.request]).not.toEqual([each.id, each.breaks]);
      }
    },
  );
});
