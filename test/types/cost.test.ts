import { expect, test } from "vitest";
import { operations } from "../../generated/operations.js";
import { onePayProgram, programText } from "../../scripts/bench/programs.js";
import { instantiationLimit, instantiations } from "../../scripts/bench/types.js";
import { readDocument } from "../../scripts/openapi/load.js";

test.each([1, 40])("%i method calls stay within the budget of type instantiations", async (calls) => {
  const program = onePayProgram(operations, await readDocument());
  const { value } = instantiations(programText(program, calls));
  expect(value).toBeGreaterThan(0);
  expect(value).toBeLessThanOrEqual(instantiationLimit);
});
