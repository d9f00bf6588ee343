// The generator is generic: schemas of a document with nested objects, arrays and unions.
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { stringify } from "yaml";
import { root } from "../../scripts/cli.js";
import { generate, write } from "../../scripts/generate/files.js";
import { type BodySchema, fromForm } from "../../src/schemas/index.js";
import { issuesOf, pathsOf } from "./schemas.js";

// In the checkout, so that the generated files find the packages that they import.
const folder = join(root, "dist/other-schemas");
let schemas: Record<string, BodySchema<unknown>>;

const operation = (operationId: string, schema: object) => ({
  post: {
    operationId,
    tags: ["Toys"],
    requestBody: { required: true, content: { "application/json": { schema } } },
    responses: { "204": { description: "Done." } },
  },
});

const document = {
  openapi: "3.1.1",
  info: { title: "Toys", version: "1" },
  paths: {
    "/toys": operation("create-toy", { $ref: "#/components/schemas/Toy" }),
    "/contacts": operation("createContact", {
      type: "object",
      properties: { email: { type: "string" }, phone: { type: "string" } },
      anyOf: [{ required: ["email"] }, { required: ["phone"] }],
    }),
    "/boxes": operation("createBox", { $ref: "#/components/schemas/Box" }),
  },
  components: {
    schemas: {
      Toy: {
        allOf: [
          {
            type: "object",
            required: ["maker"],
            properties: {
              maker: {
                type: "object",
                required: ["city"],
                properties: {
                  city: {
                    type: "string",
                    minLength: 2,
                    "x-message": "Enter the city.",
                    "x-es": { "x-message": "Escribe la ciudad." },
                  },
                },
              },
            },
          },
          {
            type: "object",
            properties: {
              sizes: { type: "array", items: { type: "integer", minimum: 1 }, "x-message": "Enter sizes." },
              price: { type: "number" },
            },
          },
        ],
      },
      Box: {
        type: "object",
        properties: {
          inside: { $ref: "#/components/schemas/Box" },
          content: {
            oneOf: [
              {
                type: "object",
                required: ["kind"],
                properties: { kind: { type: "string", const: "doll" }, dress: { type: "string" } },
              },
              {
                type: "object",
                required: ["kind"],
                properties: { kind: { type: "string", const: "ball" }, size: { type: "integer" } },
              },
            ],
          },
        },
      },
    },
  },
};

beforeAll(async () => {
  await mkdir(folder, { recursive: true });
  const spec = join(folder, "openapi.yaml");
  await writeFile(spec, stringify(document));
  const { files } = await generate(spec, folder, "en");
  await write(folder, files);
  schemas = await import(pathToFileURL(join(folder, "schemas.ts")).href);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const schema = (name: string) => schemas[name] as BodySchema<unknown>;

describe("schemas of another document", () => {
  test("are named after the operation, as a variable", () => {
    expect(Object.keys(schemas).sort()).toEqual(["createBox", "createContact", "createToy"]);
  });

  test("report nested fields and items by their path", () => {
    const { issues = [] } = schema("createToy")["~standard"].validate({
      maker: {},
      sizes: [1, 0],
      price: "1",
    });
    expect(issues).toContainEqual({ path: ["maker", "city"], message: "Enter the city." });
    expect(issues).toContainEqual({ path: ["sizes", 1], message: "Correct this field." });
    expect(issues).toContainEqual({ path: ["price"], message: "Correct this field." });
    expect(issues).toHaveLength(3);
  });

  test("have a general message for a field without one, and English without Spanish", () => {
    expect(issuesOf(schema("createToy").in("es"), { sizes: 1 })).toEqual([
      { path: "maker", message: "Completa este campo." },
      { path: "sizes", message: "Enter sizes." },
    ]);
  });

  test("report the fields of a union, not the union", () => {
    expect(pathsOf(schema("createContact"), {})).toEqual(["email", "phone"]);
  });

  test("may contain themselves, and select nested variants", () => {
    const box = { inside: { inside: { content: { kind: "ball", size: "big" } } } };
    expect(pathsOf(schema("createBox"), box)).toEqual(["inside.inside.content.size"]);
    expect(pathsOf(schema("createBox"), { content: {} })).toEqual(["content.kind"]);
  });

  test("read nested names and lists of a form", () => {
    const data = new URLSearchParams("maker.city=Cali&sizes=1&sizes=2&price=1.5");
    expect(fromForm(schema("createToy"), data)).toEqual({
      maker: { city: "Cali" },
      sizes: [1, 2],
      price: 1.5,
    });
    const brackets = new URLSearchParams("maker[city]=Cali&sizes[]=3");
    expect(fromForm(schema("createToy"), brackets)).toEqual({ maker: { city: "Cali" }, sizes: [3] });
    const nested = new URLSearchParams("content.kind=ball&content.size=5");
    expect(fromForm(schema("createBox"), nested)).toEqual({ content: { kind: "ball", size: 5 } });
  });
});
