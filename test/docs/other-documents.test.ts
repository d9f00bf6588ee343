// The docs of another OpenAPI document, which has one statement of each kind, and all kinds of Markdown.
import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { withGuideLinks } from "../../scripts/docs/guides.js";
import { nodesOf, withLinks } from "../../scripts/docs/markdown.js";
import { withTempFolder } from "../../scripts/temp.js";
import { type Any, type BuiltDocs, build, shownIn } from "./built-docs.js";

const markdown = `First line
second line.

~~~sh
first command
second command
~~~

Heading
=======

Street\\
Number${"  "}
City

| a | b |
| - | - |
| 1 | \`x \\| y\` |

1. one
2. two

[${"text](other.md)"} and \`[code](other.md)\`
`;
/** An example with fields that are called like those of a document, and with texts that look like HTML. */
const value = {
  description: "line one\nline two",
  summary: "~~~\nx\n~~~",
  note: '</script><a href="/x">',
  title: ">License<",
};

const assumed = { "x-evidence": { basis: "assumed", source: "our-choice" } };
const documented = { "x-evidence": { basis: "documented", source: "https://docs.example.org/things" } };
const key = {
  name: "x-idempotency",
  in: "header",
  required: true,
  description: "Key.",
  schema: { type: "string", minLength: 1, ...assumed },
  ...documented,
};
const page = { name: "page", in: "query", description: "Page.", schema: { type: "integer" }, ...assumed };
const thing = {
  type: "object",
  "x-evidence": { basis: "observed", source: "our-choice" },
  properties: {
    amount: { type: "integer", description: "How much.", "x-unit": "COP" },
    name: { type: "string", description: "Name.", "x-pii": "direct" },
    code: { type: "string", description: "Code.", ...documented },
  },
};
const document = {
  openapi: "3.1.1",
  info: { title: "Other", version: "1", description: markdown },
  servers: [{ url: "https://api.example.com" }],
  "x-sources": { "our-choice": { description: "No source states it." } },
  paths: {
    "/things": {
      post: {
        operationId: "createThing",
        tags: ["Things"],
        description: "Creates.",
        "x-retry": "with-key",
        ...documented,
        parameters: [{ $ref: "#/components/parameters/Key" }, page],
        requestBody: {
          description: "The thing.",
          content: {
            "application/json": {
              schema: { $ref: "#/components/schemas/Thing" },
              examples: { good: { summary: "Good", value } },
              "x-counterexamples": { bad: { summary: "NIT without digits", value: { amount: 0 } } },
            },
          },
        },
        responses: { "201": { description: "Created.", ...assumed } },
      },
      // It has the same header.
      put: {
        operationId: "replaceThing",
        tags: ["Things"],
        ...documented,
        parameters: [{ $ref: "#/components/parameters/Key" }],
        responses: { "200": { description: "Replaced.", ...documented } },
      },
    },
  },
  components: { parameters: { Key: key }, schemas: { Thing: thing } },
};

let docs: BuiltDocs;
let english: Any;
let spanish: Any;
beforeAll(async () => {
  docs = await withTempFolder("docs-spec", async (folder) => {
    await writeFile(join(folder, "other.json"), JSON.stringify(document));
    return build(join(folder, "other.json"));
  });
  english = shownIn(docs.read("index.html"));
  spanish = shownIn(docs.read("es/index.html"));
}, 120_000);
afterAll(() => docs?.remove());

const operation = (shown = english) => shown.paths["/things"].post;
const fields = (shown = english) => shown.components.schemas.Thing.properties;
const badges = (node: Any) => node["x-badges"].map(({ name }: Any) => name);

describe("evidence in the docs", () => {
  test("marks a field or parameter that is observed or assumed, and not what is documented", () => {
    expect(badges(operation().parameters[1])).toEqual(["assumed"]);
    expect(badges(fields().amount)).toContain("observed");
    expect(badges(fields().code)).toEqual([]);
    expect(operation().description).toMatch(/^Creates\.\n\n\*\*Retries\.\*\* [^*]+$/);
  });

  test("states the reason of what is assumed", () => {
    expect(operation().parameters[1].description).toBe("Page.\n\n*Assumed. No source states it.*");
    expect(operation().responses["201"].description).toBe("Created.\n\n*Assumed. No source states it.*");
  });

  test("comes with the unit of an amount and a mark for personal data", () => {
    expect(badges(fields().amount)).toEqual(["whole pesos", "observed"]);
    expect(fields().name["x-badges"]).toEqual([
      { name: "observed" },
      { name: "personal data", color: "gray" },
    ]);
  });

  test("is in Spanish on the Spanish page", () => {
    expect(badges(fields(spanish).name)).toEqual(["observado", "dato personal"]);
    expect(operation(spanish).responses["201"].description).toMatch(/^Created\.\n\n\*Supuesto\. /);
  });

  test("isn't in the OpenAPI document next to the page", () => {
    expect(JSON.parse(docs.read("openapi.json"))).toEqual(document);
  });
});

test('a header that the client sets is marked once as such, instead of Redoc\'s red "required"', () => {
  const { required, description, "x-badges": marks } = english.components.parameters.Key;
  expect(marks).toEqual([{ name: "required, set by the client" }, { name: "format assumed" }]);
  expect([required, description]).toEqual([false, "Key."]);
});

test("a counter-example is an example whose title states that it's rejected, listed with its reason", () => {
  const { content, description } = operation().requestBody;
  expect(content["application/json"].examples).toEqual({
    good: { summary: "Good", value },
    "rejected-bad": { summary: "Rejected: NIT without digits", value: { amount: 0 } },
  });
  expect(description).toMatch(/^The thing\.\n\n\*\*Rejected requests\.\*\*[^\n]*\n\n- NIT without digits$/);
});

// Spanish, because its labels are replaced in the page.
test("a page shows descriptions and example values as they're written", () => {
  expect(spanish.info.description).toBe(markdown);
  expect(operation(spanish).requestBody.content["application/json"].examples.good.value).toEqual(value);
});

test("the docs of another document have neither our guides nor our samples, and replace no other file", () => {
  expect(operation()["x-codeSamples"]).toBeUndefined();
  expect(english.tags?.map(({ name }: Any) => name) ?? []).not.toContain("getting-started");
  expect(docs.read("index.html")).not.toContain("Getting started");
  expect(existsSync(join(docs.folder, "llms.txt"))).toBe(false);
  expect(docs.read("other.txt")).toBe("Not of the docs.");
});

describe("editing Markdown", () => {
  test("changes links, and neither code nor text that looks like a link", () => {
    const text =
      "[one](a.md) `[two](a.md)` \\[three](a.md)\n\n```md\n[four](a.md)\n```\n\n    [five](a.md)\n";
    expect(withGuideLinks(text, (slug) => `#/${slug}`)).toBe(text.replace("a.md", "#/a"));
  });

  test("changes the address of a link, and not its label", () => {
    const text = "See [a.md **a.md**](a.md), and [`a.md`](a.md).";
    expect(withLinks(text, () => "b.md")).toBe("See [a.md **a.md**](b.md), and [`a.md`](b.md).");
  });

  test("finds nodes in lists, tables and quotations", () => {
    const links = nodesOf("- [a](a.md)\n\n> [b](b.md)\n\n| [c](c.md) |\n| - |\n", "link");
    expect(links.map(({ url }) => url)).toEqual(["a.md", "b.md", "c.md"]);
  });
});
