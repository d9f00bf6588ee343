// Compares what a case expects with what a validator found. Each difference is one readable line.
import { isDeepStrictEqual } from "node:util";
import {
  type Case,
  type Contract,
  type HttpResponse,
  requestOf,
  responseOf,
  type Violation,
  validRequest,
} from "./case.js";
import { disagreementAbout } from "./disagreements.js";
import type { ContractPrism } from "./prism.js";
import type { Validator } from "./validator.js";

/** Compares a case with the first validator, Prism. */
export async function prismDifferences(
  prism: ContractPrism,
  contract: Contract,
  each: Case,
): Promise<string[]> {
  const valid = validRequest(contract);
  if (each.kind === "request") {
    const expected = disagreementAbout(each.id)?.prism(each.violations) ?? each.violations;
    const { response, requestViolations, responseViolations } = await prism.mock(requestOf(contract, each));
    const isAccepted = requestViolations.length === 0;
    return [
      ...statusDifferences(each.status, response),
      ...violationDifferences("request", expected, requestViolations, each.partial),
      ...(isAccepted ? violationDifferences("response", [], responseViolations) : []),
    ];
  }
  if (each.kind === "example") {
    const request = { ...valid, headers: { ...valid.headers, accept: each.accept } };
    const { response, responseViolations } = await prism.mock(request, each.prefer);
    return [
      ...exampleDifferences(contract.responses[each.from] as HttpResponse, response),
      ...violationDifferences("response", [], responseViolations),
    ];
  }
  const upstream = responseOf(contract, each);
  const { response, responseViolations } = await prism.proxy(valid, upstream);
  return [
    ...statusDifferences(upstream.status, response),
    ...violationDifferences("response", each.violations, responseViolations, each.partial),
  ];
}

/** Compares a case with the second validator, Ajv. */
export function validatorDifferences(validator: Validator, contract: Contract, each: Case): string[] {
  if (each.kind === "request") {
    const found = validator.request(requestOf(contract, each));
    return violationDifferences("request", each.violations, found, each.partial);
  }
  if (each.kind === "example") {
    const example = contract.responses[each.from] as HttpResponse;
    return violationDifferences("response", [], validator.response(contract.operation, example));
  }
  const found = validator.response(contract.operation, responseOf(contract, each));
  return violationDifferences("response", each.violations, found, each.partial);
}

/** Compares a documented response: status, headers and body are equal. */
function exampleDifferences(expected: HttpResponse, { status, headers, body }: HttpResponse): string[] {
  const changed = Object.entries(expected.headers).filter(([name, value]) => headers[name] !== value);
  return [
    ...statusDifferences(expected.status, { status }),
    ...changed.map(([name, value]) => `header ${name}: ${headers[name]} instead of ${value}`),
    ...(isDeepStrictEqual(body, expected.body) ? [] : [`another body: ${JSON.stringify(body)}`]),
  ];
}

const statusDifferences = (expected: number, { status }: Pick<HttpResponse, "status">): string[] =>
  status === expected ? [] : [`status ${status} instead of ${expected}`];

function violationDifferences(
  side: "request" | "response",
  expected: Violation[],
  found: Violation[],
  partial = false,
): string[] {
  const missing = expected.filter((each) => !found.includes(each));
  const extra = partial ? [] : found.filter((each) => !expected.includes(each));
  return [
    ...missing.map((each) => `the ${side} should violate "${each}", but it's accepted`),
    ...extra.map((each) => `the ${side} violates "${each}", but should be accepted`),
  ];
}
