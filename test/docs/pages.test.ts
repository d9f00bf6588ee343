// What the docs add to the document, told from the document that Redoc is given, and what stands beside the pages.
import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { root } from "../../scripts/cli.js";
import { buildDocs, forReaders } from "../../scripts/docs/build.js";
import { evidenceTables, withEvidence } from "../../scripts/docs/evidence.js";
import { readGuides } from "../../scripts/docs/guides.js";
import { inSpanish } from "../../scripts/docs/labels.js";
import { withRefusals } from "../../scripts/docs/refusals.js";
import { unwrapped } from "../../scripts/docs/text.js";
import { words } from "../../scripts/docs/words.js";
import { countEvidence } from "../../scripts/evidence/count.js";
import type { Document } from "../../scripts/generate/openapi.js";

// biome-ignore lint/suspicious/noExplicitAny: the tests look deep into documents whose shape they state themselves.
type Any = any;

const own = JSON.parse(readFileSync(join(root, "generated/openapi.json"), "utf8")) as Document;

/** A document with one statement of each kind. */
const small = (): Any => ({
  openapi: "3.1.1",
  "x-sources": { "our-choice": { description: "Nobody says so." } },
  paths: {
    "/things": {
      post: {
        operationId: "createThing",
        tags: ["Things"],
        description: "Creates.",
        "x-retry": "with-key",
        "x-evidence": { basis: "documented", source: "https://docs.example.org/things" },
        parameters: [
          { $ref: "#/components/parameters/Key" },
          {
            name: "page",
            in: "query",
            description: "Page.",
            schema: { type: "integer" },
            "x-evidence": { basis: "assumed", source: "our-choice" },
          },
        ],
        requestBody: {
          description: "The thing.",
          content: {
            "application/json": {
              schema: { $ref: "#/components/schemas/Thing" },
              examples: { good: { summary: "Good", value: { amount: 1 } } },
              "x-counterexamples": { bad: { summary: "A thing of nothing", value: { amount: 0 } } },
            },
          },
        },
        responses: {
          "201": { description: "Created.", "x-evidence": { basis: "assumed", source: "our-choice" } },
        },
      },
    },
  },
  components: {
    parameters: {
      Key: {
        name: "key",
        in: "header",
        description: "Key.",
        schema: { type: "string", minLength: 1, "x-evidence": { basis: "assumed", source: "our-choice" } },
        "x-evidence": { basis: "seed", source: "our-choice" },
      },
    },
    schemas: {
      Thing: {
        type: "object",
        "x-evidence": { basis: "observed", source: "our-choice" },
        properties: {
          amount: { type: "integer", description: "How much.", "x-unit": "COP" },
          name: { type: "string", description: "Name.", "x-pii": "direct" },
        },
      },
    },
  },
});
const names = (node: Any) => node["x-badges"]?.map(({ name }: { name: string }) => name);

describe("evidence in the docs", () => {
  const told = withEvidence(small(), "en") as Any;
  const operation = told.paths["/things"].post;

  it("stands at the end of an operation, with its source", () => {
    expect(operation.description).toContain(
      "**Evidence:** `documented`, [docs.example.org/things](https://docs.example.org/things)",
    );
  });

  it("is a badge at a parameter and at a field, the field's own or that of its schema", () => {
    expect(names(told.components.parameters.Key)).toEqual(["seed"]);
    expect(names(operation.parameters[1])).toEqual(["assumed"]);
    expect(names(told.components.schemas.Thing.properties.amount)).toContain("observed");
  });

  it("gives the reason of what is assumed, where it stands", () => {
    expect(operation.parameters[1].description).toBe("Page.\n\n*Assumed: Nobody says so.*");
    expect(operation.responses["201"].description).toContain("`assumed`. Nobody says so.");
  });

  it("gives the reason of an assumed constraint at its parameter", () => {
    expect(told.components.parameters.Key.description).toBe("Key.\n\n*Assumed: Nobody says so.*");
  });

  it("comes with the unit of an amount and a word on personal data", () => {
    expect(names(told.components.schemas.Thing.properties.amount)).toEqual(["whole pesos", "observed"]);
    expect(names(told.components.schemas.Thing.properties.name)).toEqual(["observed", "personal data"]);
  });

  it("leaves the document itself as it was", () => {
    const before = small();
    withEvidence(before, "en");
    expect(before).toEqual(small());
  });

  it("says in its tables what `npm run evidence` says", () => {
    const { operations, assumptions } = countEvidence(own);
    const tables = evidenceTables(own, "en");
    for (const { operationId, counts } of operations) {
      expect(tables.operations).toContain(`| \`${operationId}\` | ${Object.values(counts).join(" | ")} |`);
    }
    for (const { reason } of assumptions)
      expect(tables.assumptions).toContain(reason.replace(/\s*\n\s*/g, " "));
  });

  it("stands at every field of our own document", () => {
    const { components } = withEvidence(own, "es") as Any;
    for (const [schema, { properties = {} }] of Object.entries<Any>(components.schemas)) {
      for (const [field, node] of Object.entries<Any>(properties)) {
        expect(names(node), `${schema}.${field}`).toEqual(
          expect.arrayContaining([expect.stringMatching(/^(seed|documented|observed|assumed)$/)]),
        );
      }
    }
  });
});

describe("a counter-example in the docs", () => {
  const body = (withRefusals(small(), "en") as Any).paths["/things"].post.requestBody;

  it("is an example that says that it is refused, and why", () => {
    expect(
      Object.values<Any>(body.content["application/json"].examples).map(({ summary }) => summary),
    ).toEqual(["Good", "Refused, because: a thing of nothing"]);
  });

  it("is named in the description of the body", () => {
    expect(body.description).toMatch(/^The thing\.\n\n\*\*Refused\.\*\*[\s\S]*- a thing of nothing$/);
  });
});

describe("the texts of the document", () => {
  it("have each paragraph on one line, and keep lists, tables and code", () => {
    const text = "One\nline.\n\n- a\n- b\n\n```ts\nx\ny\n```\n";
    const [described] = [unwrapped({ description: text } as Any) as Any];
    expect(described.description).toBe("One line.\n\n- a\n- b\n\n```ts\nx\ny\n```\n");
  });
});

describe("the Spanish labels", () => {
  it("fail the build, by name, where Redoc no longer shows one of them", () => {
    expect(() => inSpanish("<html></html>")).toThrow(/no longer holds "its program"/);
    expect(() => inSpanish('<script type="module">x const __redoc_definition = 1')).toThrow(
      /no longer holds "Hide"/,
    );
  });
});

describe("what the docs say beside the document", () => {
  it("is said in both languages, and never the same twice by mistake", () => {
    const leaves = (value: unknown, path = ""): [string, string][] =>
      typeof value === "object" && value !== null
        ? Object.entries(value).flatMap(([key, item]) => leaves(item, `${path}.${key}`))
        : [[path, String(value)]];
    const english = new Map(leaves(words.en));
    const spanish = new Map(leaves(words.es));
    expect([...spanish.keys()]).toEqual([...english.keys()]);
    const same = [...spanish].filter(([path, text]) => english.get(path) === text).map(([path]) => path);
    // Names are the same in every language.
    expect(same).toEqual([".samples.client.ts", ".samples.fetch.ts", ".samples.curl.sh", ".bar.document"]);
  });
});

describe("a guide", () => {
  it("comes with its samples and tables in place, and leads to the pages of the docs", async () => {
    const guides = await readGuides(join(root, "spec/guides"), own, "en");
    const text = guides.map((guide) => guide.text).join("\n");
    expect(text).not.toMatch(/file=|\{\{|\.md\)/);
    expect(text).toContain("idempotencyKeyFrom(");
    expect(text).toContain("](#/errors)");
  });

  it("is a page before the operations", async () => {
    const guides = await readGuides(join(root, "spec/guides"), own, "es");
    const shown = (await forReaders(own, guides, join(root, "spec/samples"), "es")) as Any;
    expect(shown["x-tagGroups"].map(({ name }: Any) => name)).toEqual(["Guías", "Operaciones"]);
    expect(shown["x-tagGroups"][0].tags).toEqual(guides.map(({ slug }) => slug));
    expect(shown["x-tagGroups"][1].tags).toEqual((own as Any).tags.map(({ name }: Any) => name));
  });

  it("is none where the document has no guides beside it", async () => {
    expect(await readGuides(join(root, "no-such-folder"), own, "en")).toEqual([]);
  });
});

describe("beside the pages", () => {
  let folder = "";
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "onepay-docs-files-"));
    await buildDocs({ out: folder });
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));
  const read = (name: string) => readFileSync(join(folder, name), "utf8");

  it("stands the document, in the language of the page", () => {
    expect(JSON.parse(read("openapi.json"))).toEqual(own);
    expect(JSON.parse(read("es/openapi.json")).info.title).toBe("API de clientes de OnePay");
  });

  it("names every operation and every guide in llms.txt, each guide as a file that is there", () => {
    const text = read("llms.txt");
    const { homepage } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    const links = [...text.matchAll(/\]\((\S+?)\)/g)].map(([, to = ""]) => to);
    expect(links.every((to) => to.startsWith(homepage))).toBe(true);
    for (const to of links) {
      const [file = ""] = to.slice(homepage.length).split("#");
      expect(
        existsSync(join(folder, file === "" || file.endsWith("/") ? `${file}index.html` : file)),
        to,
      ).toBe(true);
    }
    for (const { operationId } of countEvidence(own).operations) expect(text).toContain(`[${operationId}]`);
    expect(text.match(/guides\/[\w-]+\.md/g)).toHaveLength(8);
  });

  it("leaves what else stands in the folder alone", async () => {
    expect(existsSync(join(folder, "index.html"))).toBe(true);
    await writeFile(join(folder, "kept.txt"), "kept");
    await buildDocs({ out: folder });
    expect(read("kept.txt")).toBe("kept");
  });
});

it("renders any other document, too, without the guides and the samples of ours", async () => {
  const folder = await mkdtemp(join(tmpdir(), "onepay-docs-other-"));
  try {
    await writeFile(
      join(folder, "other.json"),
      JSON.stringify({ ...small(), info: { title: "Other", version: "1" } }),
    );
    const { pages } = await buildDocs({ spec: join(folder, "other.json"), out: join(folder, "docs") });
    for (const page of pages) {
      const text = await readFile(page, "utf8");
      expect(text).toContain("createThing");
      expect(text).not.toContain("Getting started");
    }
    expect(existsSync(join(folder, "docs/llms.txt"))).toBe(false);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
