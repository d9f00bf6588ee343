// Runs the contract against mutants of the client: src/ with one piece of text replaced.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { build, type Plugin } from "esbuild";
import { operations } from "../../generated/operations.js";
import type { OnePayOptions, Operation } from "../../src/types.js";
import { root } from "../cli.js";
import { bodyText, type HttpResponse, responseOf } from "../contract/case.js";
import { type AnyClient, clientDifferences } from "../contract/client.js";
import { readLock } from "../contract/lock.js";
import type { MutantGroup } from "./score.js";

/** A name, a file below src/, a text that must be in the file exactly once, and its replacement. */
export type ClientMutant = [name: string, file: string, search: string, replacement: string];

export const clientMutants: ClientMutant[] = [
  ["422 has no error class", "errors.ts", "[422, UnprocessableEntityError],", ""],
  ["429 has no error class", "errors.ts", "[429, RateLimitError],", ""],
  ["the documented spelling `erros` is ignored", "error-body.ts", "erros, errors = erros", "errors"],
  ["the code name of an error is ignored", "error-body.ts", "code_name: codeName,", "codeName,"],
  ["the code of an error is ignored", "error-body.ts", "isNumeric ? Number(code) : undefined", "undefined"],
  ["Retry-After is read as milliseconds", "retry.ts", "Number(value) * 1_000", "Number(value)"],
  [
    "a 5xx has the outcome `rejected`",
    "retry.ts",
    "status >= 400 && status < 500 && !ambiguousStatuses.has(status)",
    "status >= 400",
  ],
  [
    "a success that isn't JSON is returned as text",
    "attempt.ts",
    'if (!json || !declaresJson(response)) return invalid("not-json", response, text);',
    'if (!json) return { kind: "success", response, text, data: text };',
  ],
  ["the body of an error is ignored", "attempt.ts", "const body = json ? json.value :", "const body ="],
  [
    "a list loses its first item",
    "pagination.ts",
    "const items = isRepeated ? [] : envelope.items;",
    "const items = envelope.items.slice(1);",
  ],
];

export async function runClientMutants(mutants = clientMutants): Promise<MutantGroup> {
  const undetected: string[] = [];
  // If the unchanged client fails, a detected mutant proves nothing.
  const difference = await firstDifference();
  if (difference !== undefined) undetected.push(`the unchanged client fails: ${difference}`);
  for (const [name, file, search, replacement] of mutants) {
    const path = join(root, "src", file);
    const [before, after, ...others] = (await readFile(path, "utf8")).split(search);
    if (after === undefined || others.length > 0)
      undetected.push(
        `${name}: src/${file} must contain "${search}" once. Update scripts/mutation/client.ts.`,
      );
    else if ((await firstDifference({ path, text: before + replacement + after })) === undefined)
      undetected.push(name);
  }
  return { name: "Client", mutants: mutants.length, undetected };
}

interface ChangedFile {
  path: string;
  text: string;
}

/** The first difference that the cases find in a client. */
async function firstDifference(changed?: ChangedFile): Promise<string | undefined> {
  let next: HttpResponse = { status: 500, headers: {} };
  const OnePay = await loadClient(changed);
  const client = new OnePay({
    apiKey: "sk_test_contract",
    baseUrl: "http://127.0.0.1:9",
    maxRetries: 0,
    fetch: async () => {
      const { status, headers } = next;
      return new Response(status === 204 ? null : (bodyText(next) ?? null), { status, headers });
    },
  });
  for (const contract of await readLock()) {
    const operation = (operations as Record<string, Operation>)[contract.operation] as Operation;
    for (const each of contract.cases) {
      if (each.kind !== "response") continue;
      next = responseOf(contract, each);
      const [difference] = await clientDifferences(client, operation, contract, each);
      if (difference !== undefined) return `${each.id}: ${difference}`;
    }
  }
  return undefined;
}

/** Bundles and loads the client, with one changed file. */
async function loadClient(changed?: ChangedFile): Promise<new (options: OnePayOptions) => AnyClient> {
  const mutant: Plugin = {
    name: "mutant",
    setup: ({ onLoad }) =>
      onLoad({ filter: /\.ts$/ }, ({ path }) =>
        path === changed?.path ? { contents: changed.text, loader: "ts" } : undefined,
      ),
  };
  const entryPoints = [join(root, "src/index.ts")];
  const bundle = await build({ entryPoints, bundle: true, format: "esm", write: false, plugins: [mutant] });
  const script = Buffer.from(bundle.outputFiles[0]?.contents ?? []).toString("base64");
  return (await import(`data:text/javascript;base64,${script}`)).OnePay;
}
