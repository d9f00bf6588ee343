// Tries the client in a folder against every locked answer and tells the first fault to the process that asked.
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Answer, bodyText, type Case, type Contract } from "../contract/case.js";
import {
  call,
  type FlatClient,
  isAsPublished,
  type OperationData,
  outcomeFaults,
} from "../contract/client.js";
import { readLock } from "../contract/lock.js";
import { answerOf, goodRequest } from "../contract/verdict.js";

const [folder = "."] = process.argv.slice(2);
const load = (file: string) => import(pathToFileURL(join(folder, file)).href);
const { OnePay } = (await load("src/index.ts")) as { OnePay: new (options: object) => FlatClient };
const { operations } = (await load("generated/operations.ts")) as {
  operations: Record<string, OperationData>;
};

let next: Answer = { status: 500, headers: {} };
const client = new OnePay({
  apiKey: "sk_test_contract",
  baseUrl: "http://127.0.0.1:9",
  maxRetries: 0,
  fetch: async () => {
    const { status, headers } = next;
    return new Response(status === 204 ? null : (bodyText(next) ?? null), { status, headers });
  },
});

async function faultOf(contract: Contract, each: Case): Promise<string | undefined> {
  const operation = operations[contract.operation];
  if (each.kind !== "answer" || !operation) return undefined;
  next = answerOf(contract, each);
  const request = goodRequest(contract);
  const outcome = await call(client, operation, request);
  const [fault] = outcomeFaults([contract.operation, operation], request, next, isAsPublished(each), outcome);
  return fault && `${each.id}: ${fault}`;
}

async function firstFault(): Promise<string> {
  for (const contract of await readLock()) {
    for (const each of contract.cases) {
      const fault = await faultOf(contract, each);
      if (fault !== undefined) return fault;
    }
  }
  return "";
}

process.send?.(await firstFault());
process.disconnect();
