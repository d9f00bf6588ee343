// What the docs add to the OpenAPI document, and the files next to the pages.
import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { root } from "../../scripts/cli.js";
import { buildDocs, withDocsTexts } from "../../scripts/docs/build.js";
import { withClientHeaders } from "../../scripts/docs/client-headers.js";
import { evidenceTables, withEvidence } from "../../scripts/docs/evidence.js";
import { type Guides, readGuides, readIndex } from "../../scripts/docs/guides.js";
import { inSpanish } from "../../scripts/docs/labels.js";
import { withNotes } from "../../scripts/docs/notes.js";
import { withRejectedExamples } from "../../scripts/docs/rejected-examples.js";
import { strings } from "../../scripts/docs/strings.js";
import { countEvidence } from "../../scripts/evidence/count.js";
import type { Language } from "../../scripts/generate/language.js";
import type { Document } from "../../scripts/generate/openapi.js";

// biome-ignore lint/suspicious/noExplicitAny: the tests look deep into documents that they define themselves.
type Any = any;

const onepay = JSON.parse(readFileSync(join(root, "generated/openapi.json"), "utf8")) as Document;
const samples = join(root, "spec/samples");
const guidesFolder = join(root, "spec/guides");
const { homepage } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { homepage: string };

/** A document with one statement of each kind. */
const small = (): Any => ({
  openapi: "3.1.1",
  "x-sources": { "our-choice": { description: "No source states it." } },
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
              "x-counterexamples": { bad: { summary: "NIT without digits", value: { amount: 0 } } },
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
        name: "x-idempotency",
        in: "header",
        required: true,
        description: "Key.",
        schema: { type: "string", minLength: 1, "x-evidence": { basis: "assumed", source: "our-choice" } },
        "x-evidence": { basis: "documented", source: "our-choice" },
      },
    },
    schemas: {
      Thing: {
        type: "object",
        "x-evidence": { basis: "observed", source: "our-choice" },
        properties: {
          amount: { type: "integer", description: "How much.", "x-unit": "COP" },
          name: { type: "string", description: "Name.", "x-pii": "direct" },
          code: {
            type: "string",
            description: "Code.",
            "x-evidence": { basis: "documented", source: "our-choice" },
          },
        },
      },
    },
  },
});
const badgeNames = (node: Any) => node["x-badges"]?.map(({ name }: { name: string }) => name);

describe("evidence in the docs", () => {
  const shown = withEvidence(small(), "en") as Any;
  const operation = shown.paths["/things"].post;
  const { Thing } = shown.components.schemas;

  it("marks a field or parameter that is observed or assumed", () => {
    expect(badgeNames(operation.parameters[1])).toEqual(["assumed"]);
    expect(badgeNames(Thing.properties.amount)).toContain("observed");
  });

  it("doesn't mark what OnePay documents", () => {
    expect(operation.description).not.toMatch(/documented|docs\.example\.org/i);
    expect(badgeNames(Thing.properties.code)).toEqual([]);
  });

  it("states the reason of what is assumed", () => {
    expect(operation.parameters[1].description).toBe("Page.\n\n*Assumed. No source states it.*");
    expect(operation.responses["201"].description).toBe("Created.\n\n*Assumed. No source states it.*");
  });

  it("marks an assumed format, and leaves the description short", () => {
    expect(badgeNames(shown.components.parameters.Key)).toEqual(["format assumed"]);
    expect(shown.components.parameters.Key.description).toBe("Key.");
  });

  it("comes with the unit of an amount and a mark for personal data", () => {
    expect(badgeNames(Thing.properties.amount)).toEqual(["whole pesos", "observed"]);
    expect(Thing.properties.name["x-badges"]).toEqual([
      { name: "observed" },
      { name: "personal data", color: "gray" },
    ]);
  });

  it("is in Spanish on the Spanish page", () => {
    const spanish = withEvidence(small(), "es") as Any;
    expect(badgeNames(spanish.components.schemas.Thing.properties.name)).toEqual([
      "observado",
      "dato personal",
    ]);
    expect(spanish.paths["/things"].post.responses["201"].description).toMatch(/^Created\.\n\n\*Supuesto\. /);
  });

  it("doesn't change the original document", () => {
    const original = small();
    withEvidence(original, "en");
    expect(original).toEqual(small());
  });

  it("has the same numbers in its tables as `npm run evidence`", () => {
    const { operations, assumptions } = countEvidence(onepay);
    const tables = evidenceTables(onepay, "en");
    for (const { operationId, counts } of operations) {
      expect(tables.operations).toContain(`| \`${operationId}\` | ${Object.values(counts).join(" | ")} |`);
    }
    for (const { reason } of assumptions)
      expect(tables.assumptions).toContain(reason.replace(/\s*\n\s*/g, " "));
  });
});

describe("the idempotency header in the docs", () => {
  it('is marked as set by the client, instead of Redoc\'s red "required"', () => {
    const { Key } = (withClientHeaders(small(), "en") as Any).components.parameters;
    expect(Key.required).toBe(false);
    expect(badgeNames(Key)).toEqual(["required, set by the client"]);
  });
});

describe("a counter-example in the docs", () => {
  const body = (withRejectedExamples(small(), "en") as Any).paths["/things"].post.requestBody;

  it("is an example whose title states that it's rejected, and why", () => {
    expect(
      Object.values<Any>(body.content["application/json"].examples).map(({ summary }) => summary),
    ).toEqual(["Good", "Rejected: NIT without digits"]);
  });

  it("is listed in the description of the body", () => {
    expect(body.description).toMatch(
      /^The thing\.\n\n\*\*Rejected requests\.\*\*[^\n]*\n\n- NIT without digits$/,
    );
  });
});

describe("createCustomer in the docs", () => {
  it.each(["en", "es"] as const)("states that its example is OnePay's own: %s", (language) => {
    const { description } = (withNotes(onepay, language) as Any).paths["/customers"].post;
    expect(description).toMatch(/OnePay[\s\S]*Juan Pérez[\s\S]*John Doe/);
  });
});

describe("the Spanish labels", () => {
  it("fail the build, by name, if Redoc no longer has one of them", () => {
    expect(() => inSpanish("<html></html>")).toThrow(/no longer contains "its program"/);
    expect(() => inSpanish('<script type="module">x const __redoc_definition = 1')).toThrow(
      /no longer contains "Hide"/,
    );
  });
});

describe("the strings of the docs", () => {
  it("exist in both languages, and differ except for names", () => {
    const leaves = (value: unknown, path = ""): [string, string][] =>
      typeof value === "object" && value !== null
        ? Object.entries(value).flatMap(([key, item]) => leaves(item, `${path}.${key}`))
        : [[path, String(value)]];
    const english = new Map(leaves(strings.en));
    const spanish = new Map(leaves(strings.es));
    expect([...spanish.keys()]).toEqual([...english.keys()]);
    const same = [...spanish].filter(([path, text]) => english.get(path) === text).map(([path]) => path);
    expect(same).toEqual([
      ".samples.client.ts",
      ".samples.fetch.ts",
      ".samples.curl.sh",
      ".bar.specification",
    ]);
  });
});

describe("the guides", () => {
  const read = async (language: Language) =>
    (await readGuides(guidesFolder, samples, onepay, language)) as Guides;
  const build = async (language: Language) =>
    (await withDocsTexts(onepay, await read(language), samples, language, homepage)) as Any;

  it("have their samples and tables, and link to other guides by their files", async () => {
    const { pages } = await read("en");
    const text = pages.map((guide) => guide.text).join("\n");
    expect(text).not.toMatch(/file=|\{\{/);
    expect(text).toContain("idempotencyKeyFrom(");
    expect(text).toContain("](errors.md)");
  });

  it("have Spanish comments in their samples in Spanish", async () => {
    const { home } = await read("es");
    expect(home.text).toContain("// La llave de API se lee de ONEPAY_API_KEY.");
  });

  it("are pages before the operations, and link to each other as pages", async () => {
    const document = await build("es");
    const { pages } = await read("es");
    const [guides, operations] = document["x-tagGroups"];
    expect(guides).toEqual({ name: "Guías", tags: pages.map(({ slug }) => slug) });
    expect(operations).toEqual({
      name: "Referencia de la API",
      tags: (onepay as Any).tags.map(({ name }: Any) => name),
    });
    expect(document.tags.map(({ description }: Any) => description).join("\n")).toContain("](#/errors)");
  });

  it("are copied as Markdown with links that work anywhere", async () => {
    const { tags } = await build("en");
    for (const { name, "x-guide": markdown } of tags.slice(0, readIndex(guidesFolder).length)) {
      expect(markdown, name).toMatch(/^# \w/);
      expect(markdown, name).not.toMatch(/\]\((?!https:)/);
    }
  });

  it("start with a home page: what it is, the installation, the first call, and no license", async () => {
    const { info } = await build("en");
    expect(info.license).toBeUndefined();
    expect(info.version).toBe("");
    expect(info.description).toContain("npm install onepay-client");
    expect(info.description).toContain("onepay.customers.create(");
    expect(info.description).toContain("](#/getting-started)");
    expect(info.description).not.toMatch(/evidence|assumed|observed/i);
  });

  it("are optional for other documents", async () => {
    expect(await readGuides(join(root, "no-such-folder"), samples, onepay, "en")).toBeUndefined();
  });
});

describe("the files next to the pages", () => {
  let folder = "";
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "onepay-docs-files-"));
    await writeFile(join(folder, "kept.txt"), "kept");
    await buildDocs({ out: folder });
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));
  const read = (name: string) => readFileSync(join(folder, name), "utf8");

  it("include the OpenAPI document in the language of the page, without what only the docs show", () => {
    expect(JSON.parse(read("openapi.json"))).toEqual(onepay);
    expect(JSON.parse(read("es/openapi.json")).info.title).toBe("API de clientes de OnePay");
  });

  it("include an llms.txt that lists every operation and every guide, with links to files that exist", async () => {
    const text = read("llms.txt");
    const links = [...text.matchAll(/\]\((\S+?)\)/g)].map(([, to = ""]) => to);
    expect(links.every((to) => to.startsWith(homepage))).toBe(true);
    for (const to of links) {
      const [file = ""] = to.slice(homepage.length).split("#");
      const path = file === "" || file.endsWith("/") ? `${file}index.html` : file;
      expect(existsSync(join(folder, path)), to).toBe(true);
    }
    for (const { operationId } of countEvidence(onepay).operations)
      expect(text).toContain(`[${operationId}]`);
    expect(text.match(/guides\/[\w-]+\.md/g)).toHaveLength(readIndex(guidesFolder).length);
  });

  it("leave other files in the folder alone", () => {
    expect(read("kept.txt")).toBe("kept");
  });
});

describe("the docs of another OpenAPI document", () => {
  it("have neither our guides nor our samples", async () => {
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
});
