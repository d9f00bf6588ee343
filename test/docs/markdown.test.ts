// Texts and example values of an OpenAPI document look in the docs as they're written.
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildDocs } from "../../scripts/docs/build.js";
import { withGuideLinks } from "../../scripts/docs/guides.js";
import { editMarkdown, nodesOf, withUrl } from "../../scripts/docs/markdown.js";

const description = `First line
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
const value = {
  description: "line one\nline two",
  summary: "~~~\nx\n~~~",
  note: '</script><a href="/x">',
  title: ">License<",
};

describe("the docs of a document with all kinds of Markdown", () => {
  let folder = "";
  let definition: { info: { description: string }; paths: Record<string, Record<string, never>> };
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "onepay-docs-markdown-"));
    const document = {
      openapi: "3.1.1",
      info: { title: "T", version: "1", description },
      servers: [{ url: "https://api.example.com" }],
      paths: {
        "/things": {
          post: {
            operationId: "createThing",
            tags: ["Things"],
            description,
            requestBody: { content: { "application/json": { schema: {}, examples: { one: { value } } } } },
            responses: { "200": { description: "ok" } },
          },
        },
      },
    };
    await writeFile(join(folder, "document.json"), JSON.stringify(document));
    const { pages } = await buildDocs({ spec: join(folder, "document.json"), out: join(folder, "docs") });
    // Spanish, because its labels are replaced in the page.
    const page = await readFile(pages[1] ?? "", "utf8");
    const [, json = ""] = /const __redoc_definition = (.*);\n/.exec(page) ?? [];
    definition = JSON.parse(json);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it("keep the descriptions as written", () => {
    expect(definition.info.description).toBe(description);
    expect(definition.paths["/things"]?.post).toMatchObject({ description });
  });

  it("keep the example values as written, even if a field is called `description`", () => {
    expect(definition.paths["/things"]?.post).toMatchObject({
      requestBody: { content: { "application/json": { examples: { one: { value } } } } },
    });
  });
});

describe("editing Markdown", () => {
  it("changes links, and neither code nor text that looks like a link", () => {
    const text =
      "[one](a.md) `[two](a.md)` \\[three](a.md)\n\n```md\n[four](a.md)\n```\n\n    [five](a.md)\n";
    expect(withGuideLinks(text, (slug) => `#/${slug}`)).toBe(text.replace("a.md", "#/a"));
  });

  it("changes the address of a link, and not its label", () => {
    const text = "See [a.md **a.md**](a.md), and [`a.md`](a.md).";
    const changed = editMarkdown(text, (node, source) =>
      node.type === "link" ? withUrl(node, source, "b.md") : undefined,
    );
    expect(changed).toBe("See [a.md **a.md**](b.md), and [`a.md`](b.md).");
  });

  it("finds nodes in lists, tables and quotations", () => {
    expect(
      nodesOf("- [a](a.md)\n\n> [b](b.md)\n\n| [c](c.md) |\n| - |\n", "link").map(({ url }) => url),
    ).toEqual(["a.md", "b.md", "c.md"]);
  });
});
