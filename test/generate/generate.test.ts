import { cp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { root, UserError } from "../../scripts/cli.js";
import { bundleOfAll, summary } from "../../scripts/generate/document.js";
import { differing, filesOf, generate as makeFiles, write } from "../../scripts/generate/files.js";
import { main } from "../../scripts/generate.js";
import type { Document } from "../../scripts/openapi/document.js";
import { type ProcessResult, startNode } from "../../scripts/process.js";
import { createTempFolder, type TempFolder } from "../../scripts/temp.js";
import { runCommand } from "../command.js";
import { compile, inMemory } from "./compile.js";

const ourSpec = join(root, "spec/openapi.yaml");
const ourOutput = join(root, "generated");

let temp: TempFolder;
let folder: string;
beforeAll(async () => {
  temp = await createTempFolder("generate-test");
  folder = temp.path;
});
afterAll(() => temp.remove());

/** The message with which the generator refuses a document. */
async function problemOf(file: string): Promise<string> {
  const error = await makeFiles(file, join(folder, "none"), "en").catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(UserError);
  return (error as UserError).message;
}

const head = `openapi: 3.1.1
info: { title: Test, version: 1.0.0 }
servers: [{ url: https://api.example.com }]
`;

/** A document of one path `/pets`, from the text of its operations. */
const document = async (name: string, operations: string): Promise<string> => {
  const file = join(folder, `${name}.yaml`);
  await writeFile(file, `${head}paths:\n  /pets:\n${operations}`);
  return file;
};

const files = [
  ...["bodies.js", "contract.ts", "openapi.json", "operations.ts", "public-types.ts", "responses.ts"],
  ...["schema.ts", "schemas.ts", "validators.js"],
];
const contents = async (at: string) =>
  Object.fromEntries(
    await Promise.all(files.map(async (name) => [name, await readFile(join(at, name), "utf8")])),
  );

describe("the project's own document", () => {
  let bundle: Document;
  beforeAll(async () => {
    bundle = await bundleOfAll(ourSpec);
  });

  test("generates the same bytes each time, and they are the committed ones", async () => {
    const { files: made } = await filesOf(bundle, ourOutput, "en");
    expect(Object.fromEntries(made)).toEqual(await contents(ourOutput));
    expect(await differing(ourOutput, made)).toEqual([]);
  });

  test("the Spanish bundle has the Spanish texts, and no bundle has x-es", async () => {
    const { files: made } = await filesOf(bundle, ourOutput, "es");
    const english = await readFile(join(ourOutput, "openapi.json"), "utf8");
    for (const [text = "", summary] of [
      [made.get("openapi.json"), "Crear un cliente"],
      [english, "Create a customer"],
    ]) {
      expect(JSON.parse(text).paths["/customers"].post.summary).toBe(summary);
      expect(text).not.toContain('"x-es"');
    }
  });
});

describe("what an editor shows on hover", async () => {
  const operations = await readFile(join(ourOutput, "operations.ts"), "utf8");

  test("a method shows what it does, its parameters, its errors, an example and OnePay's page", () => {
    const [comment = ""] = /\/\*\*(?:(?!\*\/)[\s\S])*\*\/\s*create\(body/.exec(operations) ?? [];
    expect(comment).toContain("Creates a customer");
    expect(comment).toContain("`POST /customers`");
    expect(comment).toMatch(/@param body .+/);
    expect(comment).toMatch(/@param options .*`idempotencyKey`/);
    expect(comment.match(/@throws \{@link OnePayError\} .*\{@link ApiError\}.*https:/g)).toHaveLength(1);
    expect(comment).toContain("@example\n   * const customer = await onepay.customers.create({");
    expect(comment).toMatch(/@see https:\/\/docs\.onepay\.la\//);
  });

  test("each list warns about deleting while iterating", () => {
    const lists = operations.match(/pagination: /g) ?? [];
    expect(lists.length).toBeGreaterThan(0);
    expect(operations.match(/delete (?:items )?while you iterate/gi)).toHaveLength(lists.length);
  });

  test("optional fields and query parameters accept undefined, required ones don't", () => {
    const program = `
      import type { CreateCustomer, Resources } from "../../generated/public-types.js";
      declare const onepay: Resources;
      declare const person: Extract<CreateCustomer, { user_type: "natural" }>;
      declare const maybe: string | undefined;
      export const calls = [
        () => onepay.customers.create({ ...person, birthdate: maybe }, { idempotencyKey: maybe }),
        () => onepay.customers.list({ page: undefined, sort: maybe }),
        // @ts-expect-error a required field
        () => onepay.customers.create({ ...person, email: maybe }),
      ];`;
    expect(compile(new Map([[inMemory("undefined.ts"), program]]))).toEqual([]);
  });

  test("each @example compiles", () => {
    const examples = [...operations.matchAll(/@example\n((?: {3}\* (?!@).*\n)+)/g)].map(([, lines = ""]) =>
      lines.replaceAll(/^ {3}\* /gm, "").replaceAll("*\\/", "*/"),
    );
    const program = [
      'import type { Resources } from "../../generated/public-types.js";',
      "declare const onepay: Resources;",
      ...examples.map((example, index) => `export async function example${index}() {\n${example}}`),
    ].join("\n");
    expect(examples.length).toBeGreaterThanOrEqual(12);
    expect(compile(new Map([[inMemory("examples.ts"), program]]))).toEqual([]);
  });
});

describe("another document", () => {
  const pets = `    get:
      operationId: listPets
      tags: [Pets]
      parameters: [{ name: limit, in: query, schema: { type: integer } }]
      responses: { "200": { description: Pets., content: { application/json: { schema: { type: array, items: { $ref: "#/components/schemas/Page" } } } } } }
    post:
      operationId: createPet
      tags: [Pets]
      requestBody: { required: true, content: { application/json: { schema: { $ref: "#/components/schemas/Page" } } } }
      responses: { "204": { description: Made. } }
  /pets/{pet-id}/toys/{toy_id}:
    put:
      operationId: replacePetToy
      tags: [Pets]
      parameters: [{ name: pet-id, in: path, required: true, schema: { type: string } }, { name: toy_id, in: path, required: true, schema: { type: string } }]
      requestBody: { content: { text/plain: { schema: { type: string } } } }
      responses: { "200": { description: Replaced. } }
    delete:
      operationId: deletePetToy
      tags: [Pets]
      parameters: [{ name: pet-id, in: path, required: true, schema: { type: string } }, { name: toy_id, in: path, required: true, schema: { type: string } }]
      responses: { "204": { description: Gone. } }
components:
  schemas:
    Page: { type: object, properties: { id: { type: string } } }
    Record: { type: object, properties: { price: { type: integer, description: Its price., x-unit: COP-cents } } }
`;
  const out = join(root, "dist/test-pets");
  let printed: ProcessResult;

  beforeAll(async () => {
    // Files of another document are replaced.
    await cp(ourOutput, out, { recursive: true });
    printed = await runCommand(main, ["--spec", await document("pets", pets), "--out", out]);
  });
  afterAll(() => rm(out, { recursive: true, force: true }));

  test("prints the written files, and the operations without a method", () => {
    expect(printed).toEqual({
      code: 0,
      stdout: expect.stringContaining("dist/test-pets/operations.ts\n"),
      stderr: expect.stringMatching(/^Skipped: .*replacePetToy takes text\/plain\..*\n$/),
    });
  });

  test("gets resources and methods by the naming rule, no retries if it doesn't mention them, and units", async () => {
    const { operations } = await import(join(out, "operations.ts"));
    const pets = { path: "/pets", resource: "pets" };
    expect(operations).toEqual({
      listPets: {
        ...{ ...pets, method: "get", name: "list", retry: "safe" },
        ...{ query: "optional", numbers: { limit: { integer: true } } },
      },
      createPet: { ...pets, method: "post", name: "create", retry: "never", body: "required" },
      deletePetToy: {
        ...{ ...pets, path: "/pets/{pet-id}/toys/{toy_id}" },
        ...{ method: "delete", name: "deleteToy", retry: "never" },
      },
    });
    const made = await contents(out);
    expect(made["operations.ts"]).toContain(
      "deleteToy(petId: string, toyId: string, options?: RequestOptions): OnePayPromise<void>;",
    );
    expect(made["operations.ts"]).toContain(
      "create(body: Page, options?: RequestOptions): OnePayPromise<void>;",
    );
    // An editor shows the unit of an amount.
    expect(made["schema.ts"]).toContain("Its price. Unit: cents of a Colombian peso (100 = 1 COP).");
  });

  test("--check exits with 1 after a change, prints the outdated files, and writes nothing", async () => {
    const before = await contents(out);
    const changed = await document("changed", pets.replace("Its price.", "Its new price."));
    const check = await runCommand(main, ["--spec", changed, "--out", out, "--check"]);
    expect(check).toEqual({
      code: 1,
      stdout: "",
      stderr: expect.stringMatching(
        /\n.*openapi\.json\n.*schema\.ts\nOutdated\. Run `npm run generate` and commit the result\.\n$/,
      ),
    });
    expect(await contents(out)).toEqual(before);
  });
});

describe("a document with a mistake gets a message with file and line, and no file changes", () => {
  const operation = (id: string, tags = "tags: [Pets]") =>
    `{ operationId: ${id}, ${tags}, responses: { "200": { description: ok } } }\n`;
  const get = (...args: Parameters<typeof operation>) => `    get: ${operation(...args)}`;
  const nowhere = `    get: { operationId: getPet, tags: [Pets], responses: { "200": { $ref: "./nowhere.yaml" } } }\n`;
  const badSchema = "components: { schemas: { Pet: { properties: { a: [] } } } }\n";

  test.each([
    ["broken YAML", "    get:\n   post: [\n", /broken-yaml\.yaml:\d+:\d+ .*/],
    ["a schema that isn't an object", get("getPet") + badSchema, /:1:1 .*Pet/],
  ])("%s", async (name, operations, message) => {
    expect(await problemOf(await document(name.replaceAll(" ", "-").toLowerCase(), operations))).toMatch(
      message,
    );
  });

  test("all mistakes of the operations at once", async () => {
    const operations = [
      get("getPet"),
      `    put: ${operation("getPet")}`,
      '    post: { tags: [Pets], responses: { "200": { description: ok } } }\n',
      `    delete: ${operation("deletePet", "tags: []")}`,
      `    patch: ${operation("updatePet", "tags: ")}`,
      `    head: ${operation("checkPet", "tags: [With options]")}`,
      `    options: ${operation("get-pet")}`,
    ].join("");
    const lines = (await problemOf(await document("all", operations))).split("\n");
    for (const message of [
      /:7:\d+ .*unique/,
      /:8:\d+ .*operationId/,
      /:9:\d+ .*tag/,
      /:10:\d+ .*tag/,
      /:11:\d+ .*reserved/,
      /:12:\d+ .*pets\.get/,
    ])
      expect(lines).toContainEqual(expect.stringMatching(message));
  });

  test("OpenAPI 3.0", async () => {
    const file = join(folder, "older.yaml");
    await writeFile(file, `${head.replace("3.1.1", "3.0.3")}paths: {}\n`);
    expect(await problemOf(file)).toMatch(/openapi.*3\.0/);
  });

  test("on the command line: exit code 1, no stack trace, nothing on stdout, unchanged files", async () => {
    const file = await document("leads-nowhere", nowhere);
    const out = join(folder, "kept");
    await cp(ourOutput, out, { recursive: true });
    const before = await contents(out);
    const program = join(root, "scripts/generate.ts");
    const run = await startNode(["--import", "tsx", program, "--spec", file, "--out", out]).result;
    expect(run).toMatchObject({ code: 1, stdout: "" });
    expect(run.stderr).toMatch(/leads-nowhere\.yaml:6:\d+ .*nowhere/);
    expect(run.stderr).not.toMatch(/\n\s+at /);
    expect(await contents(out)).toEqual(before);
    expect((await readdir(out)).sort()).toEqual(files);
  });

  test("many mistakes are cut to the first ten", () => {
    const found = { file: "pets.yaml", column: 5, rule: "readable", severity: "error", message: "" } as const;
    const lines = summary(Array.from({ length: 12 }, (_, line) => ({ ...found, line }))).split("\n");
    expect(lines).toHaveLength(11);
    expect(lines.at(-1)).toBe("… and 2 more problems");
  });

  test.each(["nowhere.yaml", "spec"])("%s instead of a document", async (name) => {
    expect(await problemOf(join(root, name))).toContain(`There is no file ${name}`);
  });

  test("on the command line: an unknown option", async () => {
    const unknown = await runCommand(main, ["--chekc"]);
    expect(unknown).toMatchObject({ code: 1, stdout: "" });
    expect(unknown.stderr).toContain("--chekc");
  });

  test.each(["README.md", "README.md/generated"])(
    "%s instead of a folder to write to: a message instead of a stack trace",
    async (out) => {
      const error = await write(join(root, out), new Map([["openapi.json", "{}"]])).catch((reason) => reason);
      expect(error).toBeInstanceOf(UserError);
      expect(error.message).toMatch(
        /^Can't write to README\.md.* Pass a folder that you can write to with --out\.$/,
      );
    },
  );
});
