import { expect, test } from "vitest";
import { countEvidence, type Evidence, evidenceText } from "../../scripts/evidence/count.js";
import { main } from "../../scripts/evidence.js";
import { runCommand } from "../command.js";

const documented = { basis: "documented", source: "catalogue" };
const observed = { basis: "observed", source: "players" };
const assumed = { basis: "assumed", source: "guess" };

const toys = {
  openapi: "3.1.1",
  paths: {
    "/toys": {
      post: {
        operationId: "createToy",
        "x-evidence": documented,
        parameters: [
          { $ref: "#/components/parameters/Key" },
          { name: "sort", in: "query" as const, schema: { type: "string" }, "x-evidence": assumed },
        ],
        requestBody: {
          content: { "application/json": { schema: { $ref: "#/components/schemas/CreateToy" } } },
        },
        responses: {
          "201": { description: "Made.", "x-evidence": assumed },
          "429": { $ref: "#/components/responses/Slower" },
        },
      },
      get: {
        operationId: "listToys",
        "x-evidence": observed,
        responses: { "429": { $ref: "#/components/responses/Slower", "x-evidence": documented } },
      },
    },
  },
  components: {
    parameters: { Key: { name: "key", in: "header" as const, "x-evidence": observed } },
    schemas: {
      CreateToy: {
        type: "object",
        additionalProperties: false,
        "x-evidence": { ...documented, constraints: { additionalProperties: assumed } },
        properties: {
          name: { type: "string" },
          kind: { type: "string", enum: ["doll"], "x-evidence": observed },
        },
      },
    },
    responses: { Slower: { description: "Slower.", "x-evidence": observed } },
  },
  "x-sources": {
    catalogue: { basis: "documented", description: "The catalogue." },
    guess: { basis: "assumed", description: "A guess." },
  },
};

const evidence = countEvidence(toys);

test("counts a statement by its own evidence, by that next to its reference, or by the inherited one", () => {
  expect(evidence.operations).toEqual([
    { operationId: "listToys", counts: { documented: 1, observed: 1, assumed: 0 } },
    // Documented: the operation and the name. Observed: the key, the kind, its enum and the shared 429. Assumed: sort, the
    // closed body and the 201.
    { operationId: "createToy", counts: { documented: 2, observed: 4, assumed: 3 } },
  ]);
});

test("lists the assumed statements by their reason", () => {
  const statements = [
    "sort (parameter)",
    "CreateToy: additionalProperties (constraint)",
    "createToy 201 (response)",
  ];
  expect(evidence.assumptions).toEqual([{ source: "guess", reason: "A guess.", statements }]);
});

test("prints a table with a line for each operation and one for the whole document", () => {
  expect(evidenceText(evidence).split("\n").slice(0, 4)).toEqual([
    "operation           documented  observed  assumed",
    "listToys                     1         1        0",
    "createToy                    2         4        3",
    "the whole document           3         5        3",
  ]);
});

test("`npm run evidence -- --json --language es` prints every operation, the reasons in Spanish, and nothing else on stdout", async () => {
  const { stdout } = await runCommand(main, ["--json", "--language", "es"]);
  const printed = JSON.parse(stdout) as Evidence;
  expect(printed.operations).toHaveLength(13);
  const created = printed.operations.find(({ operationId }) => operationId === "createCustomer");
  expect(created?.counts.documented).toBeGreaterThan(10);
  const { reason } = printed.assumptions.find(({ source }) => source === "closed-body") ?? {};
  expect(reason).toMatch(/^Un campo desconocido/);
});
