// npm start: the development server.
import { join } from "node:path";
import { command, rejectPositionals, root, shown, UserError } from "./cli.js";
import { startContractTests } from "./contract/run.js";
import { customerLines } from "./dev/first-customer.js";
import { onKeys, shortcuts } from "./dev/keys.js";
import { paint, printer, type Reporter, silent } from "./dev/reporter.js";
import { requestLine } from "./dev/request-log.js";
import type { DevServer } from "./dev/server.js";
import { operationsOf } from "./openapi/operations.js";
import type { RunningProcess } from "./process.js";
import { stopRedocly } from "./redocly.js";

const help = `
Usage: npm start [-- OPTIONS]

Lints the document in spec/, generates and builds the client, starts the mock
server, creates a customer on it, starts the emulator, and builds the docs. Then
it keeps serving all three, and rebuilds after each save in spec/.

  --once           exit after the first build; the exit code is 0 if it succeeds
  --json           with --once: print one JSON object and nothing else
                   (npm start --silent -- --once --json)
  --port N         port of the mock server on 127.0.0.1 (default: 4010, or the next free one)
  --emulator-port N
                   port of the emulator (default: 4020, or the next free one)
  --docs-port N    port of the docs (default: 4080, or the next free one)
  --no-watch       don't rebuild after saves
  --help           print this

Keys, on a terminal: r rebuild, t contract tests, q quit.
`;

const options = {
  once: { type: "boolean" },
  json: { type: "boolean" },
  port: { type: "string" },
  "emulator-port": { type: "string" },
  "docs-port": { type: "string" },
  "no-watch": { type: "boolean" },
} as const;

const docsPage = join(root, "dist/docs/index.html");

export const main = command(import.meta, help, options, async (values, positionals) => {
  rejectPositionals(positionals);
  const { once = false, json = false, "no-watch": noWatch = false } = values;
  if (json && !once) throw new UserError("--json needs --once. Add --once, or leave out --json.");
  const ports = {
    mock: parsePort("--port", values.port, 4010),
    emulator: parsePort("--emulator-port", values["emulator-port"], 4020),
    docs: parsePort("--docs-port", values["docs-port"], 4080),
  };
  const report = json ? silent : printer();
  // Loaded here, because it takes seconds. --help and invalid arguments don't need it.
  const { startDevServer } = await import("./dev/server.js");
  const start = performance.now();
  const interrupt = waitForInterrupt();
  let isLogging = false;
  const log = (line: string) => {
    if (isLogging) report.line(line);
  };
  const starting = startDevServer(report, ports, {
    onMockRequest: (entry) => log(requestLine(entry)),
    onEmulatorLine: (line) => log(`emulator: ${line}`),
  });
  void interrupt.promise.then(stopRedocly);
  const server = await starting.catch((error: unknown) => {
    // Steps that were stopped fail. That's expected.
    if (interrupt.wasInterrupted()) return undefined;
    throw error;
  });
  if (!server) return 130;
  try {
    if (json) process.stdout.write(`${JSON.stringify(summary(server))}\n`);
    else printSummary(server, performance.now() - start, once, report);
    isLogging = true;
    if (!once) await keepRunning(server, report, noWatch, interrupt.promise);
  } finally {
    await server.close();
  }
  return 0;
});

function parsePort(option: string, text: string | undefined, defaultPort: number): number {
  if (text === undefined) return defaultPort;
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535)
    throw new UserError(`${option} is "${text}". Pass a port from 0 to 65535.`);
  return Number(text);
}

function summary({ document, first, mock, emulator }: DevServer) {
  return {
    customer: first.customer,
    request: first.request,
    operations: [...operationsOf(document)].length,
    mock: mock.url,
    emulator: emulator.url,
    docs: docsPage,
  };
}

function printSummary(
  { first, mock, emulator, docs }: DevServer,
  duration: number,
  once: boolean,
  report: Reporter,
): void {
  report.line();
  for (const line of customerLines(first)) report.line(line.startsWith(" ") ? line : paint("bold", line));
  report.line();
  if (!once) report.line(`Mock       ${mock.url}`);
  if (!once) report.line(`Emulator   ${emulator.url}`);
  report.line(`Docs       ${once ? shown(docsPage) : docs.url}`);
  report.line();
  const seconds = (duration / 1000).toFixed(1);
  report.line(paint("dim", `Done in ${seconds} s.${once ? "" : " Press Ctrl-C to stop."}`));
}

/** Reacts to saves and keys until the user quits or the process gets a signal. */
async function keepRunning(
  server: DevServer,
  report: Reporter,
  noWatch: boolean,
  interrupted: Promise<void>,
): Promise<void> {
  const { watchDocument } = await import("./dev/watch.js");
  const watcher = noWatch ? undefined : await watchDocument(server, report);
  if (watcher) report.line(paint("dim", "Watching spec/."));
  let tests: RunningProcess | undefined;
  let restoreTerminal = () => {};
  const quit = new Promise<void>((resolve) => {
    restoreTerminal = onKeys({
      r: () => void watcher?.rebuild(),
      t: () => {
        tests ??= startContractTests({ onLine: (text) => report.line(text) });
        void tests.result.then(() => {
          tests = undefined;
        });
      },
      q: resolve,
    });
  });
  report.footer(shortcuts);
  await Promise.race([quit, interrupted]);
  report.footer(undefined);
  restoreTerminal();
  tests?.stop();
  await watcher?.close();
}

/** Resolves when the process gets a signal to end. */
function waitForInterrupt(): { promise: Promise<void>; wasInterrupted: () => boolean } {
  let interrupted = false;
  const promise = new Promise<void>((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
      process.on(signal, () => {
        interrupted = true;
        resolve();
      });
    }
  });
  return { promise, wasInterrupted: () => interrupted };
}
