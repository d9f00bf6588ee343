// Prints a comparison of recorded traffic with the specification.
import { shown } from "../cli.js";
import type { Comparison } from "./compare.js";
import type { Contradiction, StatementReport } from "./statements.js";

export type StatementState = "seen" | "contradicted" | "not seen";

export function stateOf({ seen, contradictions }: StatementReport): StatementState {
  if (contradictions.length > 0) return "contradicted";
  return seen > 0 ? "seen" : "not seen";
}

/** The comparison as text: each operation with traffic and its statements, then the operations without traffic. */
export function comparisonText(comparison: Comparison): string {
  const { statements, exchanges, undocumented, otherServers } = comparison;
  const operations = [...new Set(statements.flatMap((statement) => statement.operations))];
  const isTouched = (id: string) =>
    exchanges[id] !== undefined ||
    statements.some((each) => each.operations[0] === id && stateOf(each) !== "not seen");
  const printed = new Set<StatementReport>();
  const sections = operations.filter(isTouched).map((id) => {
    const own = statements.filter((each) => each.operations.includes(id) && !printed.has(each));
    for (const each of own) printed.add(each);
    return [heading(id, exchanges[id] ?? 0), ...own.flatMap(statementLines), ""].join("\n");
  });
  const untouched = operations.filter((id) => !isTouched(id));
  const notes = [
    ...(untouched.length > 0 ? [`No traffic: ${untouched.join(", ")}`] : []),
    ...undocumented.map(
      ({ file, entry, method }) => `Not described: ${method} request of entry ${entry} in ${shown(file)}`,
    ),
    ...(otherServers > 0 ? [`Left out: ${entries(otherServers)} for other servers`] : []),
  ];
  return `${[...sections, ...notes, "", summary(statements)].join("\n")}\n`;
}

const heading = (id: string, count: number) => `${id}: ${count} ${count === 1 ? "exchange" : "exchanges"}`;
const entries = (count: number) => `${count} ${count === 1 ? "entry" : "entries"}`;

function statementLines(statement: StatementReport): string[] {
  const { kind, name, basis, seen, contradictions, file, line } = statement;
  const times = seen > 0 ? `seen ${seen}×` : "";
  const state = contradictions.length > 0 ? "contradicted" : times || "not seen";
  const place = contradictions.length > 0 ? `  ${file}:${line}` : "";
  return [
    `  ${state.padEnd(12)}  ${basis.padEnd(10)}  ${kind} ${name}${place}`,
    ...contradictions.map((each) => `    ${contradictionText(each)}`),
  ];
}

const contradictionText = ({ file, entry, pointer, seen, times }: Contradiction) =>
  `${pointer}: ${seen}, ${times}×, first in entry ${entry} of ${shown(file)}`;

function summary(statements: StatementReport[]): string {
  const count = (state: StatementState) => statements.filter((each) => stateOf(each) === state).length;
  const assumed = statements.filter((each) => each.basis === "assumed" && stateOf(each) === "seen").length;
  return `${statements.length} statements: ${count("seen")} seen (${assumed} of them assumed), ${count("contradicted")} contradicted, ${count("not seen")} not seen.`;
}

/** The comparison for --json: everything but the objects of the YAML parser. */
export const comparisonJson = ({ statements, ...rest }: Comparison) => ({
  ...rest,
  statements: statements.map(({ place: _, ...statement }) => ({
    ...statement,
    state: stateOf({ ...statement, place: _ }),
  })),
});
