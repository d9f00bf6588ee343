// Documents of other people: with any names and values, the generated code compiles.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { collectOperations } from "../../scripts/generate/collect.js";
import { generate } from "../../scripts/generate/files.js";
import { normalize } from "../../scripts/generate/normalize.js";
import type { Document } from "../../scripts/openapi/document.js";
import { operationsOf } from "../../scripts/openapi/operations.js";
import { compile, generatedFiles, inMemory } from "./compile.js";

const folder = fileURLToPath(new URL("documents", import.meta.url));
const names = readdirSync(folder).map((file) => file.replace(/\.yaml$/, ""));
const documents = new Map(
  names.map((name) => [name, parse(readFileSync(join(folder, `${name}.yaml`), "utf8")) as Document]),
);
const files = new Map(
  [...documents].map(([name, document]) => [name, generatedFiles(name, document)] as const),
);

const textOf = (name: string, file: string): string =>
  files.get(name)?.get(inMemory(`${name}/${file}`)) ?? "";

/** The data of each operation, as the runtime reads it. */
async function dataOf(name: string): Promise<Record<string, Record<string, unknown>>> {
  const text = textOf(name, "operations.ts");
  const [, literal = ""] = /^export const operations = (\{.*?^\}) as const/ms.exec(text) ?? [];
  return (await import(`data:text/javascript,export default ${encodeURIComponent(literal)}`)).default;
}

test("the generated code of every document compiles", () => {
  const all = new Map([...files.values()].flatMap((ofDocument) => [...ofDocument]));
  expect(compile(all)).toEqual([]);
});

describe("names of JavaScript's object members", () => {
  test("stay in the bundle, in the types and in the examples", async () => {
    const spec = join(folder, "object-members.yaml");
    const generated = await generate(spec, inMemory("object-members"), "en");
    const { paths, components } = JSON.parse(generated.files.get("openapi.json") ?? "");
    expect(Object.keys(paths)).toEqual(["/constructor", "/toString"]);
    const { schemas } = components;
    const members = ["constructor", "toString", "hasOwnProperty", "__proto__"];
    expect(Object.keys(schemas)).toEqual(["Result", ...members, "valueOf", "Part"]);
    expect(Object.keys(schemas.Result.properties)).toEqual(["driver", ...members]);
    const { example } = paths["/constructor"].get.responses["200"].content["application/json"];
    expect(Object.keys(example)).toEqual(["driver", "constructor", "toString", "__proto__"]);
    const schema = generated.files.get("schema.ts") ?? "";
    const [, result = ""] = /^export type Result = (\{.*?^\});/ms.exec(schema) ?? [];
    expect(result).toContain("constructor: string;");
    expect(result).toContain("toString?: string | undefined;");
    expect(result).toContain("__proto__: {");
  });

  test("in an @example set a property, not the prototype", () => {
    expect(textOf("object-members", "operations.ts")).toContain('["__proto__"]: "c"');
  });
});

test.each([
  [
    "an operationId may have any characters",
    "operation-ids",
    "repos.listForOwner actuator.loggersName actuator.loggersReplace actuator.new todos.todoControllerFind " +
      "todos.proto todos.todos todos.toStringTodos",
  ],
  [
    "the GET of a collection becomes list; other methods of one name keep their whole operationId",
    "singular-and-plural",
    "bookings.list bookings.create bookings.get things.list things.getThings things.createThing " +
      "things.createThings things.getThing",
  ],
])("%s", (_, name, methods) => {
  const { operations } = collectOperations(normalize(documents.get(name) as Document));
  expect(operations.map((each) => `${each.resource}.${each.name}`).join(" ")).toBe(methods);
});

describe("a signature", () => {
  const optionalQuery = "query?: FindItemsQuery, options?: RequestOptions";
  test.each([
    ["has a parameter with a name that TypeScript allows", "parameter-names", "get(classParam: string,"],
    ["has two such parameters", "parameter-names", "get(packageParam: string, exportParam: string,"],
    ["has an id called query", "parameter-names", `find(queryParam: string, ${optionalQuery})`],
    [
      "has ids called options and body",
      "parameter-names",
      "replace(optionsParam: string, bodyParam: string, body?:",
    ],
    [
      "has two ids with the same name in camelCase",
      "parameter-names",
      "get(userId: string, userId2: string,",
    ],
    ["has an id that begins with a digit", "parameter-names", "get(param2fa: string,"],
    ["has ids without a Latin letter", "parameter-names", "get(param: string, param2: string,"],
    ["has an id twice in its path", "paths", "getTwice(a: string, a2: string,"],
    ["has an optional body", "optional-bodies", "find(body?: "],
    [
      "has an optional body before a required query",
      "optional-bodies",
      /^ {2}replace\(body: .* \| undefined, query: /m,
    ],
    [
      "has a response as */*",
      "media-types",
      /OnePayPromise<Schema\["getAnything"\]\["responses"\]\[200\]\["content"\]\["\*\/\*"\]>/,
    ],
  ])("%s", (_, document, signature) => {
    expect(textOf(document, "operations.ts")).toMatch(signature);
  });
});

test("a body without `required` is optional", async () => {
  expect(await dataOf("optional-bodies")).toMatchObject({
    findItems: { body: "optional" },
    replaceItem: { body: "optional", query: "required" },
    updateItem: { body: "required", query: "optional" },
    deleteItem: { body: "required" },
  });
});

test("an empty value counts as missing, and a number as a summary is text", async () => {
  const spec = join(folder, "empty-values.yaml");
  const generated = await generate(spec, inMemory("empty-values"), "en");
  expect(generated.skipped).toEqual([]);
  const { paths, components } = JSON.parse(generated.files.get("openapi.json") ?? "");
  expect(paths["/things"].get).toEqual({
    operationId: "listThings",
    tags: ["Things"],
    responses: { "200": {} },
  });
  expect(paths["/things"].post).toMatchObject({ summary: "2024", description: "1.5" });
  // Data of the API's users is never changed.
  expect(components.schemas.Thing.properties.summary).toEqual({
    type: "string",
    default: null,
    enum: ["a", null],
  });
});

test("a response as */* is JSON; operations with other formats are skipped, with the reason", () => {
  const { operations, skipped } = collectOperations(documents.get("media-types") as Document);
  expect(operations.map(({ id }) => id)).toEqual(["getAnything", "createAnything", "getBoth", "deleteBoth"]);
  expect(skipped).toEqual([
    "exportFiles returns text/csv. The client reads only JSON.",
    "importFiles takes multipart/form-data. The client sends only JSON.",
  ]);
});

describe("call options", () => {
  test("aren't replaced by security schemes", async () => {
    const { listJobs } = await dataOf("call-options");
    const headers = listJobs?.headers as Record<string, string>;
    expect(headers).toMatchObject({
      timeoutCredential: "x-timeout",
      idempotencyKeyCredential: "x-key",
      apiKeyCredential: "x-api-key",
      baseUrlCredential: "x-base-url",
      credential: "x-token",
      credential2fa: "x-2fa",
      sessionToken: "x-session",
      sessionToken2: "x-session-2",
    });
    expect(Object.keys(headers)).toHaveLength(17);
  });

  test("may be names of fields and query parameters, which the data lists", async () => {
    const { listJobs, createJob } = await dataOf("call-options");
    expect(listJobs?.ownFields).toEqual(["timeout"]);
    expect(createJob?.ownFields).toEqual(["apiKey", "customerToken", "headers", "signal", "timeout"]);
  });
});

test("numeric query parameters are in the data, with their bounds", async () => {
  const { listJobs } = await dataOf("call-options");
  expect(listJobs?.numbers).toEqual({
    timeout: { integer: true, minimum: 1, maximum: 60 },
    weight: { maximum: 0.5 },
    rank: { integer: true, minimum: 1 },
  });
});

test("a path may have any characters", async () => {
  const paths = Object.values(await dataOf("paths")).map(({ path }) => path);
  expect(paths).toEqual(Object.keys(documents.get("paths")?.paths ?? {}));
});

test("types of the document keep their names, and generated types get others", () => {
  const text = textOf("type-names", "operations.ts");
  expect(text).toContain("Operation as OperationSchema2");
  expect(text).toContain("export interface PetsResource2 {");
  expect(text).toContain("export interface Resources2 {");
  expect(textOf("type-names", "public-types.ts")).toMatch(/^ {2}Operation,$/m);
});

test("every document of this folder has a method for each operation, or a reason", () => {
  for (const document of documents.values()) {
    const normalized = normalize(document);
    const { operations, skipped } = collectOperations(normalized);
    expect(operations.length + skipped.length).toBe(operationsOf(normalized).length);
  }
});
