// Broken mocks: Prism's verdicts, bent in the ways in which a mock can be wrong.
import type { Contract } from "../contract/case.js";
import { readDocument, readLock } from "../contract/lock.js";
import { type DirectPrism, directPrism, type Verdict } from "../contract/prism.js";
import { isObject } from "../contract/values.js";
import { prismFaults } from "./hunt.js";
import type { Side } from "./sides.js";

/** A good mock in, a broken one out. */
type Defect = (prism: DirectPrism) => DirectPrism;

const asking =
  (bend: (verdict: Verdict) => Verdict): Defect =>
  (prism) => ({ ...prism, ask: async (...args) => bend(await prism.ask(...args)) });

const judging =
  (bend: (verdict: Verdict) => Verdict): Defect =>
  (prism) => ({ ...prism, judge: async (...args) => bend(await prism.judge(...args)) });

/** Forgets the violations of one kind, and lets through what has no other. */
const lenient =
  (prefix: string): Defect =>
  (prism) => ({
    ...prism,
    async ask(request, prefer) {
      const verdict = await prism.ask(request, prefer);
      const left = verdict.request.filter((each) => !each.startsWith(prefix));
      if (left.length > 0 || verdict.request.length === 0) return { ...verdict, request: left };
      return { ...verdict, request: [], answer: { status: 200, headers: {} } };
    },
  });

const answered = (bend: (verdict: Verdict["answer"]) => Partial<Verdict["answer"]>): Defect =>
  asking((verdict) => ({ ...verdict, answer: { ...verdict.answer, ...bend(verdict.answer) } }));

const defects: Record<string, Defect> = {
  "it accepts every body": lenient("body"),
  "it checks no headers": lenient("header"),
  "it checks no query": lenient("query"),
  "it checks no path": lenient("path"),
  "it asks for no key": lenient("security"),
  "it takes any content type": lenient("content-type"),
  "it answers with the first example, whichever is asked for": (prism) => ({
    ...prism,
    ask: (request, prefer) => prism.ask(request, prefer && { code: prefer.code }),
  }),
  "it answers 200 to every success": answered(({ status }) => (status < 300 ? { status: 200 } : {})),
  "it refuses with 400 instead of 422": answered(({ status }) => (status === 422 ? { status: 400 } : {})),
  "it sends no headers": answered(() => ({ headers: {} })),
  "it leaves a field out of its answers": answered(({ body }) =>
    isObject(body) ? { body: Object.fromEntries(Object.entries(body).slice(1)) } : {},
  ),
  "it names the wrong rule": asking((verdict) => ({
    ...verdict,
    request: verdict.request.map((each) => each.replace(/ \w+$/, " type")),
  })),
  "it names the wrong place": asking((verdict) => ({
    ...verdict,
    request: verdict.request.map((each) => each.replace(/\.\w+ /, ".other ")),
  })),
  "it finds faults in its own answers": asking((verdict) => ({ ...verdict, response: ["body type"] })),
  "it lets every answer of an upstream pass": judging((verdict) => ({ ...verdict, response: [] })),
  "it lets undocumented statuses pass": judging((verdict) => ({
    ...verdict,
    response: verdict.response.filter((each) => each !== "status"),
  })),
  "it refuses unknown fields of an upstream": (prism) => ({
    ...prism,
    async judge(request, answer) {
      const verdict = await prism.judge(request, answer);
      const unknown = isObject(answer.body) && "unexpected" in answer.body;
      return unknown ? { ...verdict, response: ["body.unexpected additionalProperties"] } : verdict;
    },
  }),
};

export async function brokenMocks(): Promise<Side> {
  const prism = await directPrism(await readDocument());
  const contracts = await readLock();
  const unnoticed: string[] = [];
  for (const [name, defect] of Object.entries(defects))
    if (!(await isNoticed(defect(prism), contracts))) unnoticed.push(name);
  return { name: "Mock", broken: Object.keys(defects).length, unnoticed };
}

async function isNoticed(broken: DirectPrism, contracts: Contract[]): Promise<boolean> {
  for (const contract of contracts) {
    for (const each of contract.cases) {
      if ((await prismFaults(broken, contract, each)).length > 0) return true;
    }
  }
  return false;
}
