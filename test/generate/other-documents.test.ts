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
import { nameOperations } from "../../spec/rules/method-name/name.js";
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

/** `resource.method` of each operation. */
const methodsOf = (name: string): string[] =>
  collectOperations(normalize(documents.get(name) as Document)).operations.map(
    (operation) => `${operation.resource}.${operation.name}`,
  );

/** The data of each operation, as the runtime reads it. */
async function dataOf(name: string): Promise<Record<string, Record<string, unknown>>> {
  const text = textOf(name, "operations.ts");
  const [, literal = ""] = /^export const operations = (\{.*?^\}) as const/ms.exec(text) ?? [];
  return (await import(`data:text/javascript,export default ${encodeURIComponent(literal)}`)).default;
}

/** The signature of a method, without its doc comment. */
const signatureOf = (name: string, method: string): string =>
  textOf(name, "operations.ts")
    .split("\n")
    .find((line) => line.startsWith(`  ${method}(`))
    ?.trim() ?? "";

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

test("an operationId may have any characters", () => {
  expect(methodsOf("operation-ids")).toEqual([
    "repos.listForOwner",
    "actuator.loggersName",
    "actuator.loggersReplace",
    "actuator.new",
    "todos.todoControllerFind",
    "todos.proto",
    "todos.todos",
    "todos.toStringTodos",
  ]);
});

test("path parameters have unique names that are valid in TypeScript", () => {
  const { query } = { query: "query?: FindItemsQuery, options?: RequestOptions" };
  expect(signatureOf("parameter-names", "get")).toMatch(/^get\(classParam: string,/);
  expect(textOf("parameter-names", "operations.ts")).toContain(
    "get(packageParam: string, exportParam: string,",
  );
  expect(signatureOf("parameter-names", "find")).toContain(`find(queryParam: string, ${query})`);
  expect(signatureOf("parameter-names", "replace")).toMatch(
    /^replace\(optionsParam: string, bodyParam: string, body\?:/,
  );
  expect(textOf("parameter-names", "operations.ts")).toContain("get(userId: string, userId2: string,");
  expect(textOf("parameter-names", "operations.ts")).toContain("get(param2fa: string,");
  expect(textOf("parameter-names", "operations.ts")).toContain("get(param: string, param2: string,");
});

test("a body without `required` is optional, and may be undefined before a required query", async () => {
  expect(await dataOf("optional-bodies")).toMatchObject({
    findItems: { body: "optional" },
    replaceItem: { body: "optional", query: "required" },
    updateItem: { body: "required", query: "optional" },
    deleteItem: { body: "required" },
  });
  expect(signatureOf("optional-bodies", "find")).toMatch(/^find\(body\?: /);
  expect(signatureOf("optional-bodies", "replace")).toMatch(/^replace\(body: .* \| undefined, query: /);
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
  expect(textOf("media-types", "operations.ts")).toContain(
    'OnePayPromise<Schema["getAnything"]["responses"][200]["content"]["*/*"]>',
  );
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
  expect(textOf("paths", "operations.ts")).toContain("getTwice(a: string, a2: string,");
});

test("the GET of a collection becomes list; other methods of one name keep their whole operationId", () => {
  expect(methodsOf("singular-and-plural")).toEqual([
    "bookings.list",
    "bookings.create",
    "bookings.get",
    "things.list",
    "things.getThings",
    "things.createThing",
    "things.createThings",
    "things.getThing",
  ]);
});

test("types of the document keep their names, and generated types get others", () => {
  const text = textOf("type-names", "operations.ts");
  expect(text).toContain("Operation as OperationSchema2");
  expect(text).toContain("export interface PetsResource2 {");
  expect(text).toContain("export interface Resources2 {");
  expect(textOf("type-names", "public-types.ts")).toMatch(/^ {2}Operation,$/m);
});

describe("an operation is refused", () => {
  const problemOf = (operations: { operationId?: string; tags?: string[] }[]): string[] =>
    nameOperations(operations).flatMap((name) => ("problem" in name ? [name.problem] : []));

  test.each(["environment", "request", "With options", "constructor", "toString", "hasOwnProperty", "then"])(
    "if its tag is %s, which the client needs itself",
    (tag) => {
      expect(problemOf([{ operationId: "getThing", tags: [tag] }])).toEqual([
        `The tag "${tag}" of operation getThing is reserved in the client. Use another name.`,
      ]);
    },
  );

  test("if its method would replace a member of each object", () => {
    expect(problemOf([{ operationId: "constructor", tags: ["Things"] }])).toHaveLength(1);
    expect(problemOf([{ operationId: "then", tags: ["Things"] }])).toHaveLength(1);
  });

  test("if its tag or its operationId has no Latin letter", () => {
    expect(problemOf([{ operationId: "getThing", tags: ["Вещи"] }])).toHaveLength(1);
    expect(problemOf([{ operationId: "список", tags: ["Things"] }])).toHaveLength(1);
  });

  test("if another operationId is the same word", () => {
    const tags = ["Things"];
    expect(
      problemOf([
        { operationId: "find-thing", tags },
        { operationId: "findThing", tags },
      ]),
    ).toEqual(["find-thing and findThing would both be called things.findThing. Rename one of them."]);
  });
});

test("every document of this folder has a method for each operation, or a reason", () => {
  for (const document of documents.values()) {
    const normalized = normalize(document);
    const { operations, skipped } = collectOperations(normalized);
    expect(operations.length + skipped.length).toBe([...operationsOf(normalized)].length);
  }
});
