// generated/validators.js: what the document allows, compiled by Ajv, so that users need neither Ajv nor `eval`.
// generated/contract.ts: the table of the validators, the security and the first example of each operation.
import { Ajv2020 } from "ajv/dist/2020.js";
import standalone from "ajv/dist/standalone/index.js";
import formats from "ajv-formats";
import {
  type Document,
  type MediaType,
  type OperationEntry,
  operationsOf,
  type Parameter,
  type RequestBody,
  type ResponseObject,
  resolve,
  type Schema,
  type SecurityScheme,
} from "./openapi.js";

export interface Validators {
  /** Content of validators.js. */
  code: string;
  /** Content of contract.ts. */
  contract: string;
}

// Both packages are CommonJS, and TypeScript takes the namespace for the default export.
const addFormats = formats as unknown as (ajv: Ajv2020, options: { mode: "full" }) => void;
const standaloneCode = standalone as unknown as (ajv: Ajv2020, names: Record<string, string>) => string;

const documentId = "openapi";

/** The schemas that get a validator: the pointer in the document, by the name of the function. */
type Schemas = Map<string, string>;

export function validators(document: Document): Validators {
  const schemas: Schemas = new Map();
  const entries = [...operationsOf(document)].map((entry) => describeOperation(document, entry, schemas));
  return { code: compile(document, schemas), contract: contractModule(entries) };
}

function compile(document: Document, schemas: Schemas): string {
  const ajv = new Ajv2020({
    // The document has keywords of OpenAPI, and extensions.
    strict: false,
    validateSchema: false,
    allErrors: true,
    // For a `oneOf` of objects with a tag, only the branch of the tag is reported.
    discriminator: true,
    // Each shared schema becomes one function.
    inlineRefs: false,
    code: { source: true, esm: true },
    logger: false,
  });
  // The fast formats accept dates that don't exist.
  addFormats(ajv, { mode: "full" });
  ajv.addSchema(toCompile(document, document) as object, documentId);
  for (const [name, pointer] of schemas) ajv.addSchema({ $ref: `${documentId}#${pointer}` }, name);
  const code = standaloneCode(ajv, Object.fromEntries([...schemas.keys()].map((name) => [name, name])));
  return toImports(code);
}

/** The document without texts for people, and with a discriminator if the branches of a `oneOf` have a tag. */
function toCompile(document: Document, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => toCompile(document, item));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(
    ([key, text]) => !(isForPeople(key) && !isSchemaOf(key, text)),
  );
  const copy = Object.fromEntries(entries.map(([key, item]) => [key, toCompile(document, item)]));
  const tag = tagOf(document, (value as Schema).oneOf);
  // Ajv's `discriminator` ignores values that aren't objects.
  return tag ? { ...copy, type: "object", required: [tag], discriminator: { propertyName: tag } } : copy;
}

const isForPeople = (key: string): boolean =>
  /^(description|summary|title|examples?|externalDocs|x-.*)$/.test(key);

/** A property may be called `description`: then its value is a schema. */
const isSchemaOf = (key: string, value: unknown): boolean =>
  !key.startsWith("x-") &&
  typeof value === "object" &&
  value !== null &&
  ("type" in value || "$ref" in value);

/** The property that is a constant in each branch. */
function tagOf(document: Document, branches: Schema[] | undefined): string | undefined {
  const [first, ...others] = (branches ?? []).map(
    (branch) => resolve<Schema>(document, branch).properties ?? {},
  );
  if (!first || others.length === 0) return undefined;
  const isTag = (name: string) =>
    [first, ...others].every((properties) => typeof properties[name]?.const === "string");
  return Object.keys(first).find(isTag);
}

/** In the bundle and in Node.js, `default` is all of a CommonJS module's exports; in vitest, it's the export `default`. */
const exportsOf =
  'const exportsOf = (module) => (typeof module.default === "object" ? module.default : module);';

/** Ajv writes `require` for its own helpers, also in a module. */
function toImports(code: string): string {
  const imports = new Map<string, string>();
  const body = code.replace(/require\("([^"]+)"\)/g, (_match, path: string) => {
    const name = imports.get(path) ?? `helper${imports.size}`;
    imports.set(path, name);
    return name;
  });
  const lines = [...imports].map(
    ([path, name]) =>
      `import * as ${name}Module from ${JSON.stringify(`${path}.js`)};\nconst ${name} = exportsOf(${name}Module);`,
  );
  return `// @ts-nocheck\n${exportsOf}\n${lines.join("\n")}\n${body.replace(/^"use strict";/, "")}\n`;
}

function describeOperation(document: Document, entry: OperationEntry, schemas: Schemas): string {
  const { path, method, operation, item } = entry;
  const id = operation.operationId ?? "";
  const at = `/paths/${escapeKey(path)}/${method}`;
  const fields = [
    `security: ${JSON.stringify(securityOf(document, operation.security ?? document.security ?? []))}`,
    `parameters: [${parametersOf(document, item, entry)
      .map((parameter) => describeParameter(id, parameter, schemas))
      .join(", ")}]`,
  ];
  const body = operation.requestBody && resolve<RequestBody>(document, operation.requestBody);
  const media = jsonMedia(body?.content);
  if (body && media?.schema) {
    const name = `${id}Body`;
    schemas.set(
      name,
      pointerOf(operation.requestBody, `${at}/requestBody`, `/content/${escapeKey(media.type)}/schema`),
    );
    fields.push(`body: { required: ${body.required ?? false}, validate: validators.${name} }`);
  }
  fields.push(`responses: { ${describeResponses(document, entry, at, schemas).join(", ")} }`);
  fields.push(`success: ${JSON.stringify(successOf(document, entry))}`);
  return `  ${JSON.stringify(id)}: {\n${fields.map((field) => `    ${field},`).join("\n")}\n  },`;
}

interface LocatedParameter {
  parameter: Parameter;
  pointer: string;
}

function parametersOf(
  document: Document,
  item: OperationEntry["item"],
  { path, method }: OperationEntry,
): LocatedParameter[] {
  const located = (list: unknown[] | undefined, at: string) =>
    (list ?? []).map((value, index) => ({
      parameter: resolve<Parameter>(document, value as Parameter),
      pointer: pointerOf(value, `${at}/parameters/${index}`, "/schema"),
    }));
  const at = `/paths/${escapeKey(path)}`;
  const all = [...located(item.parameters, at), ...located(item[method]?.parameters, `${at}/${method}`)];
  return [...new Map(all.map((each) => [`${each.parameter.in} ${each.parameter.name}`, each])).values()];
}

function describeParameter(id: string, { parameter, pointer }: LocatedParameter, schemas: Schemas): string {
  const { name, required = false, schema } = parameter;
  const validator = `${id}${parameter.in}_${name}`.replace(/\W/g, "_");
  schemas.set(validator, pointer);
  const type = [schema?.type]
    .flat()
    .find((each) => each === "integer" || each === "number" || each === "boolean");
  const isDeepObject = (parameter as { style?: string }).style === "deepObject";
  return `{ in: ${JSON.stringify(parameter.in)}, name: ${JSON.stringify(name)}, required: ${required}, type: ${JSON.stringify(isDeepObject ? "deepObject" : (type ?? "string"))}, validate: validators.${validator} }`;
}

function describeResponses(
  document: Document,
  { operation }: OperationEntry,
  at: string,
  schemas: Schemas,
): string[] {
  return Object.entries(operation.responses ?? {}).map(([status, value]) => {
    const media = jsonMedia(resolve<ResponseObject>(document, value).content);
    if (!media?.schema) return `${JSON.stringify(status)}: undefined`;
    const pointer = pointerOf(value, `${at}/responses/${status}`, `/content/${escapeKey(media.type)}/schema`);
    // Error responses are shared: one validator for all operations.
    const known = [...schemas].find(([, each]) => each === pointer)?.[0];
    const name = known ?? `${operation.operationId}${status}`;
    schemas.set(name, pointer);
    return `${JSON.stringify(status)}: validators.${name}`;
  });
}

/** The documented success with its first example. */
function successOf(document: Document, { operation }: OperationEntry): { status: number; body?: unknown } {
  const [status = "200", value] =
    Object.entries(operation.responses ?? {}).find(([each]) => each.startsWith("2")) ?? [];
  const media = value && jsonMedia(resolve<ResponseObject>(document, value).content);
  const example = media ? Object.values(media.examples ?? {})[0] : undefined;
  const body = example && resolve<{ value?: unknown }>(document, example).value;
  const number = /^\d+$/.test(status) ? Number(status) : 200;
  return body === undefined ? { status: number } : { status: number, body };
}

/** Which headers a caller must send: alternatives, each with all that it needs. */
function securityOf(document: Document, requirements: Record<string, string[]>[]): string[][] {
  return requirements.map((requirement) =>
    Object.keys(requirement).map((name) => {
      const scheme = resolve<SecurityScheme>(document, {
        $ref: `#/components/securitySchemes/${escapeKey(name)}`,
      });
      return scheme.type === "apiKey" ? (scheme.name ?? "").toLowerCase() : "authorization";
    }),
  );
}

function jsonMedia(
  content: Record<string, MediaType> | undefined,
): (MediaType & { type: string; schema?: Schema }) | undefined {
  const found = Object.entries(content ?? {}).find(([type]) => /[/+]json\b/i.test(type));
  return found && { ...found[1], type: found[0] };
}

/** The pointer to a part of an object, which may be a reference to a component. */
function pointerOf(value: unknown, at: string, part: string): string {
  const { $ref } = value as { $ref?: string };
  return `${$ref ? $ref.replace(/^#/, "") : at}${part}`;
}

const escapeKey = (key: string): string =>
  encodeURIComponent(key.replaceAll("~", "~0").replaceAll("/", "~1"));

function contractModule(entries: string[]): string {
  return [
    `import type { Contract } from "../src/contract.js";`,
    `import * as validators from "./validators.js";`,
    "",
    "export const contract: Contract = {",
    ...entries,
    "};",
    "",
  ].join("\n");
}
