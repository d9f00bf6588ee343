// Runs the locked cases against a mutant of the document until one detects it.
import { type Case, type Contract, validRequest } from "../contract/case.js";
import { prismDifferences, validatorDifferences } from "../contract/compare.js";
import { directPrism } from "../contract/prism.js";
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
  let current = cases[0]?.id ?? contract.operation;
  let validator: Detection["validator"] = "document";
  // Both validators throw at some mutated documents. That detects the mutant too.
  try {
    const prism = await directPrism(mutated);
    validator = "Prism";
    for (const each of cases) {
      current = each.id;
      const [difference] = await prismDifferences(prism, contract, each);
      if (difference !== undefined) return { case: each.id, validator, difference };
    }
    validator = "Ajv";
    const ajv = createValidator(mutated);
    for (const each of cases) {
      current = each.id;
      const [difference] = validatorDifferences(ajv, contract, each);
      if (difference !== undefined) return { case: each.id, validator, difference };
    }
  } catch (error) {
    return { case: current, validator, difference: String(error) };
  }
  return undefined;
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
