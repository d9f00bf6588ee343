// The report about each statement of the specification, which the recorded exchanges fill.
import type { Statement } from "../../spec/rules/statements.js";
import type { Exchange } from "./recording.js";
import { lineOf, type Place, placeId, type Source, type Spec, statementsIn } from "./spec.js";

/** A value that a statement doesn't allow. It has the place of the value, never the value. */
export interface Contradiction {
  /** The recording. */
  file: string;
  /** The number of the HAR entry, or of the line. */
  entry: number;
  /** JSON pointer into the exchange: `/response/body/balance`. */
  pointer: string;
  /** What was seen, as types and keywords. */
  seen: string;
  times: number;
}

export interface StatementReport {
  operations: string[];
  kind: Statement["kind"];
  name: string;
  basis: string;
  source: string;
  place: Place;
  file: string;
  line: number;
  /** The number of exchanges that show it. */
  seen: number;
  contradictions: Contradiction[];
}

export type Reports = Map<string, StatementReport>;

/** A report for each statement. A statement about a shared component is one, with all operations that use it. */
export function reportsOf(spec: Spec): Reports {
  const reports: Reports = new Map();
  for (const operation of spec.operations)
    for (const { kind, name, evidence, at } of statementsIn(operation, spec.resolve)) {
      if (!evidence) continue;
      const place = at as Place;
      const known = reports.get(placeId(place));
      if (known) known.operations.push(operation.id);
      else
        reports.set(placeId(place), {
          operations: [operation.id],
          kind,
          name,
          basis: evidence.basis,
          source: evidence.source,
          place,
          ...lineOf(spec, place),
          seen: 0,
          contradictions: [],
        });
    }
  return reports;
}

/** Whether a value is what an assumption of this source needs. Other statements only need to be present. */
export function confirms(source: Source | undefined, value: unknown): boolean {
  switch (source?.["x-confirmed-by"]) {
    case "null":
      return value === null;
    case "nothing":
      return false;
    default:
      return true;
  }
}

export function contradict(
  reports: Reports,
  place: Place,
  exchange: Exchange,
  pointer: string,
  seen: string,
): void {
  const report = reports.get(placeId(place));
  if (report)
    addContradiction(report, { file: exchange.file, entry: exchange.entry, pointer, seen, times: 1 });
}

export function addContradiction(report: StatementReport, contradiction: Contradiction): void {
  const same = report.contradictions.find(
    ({ pointer, seen }) => pointer === contradiction.pointer && seen === contradiction.seen,
  );
  if (same) same.times += contradiction.times;
  else report.contradictions.push(contradiction);
}
