/**
 * Validates the responses that your application receives, and reports what deviates from the OpenAPI document.
 *
 * @module
 */
import { responses } from "../../generated/responses.js";
import type { Violation } from "../contract.js";
import type { CheckedResponse, DriftProblem, ResponseCheck } from "../types.js";
import { shapeAt } from "./pointer.js";
import { additionalProblems, distinct, problemsOf, statusProblem } from "./problems.js";

export type { CheckedResponse, DriftProblem, ResponseCheck } from "../types.js";

/** Options of `driftCheck`. */
export interface DriftCheckOptions {
  /**
   * The fraction of the responses that are checked, above 0 and at most 1: `0.01` is one of a hundred.
   *
   * @default 1
   */
  readonly sample?: number | undefined;
  /**
   * Also reports fields that the document doesn't describe. A pointer has `*` in place of their names.
   *
   * @default false
   */
  readonly additional?: boolean | undefined;
}

/**
 * Creates the value of the client's option `responseCheck`. If a JSON response deviates from the document, the client
 * emits one event of type `drift` for the call. The response is returned as it is.
 *
 * @throws TypeError if an option is wrong.
 *
 * @example
 * const onepay = new OnePay({ responseCheck: driftCheck({ sample: 0.01 }), onEvent: log });
 */
export function driftCheck(options: DriftCheckOptions = {}): ResponseCheck {
  const { sample = 1, additional = false } = options;
  if (typeof sample !== "number" || !(sample > 0 && sample <= 1))
    throw new TypeError("driftCheck: sample must be a number above 0 and at most 1.");
  if (typeof additional !== "boolean") throw new TypeError("driftCheck: additional must be true or false.");
  return (response) => {
    if (Math.random() >= sample) return [];
    try {
      return check(response, additional);
    } catch {
      // A response that is nested too deeply for the stack. It must not disturb the call.
      return [];
    }
  };
}

function check({ operation, status, body }: CheckedResponse, additional: boolean): DriftProblem[] {
  const documented = own(responses, operation);
  // The document doesn't describe the path of `onepay.request()`.
  if (!documented) return [];
  const response =
    own(documented, String(status)) ??
    own(documented, `${String(status)[0]}XX`) ??
    own(documented, "default");
  if (!response) return [statusProblem(Object.keys(documented))];
  const { isValid, shape: index } = response;
  if (!isValid || body === undefined) return [];
  const shape = shapeAt(index);
  const problems = isValid(body) ? [] : problemsOf(isValid.errors as Violation[], body, shape);
  return additional ? [...problems, ...distinct(additionalProblems(body, shape))] : problems;
}

const own = <T>(record: { readonly [name: string]: T }, name: string): T | undefined =>
  Object.hasOwn(record, name) ? record[name] : undefined;
