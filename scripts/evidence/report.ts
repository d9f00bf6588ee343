// Prints a comparison of recorded traffic with the specification.
import { shown } from "../cli.js";
import type { Comparison } from "./compare.js";
import type { StatementReport } from "./statements.js";

type StatementState = "seen" | "contradicted" | "not seen";

export function stateOf({ seen, contradictions }: StatementReport): StatementState {
  if (contradictions.length > 0) return "contradicted";
  return seen > 0 ? "seen" : "not seen";
}

/** The comparison as text: each operation with traffic and its statements, then the operations without traffic. */
export function comparisonText({ statements, exchanges, undocumented, otherServers }: Comparison): string {
  const operations = [...new Set(statements.flatMap((statement) => statement.operations))];
  const isTouched = (id: string) =>
    exchanges[id] !== undefined ||
    statements.some((each) => each.operations[0] === id && stateOf(each) !== "not seen");
  const touched = operations.filter(isTouched);
  const untouched = operations.filter((id) => !touched.includes(id));
  const sections = touched.map((id) => {
    // A statement about a shared component is in the section of the first operation with traffic.
    const own = statements.filter((each) => touched.find((other) => each.operations.includes(other)) === id);
    return [`${id}: ${counted(exchanges[id] ?? 0, "exchange", "exchanges")}`, ...own.flatMap(lines), ""].join(
      "\n",
    );
  });
  const notes = undocumented.map(
    ({ file, entry, method }) => `Not described: ${method} request of entry ${entry} in ${shown(file)}`,
  );
  if (untouched.length > 0) notes.unshift(`No traffic: ${untouched.join(", ")}`);
  if (otherServers > 0)
    notes.push(`Left out: ${counted(otherServers, "entry", "entries")} for other servers`);
  return `${[...sections, ...notes, "", summary(statements)].join("\n")}\n`;
}

const counted = (count: number, one: string, several: string) => `${count} ${count === 1 ? one : several}`;

/** The line of a statement, and a line for each contradiction. */
function lines(statement: StatementReport): string[] {
  const { kind, name, basis, seen, contradictions, file, line } = statement;
  const state = stateOf(statement) === "seen" ? `seen ${seen}×` : stateOf(statement);
  const place = contradictions.length > 0 ? `  ${file}:${line}` : "";
  return [
    `  ${state.padEnd(12)}  ${basis.padEnd(10)}  ${kind} ${name}${place}`,
    ...contradictions.map(
      (each) =>
        `    ${each.pointer}: ${each.seen}, ${each.times}×, first in entry ${each.entry} of ${shown(each.file)}`,
    ),
  ];
}

function summary(statements: StatementReport[]): string {
  const inState = (state: StatementState) => statements.filter((each) => stateOf(each) === state);
  const assumed = inState("seen").filter(({ basis }) => basis === "assumed").length;
  return `${statements.length} statements: ${inState("seen").length} seen (${assumed} of them assumed), ${inState("contradicted").length} contradicted, ${inState("not seen").length} not seen.`;
}

/** The comparison for --json: everything but the objects of the YAML parser. */
export const comparisonJson = ({ statements, ...rest }: Comparison) => ({
  ...rest,
  statements: statements.map((statement) => ({ ...statement, place: undefined, state: stateOf(statement) })),
});
