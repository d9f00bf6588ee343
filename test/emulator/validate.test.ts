import { describe, expect, test } from "vitest";
import type { OperationContract, ParameterContract } from "../../src/contract.js";
import { readRequest } from "../../src/emulator/request.js";
import { hasCredentials, readDeepObject, validateRequest } from "../../src/emulator/validate.js";

/** The value of a query parameter as its validator gets it. */
async function parameterValue(type: ParameterContract["type"], query: string): Promise<unknown> {
  let value: unknown = "not validated";
  const validate = (received: unknown) => {
    value = received;
    return true;
  };
  const contract: OperationContract = {
    security: [],
    parameters: [{ in: "query", name: "value", required: false, type, validate }],
    responses: {},
    success: { status: 200 },
  };
  const request = await readRequest(new Request(`https://api.onepay.la/v1/customers?${query}`));
  expect(hasCredentials(contract, request)).toBe(true);
  expect(validateRequest(contract, request)).toBeUndefined();
  return value;
}

describe("a parameter of the query", () => {
  test.each([
    ["integer", "value=7", 7],
    ["number", "value=7.5", 7.5],
    ["number", "value=", ""],
    ["number", "value=seven", "seven"],
    ["boolean", "value=true", true],
    ["boolean", "value=false", false],
    ["boolean", "value=yes", "yes"],
    ["string", "value=7", "7"],
    ["string", "other=7", "not validated"],
    ["deepObject", "value[name]=Ana&value[city=Cali&other[name]=Eva", { name: "Ana" }],
  ] as const)("of the type %s is read from %s as %j", async (type, query, expected) => {
    expect(await parameterValue(type, query)).toEqual(expected);
  });

  test("without a field isn't an object", () => {
    expect(readDeepObject("filter", new URLSearchParams("filter=1"))).toBeUndefined();
  });
});
