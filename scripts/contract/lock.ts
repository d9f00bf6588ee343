// Lock files: the cases as a person last reviewed them. One file per operation, one line per entry.
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { root, shown, UserError } from "../cli.js";
import type { Case, Contract, HttpRequest, HttpResponse } from "./case.js";

const folder = join(root, "test/contract/lock");
const extension = ".jsonl";
const fileOf = (operation: string) => join(folder, operation + extension);

const keyOrder = [
  ...["id", "kind", "about", "from", "remove", "set"],
  ...["status", "violations", "partial", "prefer", "accept"],
] as (keyof Case)[];

/** The same case with its keys in a fixed order, so that a change in the code doesn't change the file. */
const withOrderedKeys = (each: Case): object =>
  Object.fromEntries(keyOrder.filter((key) => key in each).map((key) => [key, each[key]]));

/** The lines of a lock file, each with its name: valid requests and responses first, then the cases. */
const linesOf = ({ operation, requests, responses, cases }: Contract): [name: string, line: string][] => [
  ...Object.entries(requests).map(([name, request]): [string, string] => [
    `${operation} › request ${name}`,
    JSON.stringify({ request: name, ...request }),
  ]),
  ...Object.entries(responses).map(([name, response]): [string, string] => [
    `${operation} › response ${name}`,
    JSON.stringify({ response: name, ...response }),
  ]),
  ...cases.map((each): [string, string] => [each.id, JSON.stringify(withOrderedKeys(each))]),
];

export const lockText = (contract: Contract): string =>
  linesOf(contract)
    .map(([, line]) => `${line}\n`)
    .join("");

export function parseLock(operation: string, text: string): Contract {
  const contract: Contract = { operation, requests: {}, responses: {}, cases: [] };
  for (const line of text.split("\n").filter(Boolean)) {
    const entry = parseLine(operation, line);
    if ("id" in entry) contract.cases.push(entry);
    else if ("request" in entry) {
      const { request, ...rest } = entry;
      contract.requests[request] = rest;
    } else {
      const { response, ...rest } = entry;
      contract.responses[response] = rest;
    }
  }
  return contract;
}

type Line = ({ request: string } & HttpRequest) | ({ response: string } & HttpResponse) | Case;

function parseLine(operation: string, line: string): Line {
  try {
    return JSON.parse(line) as Line;
  } catch {
    throw new UserError(
      `${shown(fileOf(operation))} has a line that isn't JSON, such as a merge conflict. Delete the file and run \`npm run lock\`.`,
    );
  }
}

/** The operations that have a lock file, in alphabetical order. */
const lockedOperations = async (): Promise<string[]> =>
  (await readdir(folder))
    .filter((file) => file.endsWith(extension))
    .map((file) => file.slice(0, -extension.length))
    .sort();

export const readLock = async (): Promise<Contract[]> =>
  Promise.all(
    (await lockedOperations()).map(async (operation) =>
      parseLock(operation, await readFile(fileOf(operation), "utf8")),
    ),
  );

/** Replaces the lock files. Files of operations that no longer exist are deleted. */
export async function writeLock(contracts: Contract[]): Promise<void> {
  for (const operation of await lockedOperations()) await rm(fileOf(operation));
  for (const contract of contracts) await writeFile(fileOf(contract.operation), lockText(contract), "utf8");
}

export interface Difference {
  added: string[];
  removed: string[];
  changed: string[];
}

/** The names of the entries that were added, removed or changed. */
export function difference(before: Contract[], after: Contract[]): Difference {
  const [old, now] = [new Map(before.flatMap(linesOf)), new Map(after.flatMap(linesOf))];
  return {
    added: [...now.keys()].filter((name) => !old.has(name)),
    removed: [...old.keys()].filter((name) => !now.has(name)),
    changed: [...now.keys()].filter((name) => old.has(name) && old.get(name) !== now.get(name)),
  };
}

const limit = 40;

/** The difference as text. Empty if there is none. */
export function summary({ added, removed, changed }: Difference): string {
  const sections = [
    { title: "added", mark: "+", names: added },
    { title: "removed", mark: "-", names: removed },
    { title: "changed", mark: "~", names: changed },
  ].filter(({ names }) => names.length > 0);
  const lines = sections.flatMap(({ title, mark, names }) => [
    `${names.length} ${title}`,
    ...names.slice(0, limit).map((name) => `  ${mark} ${name}`),
    ...(names.length > limit ? [`    … and ${names.length - limit} more`] : []),
  ]);
  return lines.join("\n");
}
