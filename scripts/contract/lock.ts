// The lock: the cases as they were when a person last looked at them. One file an operation, one line a thing.
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { root } from "../cli.js";
import type { Answer, Case, Contract, Request } from "./case.js";
import type { Document } from "./document.js";

export const lockFolder = join(root, "test/contract/lock");
export const documentFile = join(root, "generated/openapi.json");

export async function readDocument(file = documentFile): Promise<Document> {
  return JSON.parse(await readFile(file, "utf8")) as Document;
}

/** One contract as the text of its lock file: its good requests and answers first, then its cases. */
export function lockText({ requests, answers, cases }: Contract): string {
  const lines = [
    ...Object.entries(requests).map(([name, request]) => ({ request: name, ...request })),
    ...Object.entries(answers).map(([name, answer]) => ({ answer: name, ...answer })),
    ...cases.map(ordered),
  ];
  return `${lines.map((line) => JSON.stringify(line)).join("\n")}\n`;
}

const order = [
  "id",
  "kind",
  "about",
  "from",
  "remove",
  "set",
  "status",
  "breaks",
  "among",
  "prefer",
  "accept",
];

/** The same case with its keys in one order, so that how it was made does not show. */
const ordered = (each: Case): Case =>
  Object.fromEntries(
    order.flatMap((key) => (key in each ? [[key, (each as unknown as Record<string, unknown>)[key]]] : [])),
  ) as unknown as Case;

type Line = ({ request: string } & Request) | ({ answer: string } & Answer) | Case;

export function parseLock(operation: string, text: string): Contract {
  const contract: Contract = { operation, requests: {}, answers: {}, cases: [] };
  for (const line of text.split("\n").filter(Boolean)) {
    const entry = JSON.parse(line) as Line;
    if ("id" in entry) contract.cases.push(entry);
    else if ("request" in entry) {
      const { request, ...rest } = entry;
      contract.requests[request] = rest;
    } else {
      const { answer, ...rest } = entry;
      contract.answers[answer] = rest;
    }
  }
  return contract;
}

const extension = ".jsonl";

export async function readLock(folder = lockFolder): Promise<Contract[]> {
  const files = (await readdir(folder).catch(() => [])).filter((file) => file.endsWith(extension)).sort();
  return Promise.all(
    files.map(async (file) =>
      parseLock(file.slice(0, -extension.length), await readFile(join(folder, file), "utf8")),
    ),
  );
}

/** Writes the lock anew; files of operations that are gone go, too. */
export async function writeLock(contracts: Contract[], folder = lockFolder): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const file of await readdir(folder)) if (file.endsWith(extension)) await rm(join(folder, file));
  await Promise.all(
    contracts.map((contract) =>
      writeFile(join(folder, contract.operation + extension), lockText(contract), "utf8"),
    ),
  );
}

export interface Difference {
  added: string[];
  removed: string[];
  changed: string[];
}

/** What is new, gone or different, by the ids of cases and the names of good requests and answers. */
export function difference(before: Contract[], after: Contract[]): Difference {
  const [old, now] = [before, after].map(entries) as [Map<string, string>, Map<string, string>];
  return {
    added: [...now.keys()].filter((id) => !old.has(id)),
    removed: [...old.keys()].filter((id) => !now.has(id)),
    changed: [...now.keys()].filter((id) => old.has(id) && old.get(id) !== now.get(id)),
  };
}

const entries = (contracts: Contract[]): Map<string, string> =>
  new Map(
    contracts.flatMap(({ operation, requests, answers, cases }) => [
      ...Object.entries(requests).map(([name, value]) => [
        `${operation} › request ${name}`,
        JSON.stringify(value),
      ]),
      ...Object.entries(answers).map(([name, value]) => [
        `${operation} › answer ${name}`,
        JSON.stringify(value),
      ]),
      ...cases.map((each) => [each.id, JSON.stringify(ordered(each))]),
    ]) as [string, string][],
  );

/** The difference for a person to read; empty where there is none. */
export function summary({ added, removed, changed }: Difference, limit = 40): string {
  const part = (title: string, mark: string, ids: string[]) =>
    ids.length === 0
      ? []
      : [
          `${ids.length} ${title}`,
          ...ids.slice(0, limit).map((id) => `  ${mark} ${id}`),
          ...(ids.length > limit ? [`    … and ${ids.length - limit} more`] : []),
        ];
  return [
    ...part("added", "+", added),
    ...part("removed", "-", removed),
    ...part("changed", "~", changed),
  ].join("\n");
}
