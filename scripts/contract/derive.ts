// Derives the cases of the contract tests from an OpenAPI document.
import type { Document } from "../openapi/document.js";
import { readOperations } from "../openapi/operations.js";
import type { Case, Contract } from "./case.js";
import { requestCases } from "./derive/requests.js";
import { exampleCases, responseCases } from "./derive/responses.js";
import { validRequests, validResponses } from "./derive/valid.js";
import { createSchemaValidator } from "./schemas.js";
import { createValidator } from "./validator.js";

/** The cases of each operation. The same document always has the same cases in the same order. */
export function derive(document: Document): Contract[] {
  const validate = createSchemaValidator(document);
  const validator = createValidator(document, validate);
  // A shared schema gets its cases once. The other places that use it get one case, which proves the reference.
  const done = new Set<string>();
  return readOperations(document).map((operation) => {
    const derivation = { document, validate, validator, operation };
    const requests = validRequests(derivation);
    const responses = validResponses(derivation);
    return {
      operation: operation.id,
      requests,
      responses: Object.fromEntries(responses.map(({ name, response }) => [name, response])),
      cases: withUniqueIds([
        ...requestCases(derivation, requests),
        ...exampleCases(operation, responses),
        ...responseCases(derivation, responses, done),
      ]),
    };
  });
}

/** Numbers cases that have the same id, such as those of two similar branches. */
function withUniqueIds(cases: Case[]): Case[] {
  const counts = new Map<string, number>();
  return cases.map((each) => {
    const count = (counts.get(each.id) ?? 0) + 1;
    counts.set(each.id, count);
    return count === 1 ? each : { ...each, id: `${each.id} (${count})` };
  });
}
