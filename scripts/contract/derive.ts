// From the document to its contract: one case for each thing that must pass and each that must fail.
import type { Case, Contract } from "./case.js";
import { answerCases, exampleCases } from "./derive/answers.js";
import { goodAnswers, goodRequests } from "./derive/good.js";
import { requestCases } from "./derive/requests.js";
import { type Document, operations } from "./document.js";
import { schemaJudge } from "./schemas.js";

/** The contract of each operation. Pure: the same document gives the same cases, in the same order. */
export function derive(document: Document): Contract[] {
  const judge = schemaJudge(document);
  // A schema that many answers share is walked where it comes first; the others show that they lead to it.
  const done = new Set<string>();
  return operations(document).map((operation) => {
    const derivation = { document, judge, operation };
    const requests = goodRequests(derivation);
    const answers = goodAnswers(derivation);
    return {
      operation: operation.id,
      requests,
      answers: Object.fromEntries(answers.map(({ name, answer }) => [name, answer])),
      cases: distinct([
        ...requestCases(derivation, requests),
        ...exampleCases(derivation, answers),
        ...answerCases(derivation, answers, done),
      ]),
    };
  });
}

/** Numbers the cases that would share an id, as those of two like branches do. */
function distinct(cases: Case[]): Case[] {
  const seen = new Map<string, number>();
  return cases.map((each) => {
    const count = (seen.get(each.id) ?? 0) + 1;
    seen.set(each.id, count);
    return count === 1 ? each : { ...each, id: `${each.id} (${count})` };
  });
}
