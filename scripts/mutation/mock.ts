// Runs the contract against mutants of the mock server: Prism with one deliberate mistake each.
import { prismDifferences } from "../contract/compare.js";
import { readLock } from "../contract/lock.js";
import { type ContractPrism, directPrism, type PrismResult } from "../contract/prism.js";
import { readDocument } from "../openapi/load.js";
import { isObject } from "../openapi/schemas.js";
import type { MutantGroup } from "./score.js";

/** Returns a copy of Prism with a mistake. */
type Mutate = (prism: ContractPrism) => ContractPrism;

const changeMock =
  (change: (result: PrismResult) => Partial<PrismResult>): Mutate =>
  (prism) => ({
    ...prism,
    async mock(...args) {
      const result = await prism.mock(...args);
      return { ...result, ...change(result) };
    },
  });

const changeResponse = (
  change: (response: PrismResult["response"]) => Partial<PrismResult["response"]>,
): Mutate => changeMock(({ response }) => ({ response: { ...response, ...change(response) } }));

const changeRequestViolations = (change: (violation: string) => string): Mutate =>
  changeMock(({ requestViolations }) => ({ requestViolations: requestViolations.map(change) }));

const changeResponseViolations =
  (change: (violations: string[], body: unknown) => string[]): Mutate =>
  (prism) => ({
    ...prism,
    async proxy(request, response) {
      const result = await prism.proxy(request, response);
      return { ...result, responseViolations: change(result.responseViolations, response.body) };
    },
  });

/** Ignores the request violations that start with `prefix`. */
const ignoring = (prefix: string): Mutate =>
  changeMock((result) => {
    const requestViolations = result.requestViolations.filter((each) => !each.startsWith(prefix));
    const isAccepted = requestViolations.length === 0 && result.requestViolations.length > 0;
    const response = isAccepted ? { status: 200, headers: {} } : result.response;
    return { requestViolations, response };
  });

const mutants: Record<string, Mutate> = {
  "accepts every body": ignoring("body"),
  "doesn't check headers": ignoring("header"),
  "doesn't check the query": ignoring("query"),
  "doesn't check the path": ignoring("path"),
  "needs no API key": ignoring("security"),
  "accepts every content type": ignoring("content-type"),
  "always returns the first example": (prism) => ({
    ...prism,
    mock: (request, prefer) => prism.mock(request, prefer && { code: prefer.code }),
  }),
  "returns 200 for every success": changeResponse(({ status }) => (status < 300 ? { status: 200 } : {})),
  "returns 400 instead of 422": changeResponse(({ status }) => (status === 422 ? { status: 400 } : {})),
  "sends no headers": changeResponse(() => ({ headers: {} })),
  "leaves a field out of its responses": changeResponse(({ body }) =>
    isObject(body) ? { body: Object.fromEntries(Object.entries(body).slice(1)) } : {},
  ),
  "reports the wrong keyword": changeRequestViolations((each) => each.replace(/ \w+$/, " type")),
  "reports the wrong location": changeRequestViolations((each) => each.replace(/\.\w+ /, ".other ")),
  "reports violations in its own responses": changeMock(() => ({ responseViolations: ["body type"] })),
  "accepts every response of an upstream server": changeResponseViolations(() => []),
  "accepts undocumented statuses": changeResponseViolations((violations) =>
    violations.filter((each) => each !== "status"),
  ),
  "rejects unknown fields of an upstream server": changeResponseViolations((violations, body) =>
    isObject(body) && "unexpected" in body ? ["body.unexpected additionalProperties"] : violations,
  ),
};

export async function runMockMutants(): Promise<MutantGroup> {
  const prism = await directPrism(await readDocument());
  const contracts = await readLock();
  const isDetected = async (mutant: ContractPrism): Promise<boolean> => {
    for (const contract of contracts)
      for (const each of contract.cases)
        if ((await prismDifferences(mutant, contract, each)).length > 0) return true;
    return false;
  };
  const undetected: string[] = [];
  for (const [name, mutate] of Object.entries(mutants))
    if (!(await isDetected(mutate(prism)))) undetected.push(name);
  return { name: "Mock server", mutants: Object.keys(mutants).length, undetected };
}
