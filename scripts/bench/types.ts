// What a program costs the compiler and the editor.
import { join } from "node:path";
import { operations } from "../../generated/operations.js";
import { root } from "../cli.js";
import { instantiationsOf } from "./compiler.js";
import { readDocument } from "./document.js";
import { fetchClientProgram, onePayProgram, type Program, programText } from "./programs.js";
import { budget, type Part } from "./report.js";
import type { Figure } from "./statistics.js";

/** Type instantiations, for any number of calls. */
export const instantiationLimit = 100;

export const types: Part = {
  about: "type instantiations of one call, of one call per operation, and of forty calls",
  async run() {
    const document = await readDocument();
    const programs: Record<string, Program> = {
      "`OnePay`": onePayProgram(operations, document),
      "`createFetchClient` (openapi-fetch)": fetchClientProgram(operations, document),
    };
    const counts = [1, Object.keys(operations).length, 40];
    const rows = Object.entries(programs).map(([name, program]) => ({
      name,
      figures: counts.map((count): Figure => {
        const value = instantiationsOf(programText(program, count), join(root, "program.mts"));
        return { value, unit: "" };
      }),
    }));
    const forty = rows[0]?.figures.at(-1) as Figure;
    return {
      tables: [
        {
          title: "Types",
          note: "Type instantiations beyond an empty file. They don't depend on the machine.",
          columns: counts.map((count) => (count === 1 ? "1 call" : `${count} calls`)),
          rows,
        },
      ],
      budgets: [budget("type instantiations of forty method calls", forty, instantiationLimit)],
    };
  },
};
