// Documents of any size in the style of our own: families of operations like that of the customers.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { root } from "../cli.js";
import { at, type Document, methods, type PathItem } from "../generate/openapi.js";

type Json = { [key: string]: unknown };
type Bundle = Document & {
  tags?: { name: string }[];
  paths: Record<string, PathItem>;
  components: Record<string, Json>;
};

const kinds = "Retail Wholesale Regional Foreign Corporate Private Public Seasonal Digital Local".split(" ");
const people = "Supplier Merchant Partner Tenant Member Donor Driver Patient Student Guest".split(" ");

/** Names for the families after the first; none is a word of the document, so that replacing is enough. */
const nouns = kinds.flatMap((kind) => people.map((person) => `${kind}${person}`));

/** Our own document. */
export async function readDocument(): Promise<Document> {
  return JSON.parse(await readFile(join(root, "generated/openapi.json"), "utf8")) as Document;
}

/**
 * A document with `count` operations, made of our own bundle: its first operations; where there are not enough,
 * the whole family again for other nouns (`/retail_suppliers`, `createRetailSupplier` …), with schemas and examples
 * of its own. What says how errors look is shared, as it is in an API that grew.
 */
export async function documentWith(count: number): Promise<Document> {
  const family = (await readDocument()) as Bundle;
  const size = operationCount(family);
  if (count <= size) return firstOperations(family, count);
  const families = Math.ceil(count / size);
  if (families > nouns.length + 1) {
    throw new Error(
      `A document of ${count} operations needs ${families} families of ${size}; there are names for ${nouns.length + 1}.`,
    );
  }
  const shared = sharedReferences(family);
  const whole = nouns
    .slice(0, families - 1)
    .map((noun) => renamed(family, noun, shared))
    .reduce(together, family);
  return firstOperations(whole, count);
}

const operationCount = ({ paths }: Bundle): number =>
  Object.values(paths).reduce((sum, item) => sum + methods.filter((method) => item[method]).length, 0);

/** The same family under another noun; components that are not shared get a name of their own. */
function renamed(family: Bundle, noun: string, shared: Set<string>): Bundle {
  const snake = noun.replace(/(?<=.)[A-Z]/g, (letter) => `_${letter}`).toLowerCase();
  const text = JSON.stringify(family, (_key, value) =>
    isReference(value) ? ownReference(value, noun, shared) : value,
  )
    .replaceAll("Customer", noun)
    .replaceAll("customer", snake);
  const bundle = JSON.parse(text) as Bundle;
  for (const [section, entries] of Object.entries(bundle.components)) {
    const own = Object.entries(family.components[section] ?? {}).map(([name], index): [string, unknown] => [
      shared.has(`#/components/${section}/${name}`) ? name : ownName(name, noun, snake),
      Object.values(entries)[index],
    ]);
    bundle.components[section] = Object.fromEntries(own);
  }
  return bundle;
}

/** `Customer` → `RetailSupplier`, `Balance` → `RetailSupplierBalance`. */
const ownName = (name: string, noun: string, snake: string): string =>
  namesCustomer(name) ? name.replaceAll("Customer", noun).replaceAll("customer", snake) : `${noun}${name}`;

function ownReference(value: { $ref: string }, noun: string, shared: Set<string>): { $ref: string } {
  if (shared.has(value.$ref)) return value;
  const [, start, name] = /^(#\/components\/\w+\/)(.+)$/.exec(value.$ref) ?? [];
  if (!start || !name) return value;
  // The noun in a name that has one already is replaced with the rest of the text.
  return { ...value, $ref: namesCustomer(name) ? value.$ref : `${start}${noun}${name}` };
}

/** References to what every family uses: how one authenticates, what a header is, how an error looks. */
function sharedReferences(family: Bundle): Set<string> {
  const errors = Object.values(family.paths)
    .flatMap((item) => methods.map((method) => item[method]?.responses ?? {}))
    .flatMap((responses) => Object.entries(responses).filter(([status]) => !/^[123]/.test(status)));
  const found = reachable(family, errors);
  for (const section of ["securitySchemes", "headers", "parameters"]) {
    for (const [name, value] of Object.entries(family.components[section] ?? {})) {
      if (!namesCustomer(value)) found.add(`#/components/${section}/${name}`);
    }
  }
  return new Set([...found].filter((reference) => !namesCustomer(reference)));
}

const namesCustomer = (value: unknown): boolean => /customer/i.test(JSON.stringify(value));

const together = (one: Bundle, other: Bundle): Bundle => ({
  ...one,
  tags: [...(one.tags ?? []), ...(other.tags ?? [])],
  paths: { ...one.paths, ...other.paths },
  components: Object.fromEntries(
    Object.entries(one.components).map(([section, entries]) => [
      section,
      { ...other.components[section], ...entries },
    ]),
  ),
});

/** The document with its first operations, and of its components and tags what they use. */
function firstOperations(bundle: Bundle, count: number): Bundle {
  const paths: Bundle["paths"] = {};
  let left = count;
  for (const [path, item] of Object.entries(bundle.paths)) {
    const dropped = methods.filter((method) => item[method] && left-- <= 0);
    const kept = Object.fromEntries(Object.entries(item).filter(([key]) => !dropped.includes(key as "get")));
    if (methods.some((method) => method in kept)) paths[path] = kept as PathItem;
  }
  const used = reachable(bundle, paths);
  const tags = new Set(
    Object.values(paths).flatMap((item) => methods.flatMap((method) => item[method]?.tags ?? [])),
  );
  const components = Object.entries(bundle.components).map(([section, entries]): [string, Json] => [
    section,
    section === "securitySchemes"
      ? entries
      : Object.fromEntries(
          Object.entries(entries).filter(([name]) => used.has(`#/components/${section}/${name}`)),
        ),
  ]);
  return {
    ...bundle,
    tags: (bundle.tags ?? []).filter(({ name }) => tags.has(name)),
    paths,
    components: Object.fromEntries(components.filter(([, entries]) => Object.keys(entries).length > 0)),
  };
}

/** Every reference that can be reached from a part of the document. */
function reachable(bundle: Bundle, from: unknown, found = new Set<string>()): Set<string> {
  if (isReference(from) && !found.has(from.$ref)) {
    found.add(from.$ref);
    reachable(bundle, at(bundle, from.$ref), found);
  }
  if (typeof from === "object" && from !== null) {
    for (const value of Object.values(from)) reachable(bundle, value, found);
  }
  return found;
}

const isReference = (value: unknown): value is { $ref: string } =>
  typeof value === "object" && value !== null && typeof (value as { $ref?: unknown }).$ref === "string";
