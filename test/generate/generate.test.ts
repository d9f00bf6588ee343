import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { root, UserError } from "../../scripts/cli.js";
import { differing, generate as makeFiles, write } from "../../scripts/generate/files.js";
import { main } from "../../scripts/generate.js";
import { startNode } from "../../scripts/process.js";
import { runCommand } from "../command.js";
import { compile, inMemory } from "./compile.js";

const generate = (...args: string[]) => runCommand(main, args);

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "generate-test-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

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
  test("generates the same bytes each time, and they are the committed ones", async () => {
    const out = join(root, "generated");
    const { files: made } = await makeFiles(join(root, "spec/openapi.yaml"), out, "en");
    expect(Object.fromEntries(made)).toEqual(await contents(out));
  });

  test("--check exits with 1 after a change, prints the outdated files, and writes nothing", async () => {
    const spec = join(folder, "spec");
    await cp(join(root, "spec"), spec, { recursive: true });
    const path = join(spec, "paths/customers.yaml");
    const text = await readFile(path, "utf8");
    await writeFile(path, text.replace(/^( *summary: ).*$/m, "$1Another summary"));
    const out = join(folder, "checked");
    await cp(join(root, "generated"), out, { recursive: true });
    const before = await contents(out);

    const changed = join(spec, "openapi.yaml");
    const check = await generate("--spec", changed, "--out", out, "--check");
    expect(check.code).toBe(1);
    for (const name of ["openapi.json", "schema.ts"]) expect(check.stderr).toContain(name);
    expect(check.stderr).toContain("npm run generate");
    expect(await contents(out)).toEqual(before);

    const { files: current } = await makeFiles(changed, out, "en");
    await write(out, current);
    expect((await contents(out))["openapi.json"]).toContain("Another summary");
    expect(await differing(out, current)).toEqual([]);
  });

  test("the Spanish bundle has the Spanish texts, and no bundle has x-es", async () => {
    const { files: made } = await makeFiles(join(root, "spec/openapi.yaml"), join(folder, "es"), "es");
    const spanish = made.get("openapi.json") ?? "";
    const english = await readFile(join(root, "generated/openapi.json"), "utf8");
    expect(JSON.parse(spanish).paths["/customers"].post.summary).toBe("Crear un cliente");
    expect(JSON.parse(english).paths["/customers"].post.summary).toBe("Create a customer");
    expect(spanish).not.toContain('"x-es"');
    expect(english).not.toContain('"x-es"');
  });
});

describe("what an editor shows on hover", () => {
  test("a method shows what it does, its parameters, its errors, an example and OnePay's page", async () => {
    const operations = await readFile(join(root, "generated/operations.ts"), "utf8");
    const [comment = ""] = /\/\*\*(?:(?!\*\/)[\s\S])*\*\/\s*create\(body/.exec(operations) ?? [];
    expect(comment).toContain("Creates a customer");
    expect(comment).toContain("`POST /customers`");
    expect(comment).toMatch(/@param body .+/);
    expect(comment).toMatch(/@param options .*`idempotencyKey`/);
    expect(comment.match(/@throws \{@link OnePayError\} .*\{@link ApiError\}.*https:/g)).toHaveLength(1);
    expect(comment).toContain("@example\n   * const customer = await onepay.customers.create({");
    expect(comment).toMatch(/@see https:\/\/docs\.onepay\.la\//);
  });

  test("each list warns about deleting while iterating", async () => {
    const operations = await readFile(join(root, "generated/operations.ts"), "utf8");
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

  test("each @example compiles", async () => {
    const operations = await readFile(join(root, "generated/operations.ts"), "utf8");
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

  test("an amount shows its unit", async () => {
    const file = await document(
      "unit",
      `    get:
      operationId: getPet
      tags: [Pets]
      responses:
        "200":
          description: A pet.
          content:
            application/json:
              schema: { type: object, properties: { price: { type: integer, description: Its price., x-unit: COP-cents } } }
`,
    );
    const { files: made } = await makeFiles(file, join(folder, "unit"), "en");
    expect(made.get("schema.ts")).toContain("Its price. Unit: cents of a Colombian peso (100 = 1 COP).");
  });
});

describe("another document", () => {
  test("gets resources and methods by the naming rule, and no retries if it doesn't mention them", async () => {
    const file = await document(
      "pets",
      `    get:
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
    Record: { type: object, properties: { id: { type: string } } }
`,
    );
    const out = join(root, "dist/test-pets");
    try {
      const made = await makeFiles(file, out, "en");
      expect(made.skipped).toEqual([expect.stringContaining("replacePetToy takes text/plain.")]);
      await write(out, made.files);
      const { operations } = await import(join(out, "operations.ts"));
      expect(operations).toEqual({
        listPets: {
          method: "get",
          path: "/pets",
          resource: "pets",
          name: "list",
          retry: "safe",
          query: "optional",
          numbers: { limit: { integer: true } },
        },
        createPet: {
          method: "post",
          path: "/pets",
          resource: "pets",
          name: "create",
          retry: "never",
          body: "required",
        },
        deletePetToy: {
          method: "delete",
          path: "/pets/{pet-id}/toys/{toy_id}",
          resource: "pets",
          name: "deleteToy",
          retry: "never",
        },
      });
      const text = await readFile(join(out, "operations.ts"), "utf8");
      expect(text).toContain(
        "deleteToy(petId: string, toyId: string, options?: RequestOptions): OnePayPromise<void>;",
      );
      expect(text).toContain("create(body: Page, options?: RequestOptions): OnePayPromise<void>;");
    } finally {
      await rm(out, { recursive: true, force: true });
    }
  });
});

describe("a document with a mistake gets a message with file and line, and no file changes", () => {
  const operation = (id: string, tags = "tags: [Pets]") =>
    `{ operationId: ${id}, ${tags}, responses: { "200": { description: ok } } }\n`;
  const faulty = async (name: string, operations: string): Promise<string> => {
    const file = await document(name.toLowerCase().replaceAll(" ", "-"), operations);
    if (name === "OpenAPI 3.0") await writeFile(file, `${head.replace("3.1.1", "3.0.3")}paths: {}\n`);
    return file;
  };
  const faults: [name: string, operations: string, message: RegExp][] = [
    ["broken YAML", "    get:\n   post: [\n", /broken-yaml\.yaml:\d+:\d+ .*/],
    [
      "a reference that leads nowhere",
      `    get: { operationId: getPet, tags: [Pets], responses: { "200": { $ref: "./nowhere.yaml" } } }\n`,
      /nowhere\.yaml:6:\d+ .*nowhere/,
    ],
    [
      "two equal operationIds",
      `    get: ${operation("getPet")}    post: ${operation("getPet")}`,
      /operationids\.yaml:7:\d+ .*unique/,
    ],
    [
      "no operationId",
      `    get: { tags: [Pets], responses: { "200": { description: ok } } }\n`,
      /:6:\d+ .*operationId/,
    ],
    ["no tag", `    get: ${operation("getPet", "tags: []")}`, /:6:\d+ .*tag/],
    ["an empty list of tags", `    get: ${operation("getPet", "tags: ")}`, /:6:\d+ .*tag/],
    [
      "a tag with a name of the client",
      `    get: ${operation("getPet", "tags: [With options]")}`,
      /:6:\d+ .*reserved/,
    ],
    [
      "two methods of one name",
      `    get: ${operation("find-pet")}    post: ${operation("findPet")}`,
      /^[^\n]*:7:\d+ [^\n]*pets\.findPet[^\n]*$/,
    ],
    [
      "a schema that isn't an object",
      `    get: ${operation("getPet")}components: { schemas: { Pet: { properties: { a: [] } } } }\n`,
      /:1:1 .*Pet/,
    ],
    ["OpenAPI 3.0", "", /openapi.*3\.0/],
  ];

  test.each(faults)("%s", async (name, operations, message) => {
    const file = await faulty(name, operations);
    const out = join(folder, `kept ${name}`);
    const error = await makeFiles(file, out, "en").catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(UserError);
    expect((error as UserError).message).toMatch(message);
  });

  test("on the command line: exit code 1, no stack trace, nothing on stdout, unchanged files", async () => {
    const [name, operations, message] = faults[1] as (typeof faults)[number];
    const file = await faulty(name, operations);
    const out = join(folder, "kept");
    await cp(join(root, "generated"), out, { recursive: true });
    const before = await contents(out);
    const program = join(root, "scripts/generate.ts");
    const run = await startNode(["--import", "tsx", program, "--spec", file, "--out", out]).result;
    expect(run).toMatchObject({ code: 1, stdout: "" });
    expect(run.stderr).toMatch(message);
    expect(run.stderr).not.toMatch(/\n\s+at /);
    expect(await contents(out)).toEqual(before);
    expect((await readdir(out)).sort()).toEqual(files);
  });

  test("many mistakes are cut to the first ten", async () => {
    const many = Array.from(
      { length: 12 },
      (_, index) => `  /pets/${index}:\n    get: { tags: [Pets] }\n`,
    ).join("");
    const file = await document("many", `    get: ${operation("getPet")}${many}`);
    const error = await makeFiles(file, join(folder, "many"), "en").catch((reason: unknown) => reason);
    const lines = (error as UserError).message.split("\n");
    expect(lines).toHaveLength(11);
    expect(lines.at(-1)).toBe("… and 2 more problems");
  });

  test.each(["nowhere.yaml", "spec"])("%s instead of a document", async (name) => {
    const error = await makeFiles(join(root, name), join(folder, "none"), "en").catch((reason) => reason);
    expect(error).toBeInstanceOf(UserError);
    expect(error.message).toContain(`There is no file ${name}`);
  });

  test("on the command line: an unknown option", async () => {
    const unknown = await generate("--chekc");
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
