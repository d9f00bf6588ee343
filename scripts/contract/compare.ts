// Compares what a case expects with what a validator found. Each difference is one readable line.
import { isDeepStrictEqual } from "node:util";
import {
  type Case,
  type Contract,
  type HttpResponse,
  type RequestCase,
  type ResponseCase,
  requestOf,
  responseOf,
  type Violation,
} from "./case.js";
import { disagreementAbout } from "./disagreements.js";
import type { PrismResult } from "./prism.js";
import type { Validator } from "./validator.js";

/** Compares Prism's response to a request: the status, the violations, and that the response is valid. */
export function requestDifferences(each: RequestCase, result: PrismResult): string[] {
  const expected = disagreementAbout(each.id)?.prism(each.violations) ?? each.violations;
  const accepted = result.requestViolations.length === 0;
  return [
    ...statusDifferences(each.status, result.response),
    ...violationDifferences("the request", expected, each.partial, result.requestViolations),
    ...(accepted ? violationDifferences("the response", [], undefined, result.responseViolations) : []),
  ];
}

/** Compares a documented response: status, headers and body are equal, and it's valid. */
export function exampleDifferences(
  expected: HttpResponse,
  { response, responseViolations }: PrismResult,
): string[] {
  const headers = Object.entries(expected.headers).filter(
    ([name, value]) => response.headers[name] !== value,
  );
  return [
    ...statusDifferences(expected.status, response),
    ...headers.map(([name, value]) => `header ${name}: ${response.headers[name]} instead of ${value}`),
    ...(isDeepStrictEqual(response.body, expected.body)
      ? []
      : [`another body: ${JSON.stringify(response.body)}`]),
    ...violationDifferences("the response", [], undefined, responseViolations),
  ];
}

/** Compares the violations of an upstream server's response. */
export const responseDifferences = (each: ResponseCase, { responseViolations }: PrismResult): string[] =>
  violationDifferences("the response", each.violations, each.partial, responseViolations);

/** Compares a case with the second validator, Ajv. */
export function validatorDifferences(validator: Validator, contract: Contract, each: Case): string[] {
  if (each.kind === "example") {
    const response = contract.responses[each.from] as HttpResponse;
    return violationDifferences(
      "the response",
      [],
      undefined,
      validator.response(contract.operation, response),
    );
  }
  const { violations, partial } = each;
  if (each.kind === "request")
    return violationDifferences(
      "the request",
      violations,
      partial,
      validator.request(requestOf(contract, each)),
    );
  const found = validator.response(contract.operation, responseOf(contract, each));
  return violationDifferences("the response", violations, partial, found);
}

const statusDifferences = (expected: number, { status }: HttpResponse): string[] =>
  status === expected ? [] : [`status ${status} instead of ${expected}`];

function violationDifferences(
  what: string,
  expected: Violation[],
  partial: true | undefined,
  found: Violation[],
): string[] {
  const missing = expected.filter((each) => !found.includes(each));
  const extra = partial ? [] : found.filter((each) => !expected.includes(each));
  return [
    ...missing.map((each) => `${what} should violate "${each}", but it's accepted`),
    ...extra.map((each) => `${what} violates "${each}", but should be accepted`),
  ];
}
