import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { costOf } from "../../scripts/bench/compiler.js";
import { flat, text } from "../../scripts/bench/programs.js";
import { instantiationLimit } from "../../scripts/bench/types.js";
import { root } from "../../scripts/cli.js";
import type { Document } from "../../scripts/generate/openapi.js";

const document = JSON.parse(readFileSync(join(root, "generated/openapi.json"), "utf8")) as Document;
const program = flat(document);
const instantiations = (calls: number) =>
  costOf(text(program, calls), join(root, "program.mts")).instantiations;

test("one method call and forty method calls stay within the limit of type instantiations", () => {
  expect(instantiations(1)).toBeLessThanOrEqual(instantiationLimit);
  expect(instantiations(40)).toBeLessThanOrEqual(instantiationLimit);
});
