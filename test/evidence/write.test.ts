import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openSpec } from "../../scripts/evidence/spec.js";
import { reportsOf } from "../../scripts/evidence/statements.js";
import { editedTexts, writeObserved } from "../../scripts/evidence/write.js";
import { tempFolder } from "./helpers.js";

const document = `openapi: 3.1.1
servers: [{ url: https://api.example.com }]
paths:
  /things:
    get:
      operationId: listThings
      x-evidence: { basis: documented, source: page } # the page
      responses:
        "200":
          x-evidence: # of the whole response
            basis: assumed
            source: guess
          content:
            application/json:
              schema:
                type: object
                properties:
                  seen: { type: string }
                  unseen:
                    type: string
x-sources: { $ref: sources.yaml }
`;

const sources = `page: { basis: documented }

guess: { basis: assumed }

# A name that another one starts with.
gue: { basis: assumed }
`;

async function specWith(seen: string[]) {
  const folder = await tempFolder();
  const file = join(folder, "openapi.yaml");
  await writeFile(file, document);
  await writeFile(join(folder, "sources.yaml"), sources);
  const spec = openSpec(file);
  const confirmed = [...reportsOf(spec).values()].filter(({ name }) => seen.includes(name));
  expect(confirmed).toHaveLength(seen.length);
  return { spec, confirmed };
}

test("a statement that inherited an evidence keeps it if it isn't confirmed", async () => {
  const { spec, confirmed } = await specWith(["200", "200.seen"]);
  const texts = editedTexts(spec, confirmed, "recording-2026-11-01", "2026-11-01");
  const text = texts.get(spec.rootFile) ?? "";
  expect(text).toContain(`x-evidence: # of the whole response
            basis: observed
            source: recording-2026-11-01
`);
  expect(text).toContain("x-evidence: { basis: documented, source: page } # the page");
  expect(text).toContain(`                  unseen:
                    type: string
                    x-evidence: { basis: assumed, source: guess }
`);
  const names = (texts.get(spec.sourcesFile) ?? "").match(/^[\w-]+(?=:)/gm);
  expect(names).toEqual(["page", "guess", "recording-2026-11-01"]);
});

test("nothing is written if lint rejects the result", async () => {
  const { spec, confirmed } = await specWith(["200.seen"]);
  const written = writeObserved(spec, confirmed, "2026-11-01");
  await expect(written).rejects.toThrow(/openapi\.yaml:\d+:\d+ {2}struct {2}/);
  expect(await readFile(spec.rootFile, "utf8")).toBe(document);
  expect(await readFile(spec.sourcesFile, "utf8")).toBe(sources);
});
