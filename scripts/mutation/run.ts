// Runs the locked cases against a mutant of the document until one detects it.
import {
  type Case,
  type Contract,
  type HttpResponse,
  requestOf,
  responseOf,
  validRequest,
} from "../contract/case.js";
import {
  exampleDifferences,
  requestDifferences,
  responseDifferences,
  validatorDifferences,
} from "../contract/compare.js";
import { type DirectPrism, directPrism } from "../contract/prism.js";
import { createValidator } from "../contract/validator.js";
import type { Document } from "../openapi/document.js";
import { type Mutant, mutate, nameOf } from "./operators.js";

/** The case that detected a mutant and what was different. */
export interface Detection {
  case: string;
  /** `document`: Prism can't load the mutated document. */
  validator: "Prism" | "Ajv" | "document";
  difference: string;
}

export interface MutantResult {
  mutant: string;
  operator: string;
  pointer: string;
  /** Absent if no case detected the mutant. */
  detection?: Detection;
}

export async function runMutant(
  document: Document,
  contracts: Contract[],
  mutant: Mutant,
): Promise<MutantResult> {
  const { operator, pointer } = mutant;
  const result = { mutant: nameOf(mutant), operator, pointer };
  for (const id of mutant.operations) {
    const contract = contracts.find(({ operation }) => operation === id);
    const detection = contract && (await detect(document, contract, mutant));
    if (detection) return { ...result, detection };
  }
  return result;
}

async function detect(
  document: Document,
  contract: Contract,
  mutant: Mutant,
): Promise<Detection | undefined> {
  const mutated = mutate(withOnlyPathOf(document, contract), mutant);
  const cases = nearestFirst(contract.cases, mutant.pointer);
  const first = cases[0]?.id ?? contract.operation;
  let prism: DirectPrism;
  try {
    prism = await directPrism(mutated);
  } catch (error) {
    return { case: first, validator: "document", difference: String(error) };
  }
  for (const each of cases) {
    // Prism throws at some mutated documents. That detects the mutant too.
    const [difference] = await prismDifferences(prism, contract, each).catch((error) => [String(error)]);
    if (difference !== undefined) return { case: each.id, validator: "Prism", difference };
  }
  try {
    const validator = createValidator(mutated);
    for (const each of cases) {
      const [difference] = validatorDifferences(validator, contract, each);
      if (difference !== undefined) return { case: each.id, validator: "Ajv", difference };
    }
  } catch (error) {
    return { case: first, validator: "Ajv", difference: String(error) };
  }
  return undefined;
}

/** Compares a case with Prism. */
export async function prismDifferences(
  prism: DirectPrism,
  contract: Contract,
  each: Case,
): Promise<string[]> {
  switch (each.kind) {
    case "request": {
      // The HTTP server rejects malformed JSON, so Prism never sees it.
      if (each.violations.includes("malformed")) return [];
      return requestDifferences(each, await prism.mock(requestOf(contract, each)));
    }
    case "example": {
      const base = validRequest(contract);
      const request = { ...base, headers: { ...base.headers, accept: each.accept } };
      const expected = contract.responses[each.from] as HttpResponse;
      return exampleDifferences(expected, await prism.mock(request, each.prefer));
    }
    case "response": {
      const result = await prism.proxy(validRequest(contract), responseOf(contract, each));
      return responseDifferences(each, result);
    }
  }
}

/** The document with one path only. The other paths can't change the result, and loading them takes time. */
export function withOnlyPathOf(document: Document, contract: Contract): Document {
  const { path } = validRequest(contract);
  return { ...document, paths: { [path]: document.paths?.[path] ?? {} } };
}

/** Sorts the cases: those about the mutated part of the document are the most likely to detect the mutant. */
function nearestFirst(cases: Case[], pointer: string): Case[] {
  const parts = pointer.split("/");
  const sharedParts = ({ about }: Case): number => {
    const aboutParts = about.split("/");
    const end = aboutParts.findIndex((part, index) => part !== parts[index]);
    return end === -1 ? aboutParts.length : end;
  };
  const ranked = cases.map((each) => ({ each, rank: sharedParts(each) }));
  return ranked.sort((a, b) => b.rank - a.rank).map(({ each }) => each);
}
