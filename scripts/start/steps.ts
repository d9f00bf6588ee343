// How the bench tells what it does: one line a step, with its time.
import { styleText } from "node:util";

export interface Reporter {
  /** Runs a step and prints its line: what came of it, and how long it took. */
  step<T>(name: string, run: () => Promise<T>, result?: (value: T) => string): Promise<T>;
  /** A line of its own. */
  line(text?: string): void;
}

type Style = Parameters<typeof styleText>[0];

/** Colour where the reader is a terminal that wants it. */
export const paint = (style: Style, text: string): string =>
  process.stdout.isTTY && !process.env.NO_COLOR ? styleText(style, text) : text;

export const printer: Reporter = {
  async step(name, run, result) {
    const start = performance.now();
    try {
      const value = await run();
      const text = result?.(value) ?? "";
      this.line(`${paint("green", "✓")} ${name.padEnd(10)} ${text.padEnd(58)} ${paint("dim", time(start))}`);
      return value;
    } catch (error) {
      this.line(`${paint("red", "✗")} ${name.padEnd(10)} ${"".padEnd(58)} ${paint("dim", time(start))}`);
      throw error;
    }
  },
  line(text = "") {
    process.stdout.write(`${text}\n`);
  },
};

/** Says nothing: for `--json`, where stdout is one object and nothing else. */
export const silent: Reporter = { step: (_name, run) => run(), line: () => {} };

const time = (start: number): string => `${((performance.now() - start) / 1000).toFixed(2).padStart(6)} s`;
