/** Turns the violations of a validator into problems without a value of the response. */
import type { Violation } from "../contract.js";
import type { DriftProblem } from "../types.js";
import { anyKey, escapeKey, safePointer, stepInto } from "./pointer.js";
import type { Shape } from "./shape.js";

/** What a response breaks, each once: a list with a hundred wrong items has one problem. */
export function problemsOf(violations: readonly Violation[], body: unknown, shape: Shape): DriftProblem[] {
  const problems = violations.map((violation) => problemOf(violation, body, shape));
  return distinct(problems.filter((problem) => !isExplained(problem, problems)));
}

export function distinct(problems: readonly DriftProblem[]): DriftProblem[] {
  const found = new Map<string, DriftProblem>();
  for (const problem of problems) {
    const key = `${problem.keyword} ${problem.pointer}`;
    const known = found.get(key);
    found.set(key, known ? { ...known, expected: either(known.expected, problem.expected) } : problem);
  }
  return [...found.values()];
}

/** Each form of a union may expect something else. */
const either = (first: string, second: string): string =>
  [...new Set([...first.split(" or "), ...second.split(" or ")])].join(" or ");

function problemOf({ instancePath, keyword, params }: Violation, body: unknown, shape: Shape): DriftProblem {
  const pointer = safePointer(instancePath, body, shape);
  const { missingProperty } = params;
  // The document's name for the field.
  const missing = typeof missingProperty === "string" ? `/${escapeKey(missingProperty)}` : "";
  return { pointer: pointer + missing, keyword, expected: expectedBy(keyword, params) };
}

const combinations = ["oneOf", "anyOf"];

/**
 * If no form of a union fits, a validator reports each form. The problem is the one inside the form that fits best, or
 * else the type, or else that none fits.
 */
function isExplained({ pointer, keyword }: DriftProblem, problems: readonly DriftProblem[]): boolean {
  const atUnion = problems.filter((other) => other.pointer === pointer);
  if (!atUnion.some((other) => combinations.includes(other.keyword))) return false;
  if (problems.some((other) => other.pointer.startsWith(`${pointer}/`))) return true;
  const best = atUnion.some((other) => other.keyword === "type") ? ["type"] : combinations;
  return !best.includes(keyword);
}

/** What the document states. Only these parameters of a violation come from the document; others may be values. */
function expectedBy(keyword: string, params: Violation["params"]): string {
  const { type, allowedValues, allowedValue, format, pattern, comparison, limit, multipleOf } = params;
  if (keyword === "type") return [type].flat().join(" or ");
  if (keyword === "required") return "a value";
  if (keyword === "enum" && Array.isArray(allowedValues)) return allowedValues.map(print).join(" or ");
  if (keyword === "const") return print(allowedValue);
  if (combinations.includes(keyword)) return "one of the documented forms";
  const known = format ?? pattern ?? multipleOf;
  if (known !== undefined) return String(known);
  if (limit !== undefined) return comparison === undefined ? String(limit) : `${comparison} ${limit}`;
  return "as documented";
}

const print = (value: unknown): string => JSON.stringify(value) ?? "";

/** The fields that the document doesn't have. Their names may be data, so `*` is in their place. */
export function additionalProblems(value: unknown, shape: Shape, pointer = ""): DriftProblem[] {
  if (typeof value !== "object" || value === null) return [];
  const isArray = Array.isArray(value);
  return Object.entries(value).flatMap(([name, inner]) => {
    const step = stepInto(shape, name, isArray);
    const at = `${pointer}/${escapeKey(step.key)}`;
    const isUndocumented = !isArray && step.key === anyKey && shape.fields !== undefined;
    if (isUndocumented && shape.values === undefined)
      return [{ pointer: at, keyword: "additional", expected: "no other field" }];
    return additionalProblems(inner, step.shape, at);
  });
}

/** What's reported for a status that the document doesn't have. */
export const statusProblem = (documented: readonly string[]): DriftProblem => ({
  pointer: "",
  keyword: "status",
  expected: documented.join(" or "),
});
