// An operation that the document has and the emulator doesn't know yet.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { requestOf, validRequest } from "../../scripts/contract/case.js";
import { behaviors } from "../../src/emulator/behaviors.js";
import { contracts, respond } from "./contract-target.js";

const allBehaviors = { ...behaviors };
beforeAll(() => {
  for (const operation of Object.keys(behaviors)) Reflect.deleteProperty(behaviors, operation);
});
afterAll(() => void Object.assign(behaviors, allBehaviors));

describe.each(contracts.map((contract) => [contract.operation, contract] as const))(
  "%s without a behavior",
  (_operation, contract) => {
    test("returns the first example of the document", async () => {
      const response = await respond(validRequest(contract));
      const [example] = Object.values(contract.responses);
      const text = await response.text();
      expect(response.status).toBe(example?.status);
      expect(text === "" ? undefined : JSON.parse(text)).toEqual(example?.body);
    });

    test("validates its requests", async () => {
      const rejected = contract.cases.filter((each) => each.kind === "request" && each.status >= 400);
      expect(rejected).not.toEqual([]);
      for (const each of rejected) {
        if (each.kind !== "request" || each.id.endsWith("accept › another")) continue;
        expect([each.id, (await respond(requestOf(contract, each))).status]).toEqual([each.id, each.status]);
      }
    });
  },
);
