// npm start: the development server.
import { once } from "node:events";
import { join } from "node:path";
import { emitKeypressEvents } from "node:readline";
import { command, rejectPositionals, root, shown, UserError } from "./cli.js";
import { startContractTests } from "./contract/run.js";
import { customerLines, paint, printer, type Reporter, requestLine, silent } from "./dev/output.js";
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
  port: { type: "string", default: "4010" },
  "emulator-port": { type: "string", default: "4020" },
  "docs-port": { type: "string", default: "4080" },
  "no-watch": { type: "boolean" },
} as const;

const docsPage = shown(join(root, "dist/docs/index.html"));

export const main = command(import.meta, help, options, async (values, positionals) => {
  rejectPositionals(positionals);
  const isOnce = values.once ?? false;
  if (values.json && !isOnce) throw new UserError("--json needs --once. Add --once, or leave out --json.");
  const port = (option: "port" | "emulator-port" | "docs-port") => parsePort(`--${option}`, values[option]);
  const ports = { mock: port("port"), emulator: port("emulator-port"), docs: port("docs-port") };
  const report = values.json ? silent : printer();
  // Loaded here, because it takes seconds. --help and invalid arguments don't need it.
  const { startDevServer } = await import("./dev/server.js");
  const start = performance.now();
  const interrupted = signalOfInterrupt();
  interrupted.addEventListener("abort", stopRedocly);
  let isLogging = false;
  const log = (line: string) => {
    if (isLogging) report.line(line);
  };
  const server = await startDevServer(report, ports, {
    onMockRequest: (entry) => log(requestLine(entry)),
    onEmulatorLine: (line) => log(`emulator: ${line}`),
  }).catch((error: unknown) => {
    // Steps that were stopped fail. That's expected.
    if (!interrupted.aborted) throw error;
  });
  if (!server) return 130;
  try {
    if (values.json) process.stdout.write(`${JSON.stringify(summary(server))}\n`);
    else printSummary(server, performance.now() - start, isOnce, report);
    isLogging = true;
    if (!isOnce) await keepRunning(server, report, values["no-watch"] ?? false, interrupted);
  } finally {
    await server.close();
  }
  return 0;
});

function parsePort(option: string, text: string): number {
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535)
    throw new UserError(`${option} is "${text}". Pass a port from 0 to 65535.`);
  return Number(text);
}

const summary = ({ document, first, mock, emulator }: DevServer) => ({
  customer: first.customer,
  request: first.request,
  operations: [...operationsOf(document)].length,
  mock: mock.url,
  emulator: emulator.url,
  docs: join(root, "dist/docs/index.html"),
});

function printSummary(server: DevServer, duration: number, isOnce: boolean, report: Reporter): void {
  const { first, mock, emulator, docs } = server;
  const urls = [`Mock       ${mock.url}`, `Emulator   ${emulator.url}`, `Docs       ${docs.url}`];
  const seconds = (duration / 1000).toFixed(1);
  const lines = [
    ...["", ...customerLines(first), ""],
    ...(isOnce ? [`Docs       ${docsPage}`] : urls),
    ...["", paint("dim", `Done in ${seconds} s.${isOnce ? "" : " Press Ctrl-C to stop."}`)],
  ];
  for (const line of lines) report.line(line);
}

/** Reacts to saves and keys until the user quits or the process gets a signal. */
async function keepRunning(
  server: DevServer,
  report: Reporter,
  noWatch: boolean,
  interrupted: AbortSignal,
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
  report.footer("r rebuild   t contract tests   q quit");
  await Promise.race([quit, interrupted.aborted || once(interrupted, "abort")]);
  report.footer(undefined);
  restoreTerminal();
  tests?.stop();
  await watcher?.close();
}

/** Calls an action per key. Ctrl-C counts as `q`. Returns a function that restores the terminal. */
function onKeys(actions: Record<"r" | "t" | "q", () => void>): () => void {
  const { stdin } = process;
  if (!stdin.isTTY) return () => {};
  const onKey = (_text: string | undefined, key: { name?: string; ctrl?: boolean }) => {
    const name = key.ctrl && key.name === "c" ? "q" : key.name;
    if (name === "r" || name === "t" || name === "q") actions[name]();
  };
  emitKeypressEvents(stdin);
  stdin.setRawMode(true).resume().on("keypress", onKey);
  return () => {
    stdin.off("keypress", onKey).setRawMode(false).pause();
  };
}

/** Aborts when the process gets a signal to end. */
function signalOfInterrupt(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => controller.abort());
  return controller.signal;
}
