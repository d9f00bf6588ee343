// Does the contract notice a mutant? The locked cases are tried against the broken document, the likeliest first.
import { ajvJudge, type Judge } from "../contract/ajv.js";
import type { Answer, Case, Contract } from "../contract/case.js";
import type { Document } from "../contract/document.js";
import { type DirectPrism, directPrism } from "../contract/prism.js";
import {
  answerFaults,
  answerOf,
  exampleFaults,
  goodRequest,
  requestFaults,
  requestOf,
  secondOpinion,
} from "../contract/verdict.js";
import { type Mutant, mutate, nameOf } from "./operators.js";

/** What came of a mutant: the case that noticed it and what it said, or nothing. */
export interface Catch {
  mutant: string;
  operator: string;
  pointer: string;
  by?: { case: string; judge: "Prism" | "Ajv" | "the document"; fault: string };
}

export async function hunt(document: Document, contracts: Contract[], mutant: Mutant): Promise<Catch> {
  const { operator, pointer } = mutant;
  const found = { mutant: nameOf(mutant), operator, pointer };
  for (const id of mutant.operations) {
    const contract = contracts.find(({ operation }) => operation === id);
    if (!contract) continue;
    const by = await tryOperation(document, contract, mutant);
    if (by) return { ...found, by };
  }
  return found;
}

async function tryOperation(document: Document, contract: Contract, mutant: Mutant): Promise<Catch["by"]> {
  const broken = mutate(onlyPathOf(document, contract), mutant);
  const cases = nearestFirst(contract.cases, mutant.pointer);
  const first = cases[0]?.id ?? contract.operation;
  let prism: DirectPrism;
  try {
    prism = await directPrism(broken);
  } catch (error) {
    return { case: first, judge: "the document", fault: String(error) };
  }
  for (const each of cases) {
    // Prism throws at some documents that no longer make sense, and that is noticing, too.
    const [fault] = await prismFaults(prism, contract, each).catch((error: unknown) => [String(error)]);
    if (fault !== undefined) return { case: each.id, judge: "Prism", fault };
  }
  let ajv: Judge;
  try {
    ajv = ajvJudge(broken);
    for (const each of cases) {
      const [fault] = secondOpinion(ajv, contract, each);
      if (fault !== undefined) return { case: each.id, judge: "Ajv", fault };
    }
  } catch (error) {
    return { case: first, judge: "Ajv", fault: String(error) };
  }
  return undefined;
}

/** What the first judge finds wrong with a case. */
export async function prismFaults(prism: DirectPrism, contract: Contract, each: Case): Promise<string[]> {
  if (each.kind === "request") {
    // Malformed JSON never reaches the document: the server that reads it refuses it.
    if (each.breaks.includes("malformed")) return [];
    return requestFaults(each, await prism.ask(requestOf(contract, each)));
  }
  if (each.kind === "example") {
    const base = goodRequest(contract);
    const request = { ...base, headers: { ...base.headers, accept: each.accept } };
    return exampleFaults(each, contract.answers[each.from] as Answer, await prism.ask(request, each.prefer));
  }
  return answerFaults(each, await prism.judge(goodRequest(contract), answerOf(contract, each)));
}

/** The document with one path: what the other paths say cannot change what these cases see. */
export function onlyPathOf(document: Document, contract: Contract): Document {
  const { path } = goodRequest(contract);
  return { ...document, paths: { [path]: document.paths?.[path] ?? {} } };
}

/** The cases about the mutant's place come first: they are the ones that should notice. */
function nearestFirst(cases: Case[], pointer: string): Case[] {
  const parts = pointer.split("/");
  const shared = ({ about }: Case): number => {
    const own = about.split("/");
    const end = own.findIndex((part, index) => part !== parts[index]);
    return end === -1 ? own.length : end;
  };
  const ranked = cases.map((each) => ({ each, rank: shared(each) }));
  return ranked.sort((a, b) => b.rank - a.rank).map(({ each }) => each);
}
