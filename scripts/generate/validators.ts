// generated/bodies.js and generated/validators.js: which request bodies, and which parameters and responses the document
// allows, compiled by Ajv, so that users need neither Ajv nor `eval`.
import { Ajv2020 } from "ajv/dist/2020.js";
import standalone from "ajv/dist/standalone/index.js";
import formats from "ajv-formats";
import type { Document, RequestBody, ResponseObject, Schema } from "../openapi/document.js";
import { isJson } from "../openapi/media-types.js";
import { type OperationNode, readOperations } from "../openapi/operations.js";
import { uriFragment } from "../openapi/pointers.js";
import { child, follow, type Node } from "../openapi/references.js";
import { tagOf } from "../openapi/schemas.js";
import { uniqueName, variableName } from "./names.js";

export interface Validators {
  /** Content of bodies.js: the request bodies. */
  bodies: string;
  /** Content of validators.js: parameters and responses. */
  code: string;
  operations: OperationValidators[];
}

/** An operation with the names of its functions. */
export interface OperationValidators {
  operation: OperationNode;
  /** Of validators.js, in the order of the parameters. */
  parameters: string[];
  /** Of bodies.js. */
  body: string | undefined;
  /** Of validators.js, by status. A response without JSON has no function. */
  responses: Map<string, string | undefined>;
}

// Both packages are CommonJS, and TypeScript takes the namespace for the default export.
const addFormats = formats as unknown as (ajv: Ajv2020, options: { mode: "full" }) => void;
const standaloneCode = standalone as unknown as (ajv: Ajv2020, names: Record<string, string>) => string;

const documentId = "openapi";

/** The pointer in the document, by the name of the function. */
type Pointers = Map<string, string>;

export function validators(document: Document): Validators {
  const bodies: Pointers = new Map();
  const others: Pointers = new Map();
  const operations = readOperations(document).map((operation): OperationValidators => {
    const { id, parameters, body, responses } = operation;
    const add = (pointers: Pointers, name: string, schema: Node<Schema> | undefined) =>
      schema && addPointer(pointers, name, follow(document, schema).pointer);
    return {
      operation,
      parameters: parameters.map((parameter) => {
        const { in: place, name } = parameter.value;
        return addPointer(
          others,
          `${id}_${place}_${name}`,
          follow(document, child(parameter, "schema")).pointer,
        );
      }),
      body: add(bodies, id, jsonSchema(body)),
      responses: new Map(
        responses.map(({ status, response }) => [
          status,
          add(others, `${id}_${status}`, jsonSchema(response)),
        ]),
      ),
    };
  });
  return { bodies: compile(document, bodies), code: compile(document, others), operations };
}

/** Adds a name that a variable can have, unless the schema has a name: error responses are shared. */
function addPointer(pointers: Pointers, name: string, pointer: string): string {
  const known = [...pointers].find(([, each]) => each === pointer)?.[0];
  if (known) return known;
  const unique = uniqueName(variableName(name), new Set(pointers.keys()));
  pointers.set(unique, pointer);
  return unique;
}

function jsonSchema(owner: Node<RequestBody | ResponseObject> | undefined): Node<Schema> | undefined {
  const type = Object.keys(owner?.value.content ?? {}).find(isJson);
  if (!owner || !type) return undefined;
  const schema = child<Schema | undefined>(owner, "content", type, "schema");
  return schema.value && (schema as Node<Schema>);
}
function compile(document: Document, pointers: Pointers): string {
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
  const references = [...pointers].map(([name, pointer]) => {
    const reference = documentId + uriFragment(pointer);
    if (!referenced.has(pointer)) return [name, reference];
    // Ajv would print the function twice: for its name, and for the schemas that refer to it.
    ajv.addSchema({ $ref: reference }, name);
    return [name, name];
  });
  return toImports(standaloneCode(ajv, Object.fromEntries(references)));
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
