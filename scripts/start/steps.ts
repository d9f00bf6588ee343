// How the bench tells what it does: one line a step, with its time.
import { styleText } from "node:util";

export interface Reporter {
  /** Runs a step and prints its line: what came of it, and how long it took. */
  step<T>(name: string, run: () => Promise<T>, result?: (value: T) => string): Promise<T>;
  /** A line of its own. */
  line(text?: string): void;
  /** What stays below all lines on a terminal; plain output has none. */
  foot(text: string | undefined): void;
}

type Style = Parameters<typeof styleText>[0];

/** Colour where the reader is a terminal that wants it. */
export const paint = (style: Style, text: string): string =>
  process.stdout.isTTY && !process.env.NO_COLOR ? styleText(style, text) : text;

export function printer(out: NodeJS.WriteStream = process.stdout): Reporter {
  let footer: string | undefined;
  const show = (text: string) => {
    if (!out.isTTY) return void out.write(text);
    out.write(`\r\u001b[K${text}${footer === undefined ? "" : paint("inverse", ` ${footer} `)}`);
  };
  const line = (text = "") => show(`${text}\n`);
  return {
    line,
    foot(text) {
      footer = text;
      if (out.isTTY) show("");
    },
    async step(name, run, result) {
      const start = performance.now();
      const end = (mark: string, text: string) =>
        line(`${mark} ${name.padEnd(9)} ${text.padEnd(60)} ${paint("dim", time(performance.now() - start))}`);
      try {
        const value = await run();
        end(paint("green", "✓"), result?.(value) ?? "");
        return value;
      } catch (error) {
        end(paint("red", "✗"), "");
        throw error;
      }
    },
  };
}

/** Says nothing: for `--json`, where stdout is one object and nothing else. */
export const silent: Reporter = { step: (_name, run) => run(), line: () => {}, foot: () => {} };

const time = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(2).padStart(6)} s`;
