// npm start: from the document to a created customer, and then a bench for working on the document.
import { join } from "node:path";
import { command, shown, UserError } from "./cli.js";
import { stopRedocly } from "./redocly.js";
import { type Bench, docsFolder, openBench, operationCount } from "./start/bench.js";
import { type ContractRun, runContractTests } from "./start/contract.js";
import { foot, onKeys } from "./start/keys.js";
import { requestLine } from "./start/request-log.js";
import { paint, printer, type Reporter, silent } from "./start/steps.js";
import { watchDocument } from "./start/watch.js";

const help = `
Usage: npm start [-- OPTIONS]

Lints the document in spec/, generates and builds the client, starts the mock,
creates a customer through it, renders the docs, and stays up: it serves mock
and docs, and follows each save in spec/ with its consequences.

  --once           do it once, then exit: 0 when all went well
  --json           with --once: print one JSON object and nothing else
                   (npm start --silent -- --once --json)
  --port N         the mock's port on 127.0.0.1 (default: 4010, or the next free one)
  --docs-port N    the docs' port (default: 4080, or the next free one)
  --no-watch       stay up, but do not follow saves
  --help           print this

Keys, on a terminal: r rebuild, t contract tests, q quit.
`;

const options = {
  once: { type: "boolean" },
  json: { type: "boolean" },
  port: { type: "string" },
  "docs-port": { type: "string" },
  "no-watch": { type: "boolean" },
} as const;

await command(
  help,
  options,
  async ({ once = false, json = false, port, "docs-port": docsPort, "no-watch": still = false }) => {
    if (json && !once)
      throw new UserError("--json goes with --once: the object is printed when all is done.");
    const ports = { mock: portOf("--port", port, 4010), docs: portOf("--docs-port", docsPort, 4080) };
    const report = json ? silent : printer();
    const start = performance.now();
    const interrupt = onInterrupt();
    let logging = false;
    const opening = openBench(report, ports, (entry) => {
      if (logging) report.line(requestLine(entry));
    });
    // Whatever runs is stopped, so that it cleans up behind itself; what it makes of that is no news.
    void interrupt.then(stopRedocly);
    const bench = await opening.catch((error: unknown) => {
      if (interrupt.came()) return undefined;
      throw error;
    });
    if (!bench) return 130;
    try {
      if (json) process.stdout.write(`${JSON.stringify(summary(bench))}\n`);
      else tell(bench, performance.now() - start, once, report);
      logging = true;
      if (!once) await stayUp(bench, report, still, interrupt);
    } finally {
      await bench.close();
    }
    return 0;
  },
);

function portOf(name: string, text: string | undefined, fallback: number): number {
  if (text === undefined) return fallback;
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535) {
    throw new UserError(`${name} takes a port from 0 to 65535, not "${text}".`);
  }
  return Number(text);
}

function summary({ document, first, mock }: Bench) {
  return {
    customer: first.customer,
    request: first.request,
    operations: operationCount(document),
    mock: mock.url,
    docs: join(docsFolder, "index.html"),
  };
}

function tell({ first, mock, docs }: Bench, duration: number, once: boolean, report: Reporter): void {
  report.line();
  report.line(paint("bold", "The customer that came back"));
  for (const [name, value] of Object.entries(first.customer))
    report.line(`  ${paint("dim", name.padEnd(16))} ${value}`);
  report.line();
  if (!once) report.line(`Mock   ${mock.url}`);
  report.line(`Docs   ${once ? shown(join(docsFolder, "index.html")) : docs.url}`);
  report.line();
  report.line(
    paint("dim", `Done in ${(duration / 1000).toFixed(1)} s.${once ? "" : " Ctrl-C ends it all."}`),
  );
}

/** Follows saves and keys until the person, or whoever started this, wants it to end. */
async function stayUp(
  bench: Bench,
  report: Reporter,
  still: boolean,
  interrupt: Promise<void>,
): Promise<void> {
  const watcher = still ? undefined : await watchDocument(bench, report);
  if (watcher) report.line(paint("dim", "Watching spec/."));
  let tests: ContractRun | undefined;
  let giveBack = () => {};
  const quit = new Promise<void>((resolve) => {
    giveBack = onKeys({
      r: () => void watcher?.rebuild(),
      t: () => {
        tests ??= runContractTests((text) => report.line(text));
        void tests.done.then(() => {
          tests = undefined;
        });
      },
      q: resolve,
    });
  });
  report.foot(foot);
  await Promise.race([quit, interrupt]);
  report.foot(undefined);
  giveBack();
  tests?.stop();
  await watcher?.close();
}

interface Interrupt extends Promise<void> {
  came(): boolean;
}

/** Resolves when the person, or whoever started this, wants it to end. */
function onInterrupt(): Interrupt {
  let came = false;
  const interrupt = new Promise<void>((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
      process.on(signal, () => {
        came = true;
        resolve();
      });
    }
  });
  return Object.assign(interrupt, { came: () => came });
}
