// OpenAPI documents of any size, made from the customers family of the specification.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { root } from "../cli.js";
import { type Document, methods } from "../openapi/document.js";
import { valueAt } from "../openapi/pointers.js";

const kinds = "Retail Wholesale Regional Foreign Corporate Private Public Seasonal Digital Local".split(" ");
const roles = "Supplier Merchant Partner Tenant Member Donor Driver Patient Student Guest".split(" ");
const nouns = kinds.flatMap((kind) => roles.map((role) => `${kind}${role}`));

/** The bundled specification. */
export async function readDocument(): Promise<Document> {
  return JSON.parse(await readFile(join(root, "generated/openapi.json"), "utf8")) as Document;
}

/** The value of an example of the specification. */
export async function exampleOf<Value>(name: string): Promise<Value> {
  return (valueAt(await readDocument(), `#/components/examples/${name}`) as { value: Value }).value;
}

/**
 * A document with `count` operations: the specification's, then the same family for other nouns (`/retail_suppliers`,
 * `createRetailSupplier` …). Components whose names don't contain "Customer", such as errors, are shared.
 */
export async function documentWith(count: number): Promise<Document> {
  const family = await readDocument();
  const copies = Math.ceil(count / operationCount(family)) - 1;
  if (copies > nouns.length)
    throw new Error(`There are names for ${nouns.length} copies, not for ${copies}.`);
  const document = nouns
    .slice(0, copies)
    .map((noun) => renamed(family, noun))
    .reduce(merged, family);
  return firstOperations(document, count);
}

const operationCount = ({ paths = {} }: Document): number =>
  Object.values(paths).flatMap((item) => methods.filter((method) => item[method])).length;

function renamed(family: Document, noun: string): Document {
  const snakeCase = noun.replace(/(?<=.)[A-Z]/g, (letter) => `_${letter}`).toLowerCase();
  const text = JSON.stringify(family).replaceAll("Customer", noun).replaceAll("customer", snakeCase);
  return JSON.parse(text) as Document;
}

type Tagged = Document & { tags?: object[] };

const merged = (first: Tagged, second: Tagged): Tagged => ({
  ...first,
  tags: [...(first.tags ?? []), ...(second.tags ?? [])],
  paths: { ...first.paths, ...second.paths },
  components: Object.fromEntries(
    Object.entries(first.components ?? {}).map(([section, entries]) => [
      section,
      { ...second.components?.[section], ...entries },
    ]),
  ),
});

/** The document with its first operations. */
function firstOperations(document: Document, count: number): Document {
  const paths: NonNullable<Document["paths"]> = {};
  let remaining = count;
  for (const [path, item] of Object.entries(document.paths ?? {})) {
    for (const method of methods.filter((name) => item[name]).slice(0, remaining)) {
      paths[path] = { ...paths[path], parameters: item.parameters ?? [], [method]: item[method] };
      remaining--;
    }
  }
  return { ...document, paths };
}
