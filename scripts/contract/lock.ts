// Lock files: the cases as a person last reviewed them. One file per operation, one line per entry.
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { root, shown, UserError } from "../cli.js";
import type { Case, Contract, HttpRequest, HttpResponse } from "./case.js";

export const lockFolder = join(root, "test/contract/lock");

/** The text of a lock file: valid requests and responses first, then the cases. */
export function lockText({ requests, responses, cases }: Contract): string {
  const lines = [
    ...Object.entries(requests).map(([name, request]) => ({ request: name, ...request })),
    ...Object.entries(responses).map(([name, response]) => ({ response: name, ...response })),
    ...cases.map(withOrderedKeys),
  ];
  return `${lines.map((line) => JSON.stringify(line)).join("\n")}\n`;
}

const keyOrder = [
  ...["id", "kind", "about", "from", "remove", "set"],
  ...["status", "violations", "partial", "prefer", "accept"],
];

/** The same case with its keys in a fixed order, so that a change in the code doesn't change the file. */
const withOrderedKeys = (each: Case): Case =>
  Object.fromEntries(
    keyOrder.flatMap((key) =>
      key in each ? [[key, (each as unknown as Record<string, unknown>)[key]]] : [],
    ),
  ) as unknown as Case;

type Line = ({ request: string } & HttpRequest) | ({ response: string } & HttpResponse) | Case;

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

function parseLine(operation: string, line: string): Line {
  try {
    return JSON.parse(line) as Line;
  } catch {
    const file = shown(join(lockFolder, operation + extension));
    throw new UserError(
      `${file} has a line that isn't JSON, such as a merge conflict. Delete the file and run \`npm run lock\`.`,
    );
  }
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

/** Replaces the lock files. Files of operations that no longer exist are deleted. */
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

/** The entries that were added, removed or changed, by id or name. */
export function difference(before: Contract[], after: Contract[]): Difference {
  const [old, now] = [entriesOf(before), entriesOf(after)];
  return {
    added: [...now.keys()].filter((id) => !old.has(id)),
    removed: [...old.keys()].filter((id) => !now.has(id)),
    changed: [...now.keys()].filter((id) => old.has(id) && old.get(id) !== now.get(id)),
  };
}

const entriesOf = (contracts: Contract[]): Map<string, string> =>
  new Map(
    contracts.flatMap(({ operation, requests, responses, cases }) => [
      ...Object.entries(requests).map(([name, value]) => [
        `${operation} › request ${name}`,
        JSON.stringify(value),
      ]),
      ...Object.entries(responses).map(([name, value]) => [
        `${operation} › response ${name}`,
        JSON.stringify(value),
      ]),
      ...cases.map((each) => [each.id, JSON.stringify(withOrderedKeys(each))]),
    ]) as [string, string][],
  );

/** The difference as text. Empty if there is none. */
export function summary({ added, removed, changed }: Difference, limit = 40): string {
  const section = (title: string, mark: string, ids: string[]) =>
    ids.length === 0
      ? []
      : [
          `${ids.length} ${title}`,
          ...ids.slice(0, limit).map((id) => `  ${mark} ${id}`),
          ...(ids.length > limit ? [`    … and ${ids.length - limit} more`] : []),
        ];
  return [
    ...section("added", "+", added),
    ...section("removed", "-", removed),
    ...section("changed", "~", changed),
  ].join("\n");
}
