// What a part of the benchmark returns, and how it's printed.
import { cpus, loadavg } from "node:os";
import type { Figure, Unit } from "./statistics.js";

/** A part of the benchmark: one question, measured separately. */
export interface Part {
  /** One line for --help. */
  about: string;
  /** Takes so long that it only runs if it's requested. */
  onDemand?: true;
  run(options: { calls: number }): Promise<{ tables: Table[]; budgets: Budget[] }>;
}

export interface Table {
  title: string;
  /** How it was measured. */
  note: string;
  columns: string[];
  rows: Row[];
}

interface Row {
  name: string;
  figures: (Figure | string | undefined)[];
}

export interface Budget {
  what: string;
  limit: string;
  measured: string;
  isMet: boolean;
}

/** A budget that is met if the figure is at most `maximum`. `reference` completes the limit: `× openapi-fetch`. */
export function budget(what: string, measured: Figure, maximum: number, reference = ""): Budget {
  const limit = `≤ ${format({ value: maximum, unit: measured.unit })} ${reference}`.trim();
  return { what, limit, measured: format(measured), isMet: measured.value <= maximum };
}

export const introduction = `# Benchmark results

Written by \`npm run bench -- --write\`. Compare times only within a table: its rows were measured in turns, in one run on one machine. Values are medians, and ± is half the interquartile range. Sizes and type instantiations don't depend on the machine.`;

/** Runs a part and returns its results as Markdown. */
export async function measure(name: string, part: Part, options: { calls: number }): Promise<string> {
  const machine = `${cpus().length} × ${cpus()[0]?.model.trim() ?? "unknown"}, ${process.platform} ${process.arch}`;
  const load = (loadavg()[0] ?? 0).toFixed(2);
  const { tables, budgets } = await part.run(options);
  const budgetRows = budgets.map(({ what, limit, measured, isMet }) => ({
    name: what,
    figures: [limit, measured, isMet ? "met" : "**not met**"],
  }));
  return [
    `## ${name}`,
    `Measured on ${new Date().toISOString().slice(0, 10)} with Node ${process.versions.node} on ${machine}. Load at the start: ${load} (1 is one busy core).`,
    ...(budgets.length > 0 ? [markdownTable(["budget", "measured", ""], budgetRows)] : []),
    ...tables.flatMap(({ title, note, columns, rows }) => [
      `### ${title}`,
      note,
      markdownTable(columns, rows),
    ]),
  ].join("\n\n");
}

function markdownTable(columns: string[], rows: Row[]): string {
  const lines = [["", ...columns], ...rows.map(({ name, figures }) => [name, ...figures.map(format)])];
  const [head = "", ...body] = lines.map((line) => `| ${line.join(" | ")} |`);
  return [head, `| --- |${" ---: |".repeat(columns.length)}`, ...body].join("\n");
}

/** `24.1 ±0.6 µs`; a dash if nothing was measured. */
export function format(figure: Figure | string | undefined): string {
  if (figure === undefined) return "–";
  if (typeof figure === "string") return figure;
  const { value, unit, spread } = figure;
  const spreadText = spread === undefined ? "" : ` ±${digits(spread, unit)}`;
  return `${digits(value, unit)}${spreadText} ${unit}`.trim();
}

// Counts and bytes are exact. Of the other values, three digits are enough.
function digits(value: number, unit: Unit): string {
  if (unit === "bytes" || unit === "") return Math.round(value).toLocaleString("en");
  const decimals = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toLocaleString("en", { maximumFractionDigits: decimals });
}
