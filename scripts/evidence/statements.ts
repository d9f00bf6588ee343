// The report about each statement of the specification, which the recorded traffic fills.
import { type Place, placeId, positionOf, type Spec, type SpecStatement, statementsIn } from "./spec.js";

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
  /** The operations that it's about: several for a shared component. */
  operations: string[];
  kind: SpecStatement["kind"];
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

/** The reports by the place of their statement. */
export type Reports = Map<string, StatementReport>;

export function reportsOf(spec: Spec): Reports {
  const reports: Reports = new Map();
  for (const { operation, kind, name, evidence, place } of statementsIn(spec)) {
    const { basis, source } = evidence;
    const known = reports.get(placeId(place));
    if (known) known.operations.push(operation);
    else
      reports.set(placeId(place), {
        ...{ operations: [operation], kind, name, basis, source, place },
        ...positionOf(spec, place),
        ...{ seen: 0, contradictions: [] },
      });
  }
  return reports;
}

/** Collects what one exchange or one event shows. Each statement counts once, and not if something contradicts it. */
export function collector(spec: Spec, reports: Reports, { file, entry }: { file: string; entry: number }) {
  const shown = new Set<StatementReport>();
  const contradicted = new Set<StatementReport>();
  return {
    /** Some assumptions need a certain value. The other statements only need to be present. */
    show(place: Place, value?: unknown): void {
      const report = reports.get(placeId(place));
      const confirmedBy = report && spec.sources[report.source]?.["x-confirmed-by"];
      const isConfirmed = confirmedBy === "null" ? value === null : confirmedBy !== "nothing";
      if (report && isConfirmed) shown.add(report);
    },
    /** Contradicts the innermost statement on the way to a place. */
    contradict(places: Place[], pointer: string, seen: string): void {
      const report = places
        .map((place) => reports.get(placeId(place)))
        .findLast((each) => each !== undefined);
      if (!report) return;
      contradicted.add(report);
      const same = report.contradictions.find(
        (each) => each.seen === seen && withoutIndexes(each.pointer) === withoutIndexes(pointer),
      );
      if (same) same.times += 1;
      else report.contradictions.push({ file, entry, pointer, seen, times: 1 });
    },
    finish(): void {
      for (const report of shown) if (!contradicted.has(report)) report.seen += 1;
    },
  };
}

export type Collector = ReturnType<typeof collector>;

const withoutIndexes = (pointer: string): string => pointer.replace(/\/\d+(?=\/|$)/g, "/*");
