// npm start: from the document to a created customer, and then a bench that stays up.
import { join } from "node:path";
import { command, shown, UserError } from "./cli.js";
import { type Bench, docsFolder, openBench } from "./start/bench.js";
import { paint, printer, silent } from "./start/steps.js";

const help = `
Usage: npm start [-- OPTIONS]

Lints the document in spec/, generates and builds the client, starts the mock,
creates a customer through it, renders the docs, and stays up serving both.

  --once             do all that, then exit: 0 when all went well
  --json             with --once: print one JSON object and nothing else
                     (npm start --silent -- --once --json)
  --port N           the mock's port on 127.0.0.1 (default: 4010, or the next free one)
  --docs-port N      the docs' port (default: 4011, or the next free one)
  --help             print this
`;

const options = {
  once: { type: "boolean" },
  json: { type: "boolean" },
  port: { type: "string" },
  "docs-port": { type: "string" },
} as const;

await command(help, options, async ({ once, json, port, "docs-port": docsPort }) => {
  if (json && !once) throw new UserError("--json goes with --once: the object is printed when all is done.");
  const ports = { mock: portOf("--port", port, 4010), docs: portOf("--docs-port", docsPort, 4011) };
  const report = json ? silent : printer;
  const start = performance.now();
  const bench = await openBench(report, ports);
  if (json) process.stdout.write(`${JSON.stringify(summary(bench))}\n`);
  else for (const line of told(bench, performance.now() - start, once ?? false)) report.line(line);
  if (!once) await interrupted();
  await bench.close();
  return 0;
});

function portOf(name: string, text: string | undefined, fallback: number): number {
  if (text === undefined) return fallback;
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535)
    throw new UserError(`${name} takes a port from 0 to 65535, not "${text}".`);
  return port;
}

const summary = ({ first, operations, mock }: Bench) => ({
  customer: first.customer,
  request: first.request,
  operations,
  mock: mock.url,
  docs: join(docsFolder, "index.html"),
});

function told({ first, mock, docs }: Bench, duration: number, once: boolean): string[] {
  const fields = Object.entries(first.customer).map(
    ([name, value]) => `  ${paint("dim", name.padEnd(16))} ${value}`,
  );
  return [
    "",
    paint("bold", "The customer that came back"),
    ...fields,
    "",
    ...(once
      ? [`Docs   ${shown(join(docsFolder, "index.html"))}`]
      : [`Mock   ${mock.url}`, `Docs   ${docs.url}`, "", "Ctrl-C ends both."]),
    paint("dim", `Done in ${(duration / 1000).toFixed(1)} s.`),
  ];
}

/** Resolves when the person, or whoever started this, wants it to end. */
const interrupted = (): Promise<void> =>
  new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => resolve());
  });
