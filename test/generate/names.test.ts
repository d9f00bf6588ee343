// Lists of names that the generator keeps, compared with the client that they describe.
import { expect, test } from "vitest";
import { optionNames } from "../../scripts/generate/names.js";
import { nameOperations } from "../../spec/rules/method-name/name.js";
import { OnePay } from "../../src/index.js";
import { optionNames as refusedInData } from "../../src/options.js";

test("each option that the client refuses in data is known to the generator", () => {
  expect(refusedInData.length).toBeGreaterThan(5);
  expect(optionNames).toEqual(expect.arrayContaining([...refusedInData]));
});

test("no tag may replace a member of the client", () => {
  const client = new OnePay({ apiKey: "sk_test_example" });
  const resources = ["customers", "customerSessions"];
  const members = [...Object.getOwnPropertyNames(OnePay.prototype), ...Object.keys(client)];
  for (const member of members.filter((name) => !resources.includes(name))) {
    const [name] = nameOperations([{ operationId: "getThing", tags: [member] }]);
    expect(name, member).toHaveProperty("problem");
  }
});
