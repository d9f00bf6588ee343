// What a part of the benchmarks hands back, and how a person reads it.
import type { Figure, Unit } from "./statistics.js";

/** A part of the benchmarks: one question, measured on its own. */
export interface Part {
  /** One line for --help. */
  about: string;
  /** True where it takes too long to run unasked. */
  onDemand?: true;
  run(tell: (progress: string) => void): Promise<Findings>;
}

export interface Findings {
  tables: Table[];
  budgets: Budget[];
}

export interface Table {
  title: string;
  /** How it was measured, where the title does not say it. */
  note?: string;
  columns: string[];
  rows: { name: string; figures: (Figure | string | undefined)[] }[];
}

/** A promise of ours, and whether it holds. */
export interface Budget {
  what: string;
  limit: string;
  measured: string;
  holds: boolean;
  /** Where it does not hold: why. */
  reason?: string;
}

/** Findings with what one must know to weigh them. */
export interface Result extends Findings {
  /** ISO date and time. */
  at: string;
  machine: string;
  versions: Record<string, string>;
  /** Load of the machine over the last minute when the part began; 1 is one busy core. */
  load: number;
}

export function markdownTable({ columns, rows }: Pick<Table, "columns" | "rows">): string {
  const cells = rows.map(({ name, figures }) => [name, ...figures.map(shownFigure)]);
  const head = ["", ...columns];
  const widths = head.map((_, index) =>
    Math.max(3, ...[head, ...cells].map((row) => (row[index] ?? "").length)),
  );
  const line = (row: string[]) =>
    `| ${row.map((cell, index) => (index === 0 ? cell.padEnd(widths[index] ?? 0) : cell.padStart(widths[index] ?? 0))).join(" | ")} |`;
  const rule = `|${widths.map((width, index) => (index === 0 ? "-".repeat(width + 2) : `${"-".repeat(width + 1)}:`)).join("|")}|`;
  return [line(head), rule, ...cells.map(line)].join("\n");
}

/** `24.1 ±0.6 µs`; nothing where nothing was measured. */
export function shownFigure(figure: Figure | string | undefined | null): string {
  // Null is what became of nothing in results.json.
  if (figure === undefined || figure === null) return "–";
  if (typeof figure === "string") return figure;
  const { value, unit, spread } = figure;
  const number =
    spread === undefined ? digits(value, unit) : `${digits(value, unit)} ±${digits(spread, unit)}`;
  return unit === "" ? number : unit === "×" ? `${number} ×` : `${number} ${unit}`;
}

// Counts and bytes are exact; of the rest nobody reads more than three digits.
function digits(value: number, unit: Unit): string {
  if (unit === "bytes" || unit === "") return Math.round(value).toLocaleString("en");
  const decimals = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toLocaleString("en", { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
}
