import { join } from "node:path";
import { expect, test } from "vitest";
import { operations } from "../../generated/operations.js";
import { instantiationsOf } from "../../scripts/bench/compiler.js";
import { readDocument } from "../../scripts/bench/document.js";
import { onePayProgram, programText } from "../../scripts/bench/programs.js";
import { instantiationLimit } from "../../scripts/bench/types.js";
import { root } from "../../scripts/cli.js";

test.each([1, 40])("%i method calls stay within the budget of type instantiations", async (calls) => {
  const program = onePayProgram(operations, await readDocument());
  const instantiations = instantiationsOf(programText(program, calls), join(root, "program.mts"));
  expect(instantiations).toBeGreaterThan(0);
  expect(instantiations).toBeLessThanOrEqual(instantiationLimit);
});
