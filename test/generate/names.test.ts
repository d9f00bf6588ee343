// Names: which ones the generator refuses, and the lists that it keeps, compared with the client that they describe.
import { describe, expect, test } from "vitest";
import { optionNames } from "../../scripts/generate/names.js";
import { type NamedOperation, nameOperations } from "../../spec/rules/method-name/name.js";
import { OnePay } from "../../src/index.js";
import { optionNames as refusedInData } from "../../src/options.js";

test("each option that the client refuses in data is known to the generator", () => {
  expect(refusedInData.length).toBeGreaterThan(5);
  expect(optionNames).toEqual(expect.arrayContaining([...refusedInData]));
});

const problemsOf = (...operations: NamedOperation[]): string[] =>
  nameOperations(operations).flatMap((name) => ("problem" in name ? [name.problem] : []));

describe("an operation is refused", () => {
  const client = new OnePay({ apiKey: "sk_test_example" });
  const members = [...Object.getOwnPropertyNames(OnePay.prototype), ...Object.keys(client)].filter(
    (name) => !["customers", "customerSessions"].includes(name),
  );

  test.each([...members, "With options", "constructor", "toString", "hasOwnProperty", "then"])(
    "if its tag is %s, which the client needs itself",
    (tag) => {
      expect(problemsOf({ operationId: "getThing", tags: [tag] })).toEqual([
        `The tag "${tag}" of operation getThing is reserved in the client. Use another name.`,
      ]);
    },
  );

  test.each([
    ["its method would replace a member of each object", "constructor", "Things"],
    ["its method would make the resource a promise", "then", "Things"],
    ["its tag has no Latin letter", "getThing", "Вещи"],
    ["its operationId has no Latin letter", "список", "Things"],
  ])("if %s", (_, operationId, tag) => {
    expect(problemsOf({ operationId, tags: [tag] })).toHaveLength(1);
  });

  test("if another operationId is the same word", () => {
    const tags = ["Things"];
    expect(problemsOf({ operationId: "find-thing", tags }, { operationId: "findThing", tags })).toEqual([
      "find-thing and findThing would both be called things.findThing. Rename one of them.",
    ]);
  });
});
