// generated/bodies.js and generated/validators.js: which request bodies, and which parameters and responses the document
// allows, compiled by Ajv, so that users need neither Ajv nor `eval`.
// generated/contract.ts: the table of the validators, the security and the first example of each operation.
import { Ajv2020 } from "ajv/dist/2020.js";
import standalone from "ajv/dist/standalone/index.js";
import formats from "ajv-formats";
import type {
  Document,
  MediaTypeObject,
  ParameterObject,
  RequestBody,
  ResponseObject,
  Schema,
  SecurityScheme,
} from "../openapi/document.js";
import { type OperationEntry, operationsOf } from "../openapi/operations.js";
import { valueAt } from "../openapi/pointers.js";
import { resolve } from "../openapi/references.js";
import { uniqueName, variableName } from "./names.js";
import { tagOf } from "./tag.js";

export interface Validators {
  /** Content of bodies.js: the request bodies. */
  bodies: string;
  /** The function of bodies.js, by operationId. */
  bodyNames: Map<string, string>;
  /** Content of validators.js: parameters and responses. */
  code: string;
  /** Content of contract.ts. */
  contract: string;
  /** The function of validators.js for a response, by operationId and status. */
  responseNames: Map<string, Map<string, string | undefined>>;
}

// Both packages are CommonJS, and TypeScript takes the namespace for the default export.
const addFormats = formats as unknown as (ajv: Ajv2020, options: { mode: "full" }) => void;
const standaloneCode = standalone as unknown as (ajv: Ajv2020, names: Record<string, string>) => string;

const documentId = "openapi";

/** The schemas that get a validator: the pointer in the document, by the name of the function. */
type Schemas = Map<string, string>;

interface Named {
  bodies: Schemas;
  /** The function of `bodies`, by operationId. */
  bodyNames: Map<string, string>;
  others: Schemas;
  responseNames: Validators["responseNames"];
}

/** `runtime` is the import path of src/. */
export function validators(document: Document, runtime: string): Validators {
  const named: Named = {
    bodies: new Map(),
    bodyNames: new Map(),
    others: new Map(),
    responseNames: new Map(),
  };
  const entries = [...operationsOf(document)].map((entry) => describeOperation(document, entry, named));
  return {
    bodies: compile(document, named.bodies),
    bodyNames: named.bodyNames,
    code: compile(document, named.others),
    contract: contractModule(entries, runtime),
    responseNames: named.responseNames,
  };
}

/** Adds a schema under a name that a variable can have, unless it has a name: error responses are shared. */
function addSchema(document: Document, schemas: Schemas, name: string, pointer: string): string {
  const target = targetOf(document, pointer);
  const known = [...schemas].find(([, each]) => each === target)?.[0];
  if (known) return known;
  const unique = uniqueName(variableName(name), new Set(schemas.keys()));
  schemas.set(unique, target);
  return unique;
}

/** The pointer to the schema that a schema refers to. A reference to itself ends at `seen`. */
function targetOf(document: Document, pointer: string, seen: string[] = []): string {
  const { $ref = "" } = (valueAt(document, `#${pointer}`) ?? {}) as { $ref?: string };
  if (!$ref.startsWith("#/") || seen.includes(pointer)) return pointer;
  return targetOf(document, $ref.slice(1), [...seen, pointer]);
}

function compile(document: Document, schemas: Schemas): string {
  const ajv = new Ajv2020({
    // The document has keywords of OpenAPI, and extensions.
    strict: false,
    validateSchema: false,
    allErrors: true,
    // Nobody reads Ajv's own messages.
    messages: false,
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
  const referenced = referencesIn(document);
  const references = [...schemas].map(([name, pointer]) => {
    const reference = `${documentId}#${pointer}`;
    if (!referenced.has(`#${pointer}`)) return [name, reference];
    // Ajv would print the function twice: for its name, and for the schemas that refer to it.
    ajv.addSchema({ $ref: reference }, name);
    return [name, name];
  });
  const code = standaloneCode(ajv, Object.fromEntries(references));
  return toImports(code);
}

/** Every `$ref` in a value. */
function referencesIn(value: unknown, found = new Set<string>()): Set<string> {
  if (typeof value !== "object" || value === null) return found;
  if ("$ref" in value && typeof value.$ref === "string") found.add(value.$ref);
  for (const item of Object.values(value)) referencesIn(item, found);
  return found;
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

function describeOperation(document: Document, entry: OperationEntry, named: Named): string {
  const { path, method, operation, item } = entry;
  const id = operation.operationId ?? "";
  const at = `/paths/${escapeKey(path)}/${method}`;
  const fields = [
    `security: ${JSON.stringify(securityOf(document, operation.security ?? document.security ?? []))}`,
    `parameters: [${parametersOf(document, item, entry)
      .map((parameter) => describeParameter(document, id, parameter, named.others))
      .join(", ")}]`,
  ];
  const body = operation.requestBody && resolve<RequestBody>(document, operation.requestBody);
  const media = jsonMedia(body?.content);
  if (body && media?.schema) {
    const part = `/content/${escapeKey(media.type)}/schema`;
    const name = addSchema(
      document,
      named.bodies,
      id,
      pointerOf(operation.requestBody, `${at}/requestBody`, part),
    );
    named.bodyNames.set(id, name);
    fields.push(`body: { required: ${body.required ?? false}, validate: bodies.${name} }`);
  }
  const responses = responseNames(document, entry, at, named.others);
  named.responseNames.set(id, responses);
  fields.push(`responses: { ${describeResponses(responses).join(", ")} }`);
  fields.push(`success: ${JSON.stringify(successOf(document, entry))}`);
  return `  ${JSON.stringify(id)}: {\n${fields.map((field) => `    ${field},`).join("\n")}\n  },`;
}

interface LocatedParameter {
  parameter: ParameterObject;
  pointer: string;
}

function parametersOf(
  document: Document,
  item: OperationEntry["item"],
  { path, method }: OperationEntry,
): LocatedParameter[] {
  const located = (list: unknown[] | undefined, at: string) =>
    (list ?? []).map((value, index) => ({
      parameter: resolve<ParameterObject>(document, value as ParameterObject),
      pointer: pointerOf(value, `${at}/parameters/${index}`, "/schema"),
    }));
  const at = `/paths/${escapeKey(path)}`;
  const all = [...located(item.parameters, at), ...located(item[method]?.parameters, `${at}/${method}`)];
  return [...new Map(all.map((each) => [`${each.parameter.in} ${each.parameter.name}`, each])).values()];
}

function describeParameter(
  document: Document,
  id: string,
  { parameter, pointer }: LocatedParameter,
  schemas: Schemas,
): string {
  const { name, required = false, schema } = parameter;
  const validator = addSchema(document, schemas, `${id}_${parameter.in}_${name}`, pointer);
  const type = [schema?.type]
    .flat()
    .find((each) => each === "integer" || each === "number" || each === "boolean");
  const isDeepObject = (parameter as { style?: string }).style === "deepObject";
  return `{ in: ${JSON.stringify(parameter.in)}, name: ${JSON.stringify(name)}, required: ${required}, type: ${JSON.stringify(isDeepObject ? "deepObject" : (type ?? "string"))}, validate: validators.${validator} }`;
}

/** The validators of the responses, by status. */
function responseNames(
  document: Document,
  { operation }: OperationEntry,
  at: string,
  schemas: Schemas,
): Map<string, string | undefined> {
  const names = Object.entries(operation.responses ?? {}).map(([status, value]) => {
    const media = jsonMedia(resolve<ResponseObject>(document, value).content);
    if (!media?.schema) return [status, undefined] as const;
    const pointer = pointerOf(value, `${at}/responses/${status}`, `/content/${escapeKey(media.type)}/schema`);
    return [status, addSchema(document, schemas, `${operation.operationId}_${status}`, pointer)] as const;
  });
  return new Map(names);
}

const describeResponses = (names: Map<string, string | undefined>): string[] =>
  [...names].map(([status, name]) => `${JSON.stringify(status)}: ${name && `validators.${name}`}`);

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
  content: Record<string, MediaTypeObject> | undefined,
): (MediaTypeObject & { type: string; schema?: Schema }) | undefined {
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

function contractModule(entries: string[], runtime: string): string {
  return [
    `import type { Contract } from ${JSON.stringify(`${runtime}/contract.js`)};`,
    `import * as bodies from "./bodies.js";`,
    `import * as validators from "./validators.js";`,
    "",
    "export const contract: Contract = {",
    ...entries,
    "};",
    "",
  ].join("\n");
}
