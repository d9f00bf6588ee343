// Runs the client in a folder against the response cases, and sends the first difference to the parent process.
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import {
  bodyText,
  type Case,
  type Contract,
  type HttpResponse,
  responseOf,
  validRequest,
} from "../contract/case.js";
import {
  type AnyClient,
  call,
  clientDifferences,
  hasExampleBody,
  type OperationData,
} from "../contract/client.js";
import { readLock } from "../contract/lock.js";

const [folder = "."] = process.argv.slice(2);
const load = (file: string) => import(pathToFileURL(join(folder, file)).href);
const { OnePay } = (await load("src/index.ts")) as { OnePay: new (options: object) => AnyClient };
const { operations } = (await load("generated/operations.ts")) as {
  operations: Record<string, OperationData>;
};

let next: HttpResponse = { status: 500, headers: {} };
const client = new OnePay({
  apiKey: "sk_test_contract",
  baseUrl: "http://127.0.0.1:9",
  maxRetries: 0,
  fetch: async () => {
    const { status, headers } = next;
    return new Response(status === 204 ? null : (bodyText(next) ?? null), { status, headers });
  },
});

async function differenceOf(contract: Contract, each: Case): Promise<string | undefined> {
  const operation = operations[contract.operation];
  if (each.kind !== "response" || !operation) return undefined;
  next = responseOf(contract, each);
  const request = validRequest(contract);
  const result = await call(client, operation, request);
  const [difference] = clientDifferences(
    {
      operationId: contract.operation,
      operation,
      request,
      response: next,
      isExample: hasExampleBody(each),
    },
    result,
  );
  return difference && `${each.id}: ${difference}`;
}

async function firstDifference(): Promise<string> {
  for (const contract of await readLock()) {
    for (const each of contract.cases) {
      const difference = await differenceOf(contract, each);
      if (difference !== undefined) return difference;
    }
  }
  return "";
}

process.send?.(await firstDifference());
process.disconnect();
