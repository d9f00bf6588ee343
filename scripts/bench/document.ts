// OpenAPI documents of any size, made from the customers family of the specification.
import type { Document } from "../openapi/document.js";
import { readDocument } from "../openapi/load.js";
import { operationsOf } from "../openapi/operations.js";
import { valueAt } from "../openapi/pointers.js";

const kinds = "Retail Wholesale Regional Foreign Corporate Private Public Seasonal Digital Local".split(" ");
const roles = "Supplier Merchant Partner Tenant Member Donor Driver Patient Student Guest".split(" ");
const nouns = kinds.flatMap((kind) => roles.map((role) => `${kind}${role}`));

/** The value of an example of the specification. */
export async function exampleOf<Value>(name: string): Promise<Value> {
  return valueAt(await readDocument(), `#/components/examples/${name}/value`) as Value;
}

/**
 * A document with `count` operations: the specification's, then the same family for other nouns (`/retail_suppliers`,
 * `createRetailSupplier` …). Components whose names don't contain "Customer", such as errors, are shared.
 */
export async function documentWith(count: number): Promise<Document> {
  const family = await readDocument();
  const copies = Math.ceil(count / operationsOf(family).length) - 1;
  const document = nouns
    .slice(0, copies)
    .map((noun) => renamed(family, noun))
    .reduce(merged, family);
  return { ...document, paths: firstOperations(document, count) };
}

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

function firstOperations(document: Document, count: number): NonNullable<Document["paths"]> {
  const paths: NonNullable<Document["paths"]> = {};
  for (const { path, method, operation } of operationsOf(document).slice(0, count)) {
    const parameters = document.paths?.[path]?.parameters ?? [];
    paths[path] = { ...paths[path], parameters, [method]: operation };
  }
  return paths;
}
