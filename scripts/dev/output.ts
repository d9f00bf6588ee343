// What the development server prints: one line per step with its duration, the first customer, and the request log.
import { styleText } from "node:util";
import type { MockRequest } from "../mock.js";
import type { FirstCustomer } from "./server.js";

export interface Reporter {
  /** Runs a step and prints a line with its result and duration. */
  step<T>(name: string, run: () => Promise<T>, result: (value: T) => string): Promise<T>;
  line(text?: string): void;
  /** Sets the line that stays at the bottom of a terminal. Output to a file has none. */
  footer(text: string | undefined): void;
}

type Style = Parameters<typeof styleText>[0];

/** Styles text if stdout is a terminal with colors. */
export const paint = (style: Style, text: string): string =>
  process.stdout.isTTY && !process.env.NO_COLOR ? styleText(style, text) : text;

export function printer(): Reporter {
  const out = process.stdout;
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
      const end = (mark: string, text: string) => {
        const seconds = `${((performance.now() - start) / 1000).toFixed(2).padStart(6)} s`;
        line(`${mark} ${name.padEnd(9)} ${text.padEnd(60)} ${paint("dim", seconds)}`);
      };
      try {
        const value = await run();
        end(paint("green", "✓"), result(value));
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

/** What was sent and what was returned, as lines of text. */
export function customerLines({ request, customer, status }: FirstCustomer): string[] {
  const fields = (values: Record<string, unknown>) =>
    Object.entries(values).map(([name, value]) => `  ${name.padEnd(20)} ${value}`);
  const note =
    "These are two different people, as on OnePay's page. The mock server returns the documented example.";
  return [
    paint("bold", "Sent to POST /customers"),
    ...fields(request),
    "",
    paint("bold", `Returned with status ${status}`),
    ...fields(customer),
    ...(request.email === customer.email ? [] : ["", note]),
  ];
}

/** A request to the mock server as one line, and a line per violation. */
export function requestLine({ method, path, status, violations, duration }: MockRequest): string {
  const color = status < 400 ? "green" : "yellow";
  const line = `${method.padEnd(6)} ${path}  ${paint(color, String(status))}  ${duration} ms`;
  const details = violations.map(({ location, message }) => `       ${location.join(".")}: ${message}`);
  return [line, ...details].join("\n");
}
