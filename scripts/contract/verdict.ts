// What is wrong with a verdict: the difference between what a case expects and what a judge said, in words.
import { isDeepStrictEqual } from "node:util";
import type { Judge } from "./ajv.js";
import {
  type Answer,
  type AnswerCase,
  type Break,
  type Case,
  type Contract,
  changed,
  type ExampleCase,
  type Request,
  type RequestCase,
} from "./case.js";
import { disagreementAbout } from "./disagreements.js";
import type { Verdict } from "./prism.js";

export const requestOf = ({ requests }: Contract, each: RequestCase): Request =>
  changed(requests[each.from] as Request, each);

export const answerOf = ({ answers }: Contract, each: AnswerCase): Answer =>
  changed(answers[each.from] as Answer, each);

/** The first good request: what an answer is an answer to. */
export const goodRequest = ({ requests }: Contract): Request => Object.values(requests)[0] as Request;

/** A request: its status, the rules it breaks, and that the answer keeps the document's own rules. */
export function requestFaults(each: RequestCase, verdict: Verdict): string[] {
  const expected = disagreementAbout(each.id)?.prism(each.breaks) ?? each.breaks;
  return [
    ...(verdict.answer.status === each.status
      ? []
      : [`status ${verdict.answer.status} instead of ${each.status}`]),
    ...breakFaults("the request", expected, each.among, verdict.request),
    ...(verdict.request.length === 0 ? breakFaults("the answer", [], undefined, verdict.response) : []),
  ];
}

/** A documented answer, asked for by name: everything of it, and no violation of its own. */
export function exampleFaults(_each: ExampleCase, expected: Answer, { answer, response }: Verdict): string[] {
  const headers = Object.entries(expected.headers).filter(([name, value]) => answer.headers[name] !== value);
  return [
    ...(answer.status === expected.status ? [] : [`status ${answer.status} instead of ${expected.status}`]),
    ...headers.map(([name, value]) => `header ${name}: ${answer.headers[name]} instead of ${value}`),
    ...(isDeepStrictEqual(answer.body, expected.body)
      ? []
      : [`another body: ${JSON.stringify(answer.body)}`]),
    ...breakFaults("the answer", [], undefined, response),
  ];
}

/** An upstream's answer: the rules it breaks. */
export const answerFaults = (each: AnswerCase, verdict: Verdict): string[] =>
  breakFaults("the answer", each.breaks, each.among, verdict.response);

/** What the second judge says of the same case. */
export function secondOpinion(judge: Judge, contract: Contract, each: Case): string[] {
  if (each.kind === "example") {
    const answer = contract.answers[each.from] as Answer;
    return breakFaults("the answer", [], undefined, judge.answer(contract.operation, answer));
  }
  const found =
    each.kind === "request"
      ? judge.request(requestOf(contract, each))
      : judge.answer(contract.operation, answerOf(contract, each));
  return breakFaults(each.kind === "request" ? "the request" : "the answer", each.breaks, each.among, found);
}

function breakFaults(what: string, expected: Break[], among: true | undefined, found: Break[]): string[] {
  const missing = expected.filter((each) => !found.includes(each));
  const extra = among ? [] : found.filter((each) => !expected.includes(each));
  return [
    ...missing.map((each) => `${what} should break "${each}" and does not`),
    ...extra.map((each) => `${what} breaks "${each}" and should not`),
  ];
}
