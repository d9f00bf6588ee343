// What the development server prints: one line per step, with its duration.
import { styleText } from "node:util";

export interface Reporter {
  /** Runs a step and prints a line with its result and duration. */
  step<T>(name: string, run: () => Promise<T>, result?: (value: T) => string): Promise<T>;
  line(text?: string): void;
  /** Sets the line that stays at the bottom of a terminal. Output to a file has none. */
  footer(text: string | undefined): void;
}

type Style = Parameters<typeof styleText>[0];

/** Styles text if stdout is a terminal with colors. */
export const paint = (style: Style, text: string): string =>
  process.stdout.isTTY && !process.env.NO_COLOR ? styleText(style, text) : text;

export function printer(out: NodeJS.WriteStream = process.stdout): Reporter {
  let footer: string | undefined;
  const print = (text: string) => {
    if (!out.isTTY) return void out.write(text);
    out.write(`\r\u001b[K${text}${footer === undefined ? "" : paint("inverse", ` ${footer} `)}`);
  };
  const line = (text = "") => print(`${text}\n`);
  return {
    line,
    footer(text) {
      footer = text;
      if (out.isTTY) print("");
    },
    async step(name, run, result) {
      const start = performance.now();
      const end = (mark: string, text: string) =>
        line(
          `${mark} ${name.padEnd(9)} ${text.padEnd(60)} ${paint("dim", seconds(performance.now() - start))}`,
        );
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

/** Prints nothing. With `--json`, stdout has one object and nothing else. */
export const silent: Reporter = { step: (_name, run) => run(), line: () => {}, footer: () => {} };

const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(2).padStart(6)} s`;
