import { afterAll, describe, expect, test } from "vitest";
import { operations } from "../../generated/operations.js";
import type { Answer, AnswerCase, Case } from "../../scripts/contract/case.js";
import { bodyText } from "../../scripts/contract/case.js";
import {
  call,
  type FlatClient,
  isAsPublished,
  type OperationData,
  outcomeFaults,
} from "../../scripts/contract/client.js";
import { readLock } from "../../scripts/contract/lock.js";
import { answerOf, goodRequest } from "../../scripts/contract/verdict.js";
import { isInvalidResponseError, OnePay } from "../../src/index.js";
import { listen, scripted } from "./upstream.js";

const contracts = await readLock();
let next: Answer = { status: 500, headers: {} };
const upstream = await scripted(() => next);
afterAll(() => upstream.close());

const clientOf = (baseUrl: string) =>
  new OnePay({ apiKey: "sk_test_contract", baseUrl, maxRetries: 0 }) as unknown as FlatClient;
const client = clientOf(upstream.url);
const dataOf = (id: string): OperationData => {
  const data = (operations as Record<string, OperationData>)[id];
  if (!data) throw new Error(`The client has no operation ${id}. Run \`npm run generate\`.`);
  return data;
};
const isAnswer = (each: Case): each is AnswerCase => each.kind === "answer";

describe.each(contracts.map((contract) => [contract.operation, contract] as const))(
  "what the client makes of the answers to %s",
  (_operation, contract) => {
    const operation = dataOf(contract.operation);
    const request = goodRequest(contract);

    // The client validates no bodies: an answer that bends the schema comes through as it is, whatever it bends.
    for (const each of contract.cases.filter(isAnswer)) {
      test(each.id, async () => {
        next = answerOf(contract, each);
        const outcome = await call(client, operation, request);
        const good = isAsPublished(each);
        expect(outcomeFaults([contract.operation, operation], request, next, good, outcome)).toEqual([]);
      });
    }
  },
);

const withBody = contracts.filter(({ answers }) =>
  Object.values(answers).some(({ status, body }) => status < 300 && body !== undefined),
);

describe.each(withBody.map((contract) => [contract.operation, contract] as const))(
  "a success of %s that is broken on the way is an error",
  (_operation, contract) => {
    const operation = dataOf(contract.operation);
    const good = Object.values(contract.answers).find(({ status }) => status < 300) as Answer;
    const text = bodyText(good) ?? "";

    test("cut off in the middle of the body", async () => {
      const server = await listen((_request, response) => {
        response.writeHead(good.status, { ...good.headers, "content-length": Buffer.byteLength(text) });
        response.write(text.slice(0, -5), () => response.destroy());
      });
      const outcome = await call(clientOf(server.url), operation, goodRequest(contract));
      await server.close();
      expect(outcome).toMatchObject({ error: { name: "InvalidResponseError", outcome: "unknown" } });
    });

    test("no JSON under a JSON type", async () => {
      next = { status: good.status, headers: good.headers, raw: text.slice(0, -1) };
      const outcome = await call(client, operation, goodRequest(contract));
      expect(outcome).toMatchObject({ error: { name: "InvalidResponseError", outcome: "unknown" } });
    });
  },
);

test("the guards know such an error", async () => {
  next = { status: 200, headers: { "content-type": "text/html" }, raw: "<p>Maintenance</p>" };
  const onepay = new OnePay({ apiKey: "sk_test_contract", baseUrl: upstream.url, maxRetries: 0 });
  const error = await onepay.customers.get("9da58912-101d-46f8-86c9-20a52119c0bf").catch((thrown) => thrown);
  expect(isInvalidResponseError(error)).toBe(true);
});
