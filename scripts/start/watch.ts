// The bench while someone works on the document: a save is followed by its consequences, a fault by where it is.
import { readFile } from "node:fs/promises";
import { watch } from "chokidar";
import { buildPackage } from "../build/package.js";
import { UserError } from "../cli.js";
import type { Document } from "../generate/openapi.js";
import type { Finding } from "../redocly.js";
import { type Bench, FindingsError, makeClient, makeDocs, specFolder } from "./bench.js";
import { changeLine, changesSinceCommit } from "./difference.js";
import { paint, type Reporter } from "./steps.js";

export interface Watcher {
  /** Makes everything anew now. */
  rebuild(): Promise<void>;
  close(): Promise<void>;
}

// Long enough for an editor that saves many files at once, short enough not to be felt.
const quiet = 200;

export async function watchDocument(bench: Bench, report: Reporter): Promise<Watcher> {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  let again = false;

  const rebuild = async (): Promise<void> => {
    if (running) {
      again = true;
      return running;
    }
    running = (async () => {
      do {
        again = false;
        await follow(bench, report);
      } while (again);
    })().finally(() => {
      running = undefined;
    });
    return running;
  };

  const watcher = watch(specFolder, { ignoreInitial: true, ignored: /(^|[/\\])\.|~$|\.sw[a-z]$/ });
  watcher.on("all", () => {
    clearTimeout(timer);
    timer = setTimeout(rebuild, quiet);
  });
  await new Promise<void>((ready) => watcher.once("ready", ready));

  return {
    rebuild,
    async close() {
      clearTimeout(timer);
      await watcher.close();
      await running;
    },
  };
}

/** Everything that follows from a save. Whatever fails, the last good mock, client and docs stay up. */
async function follow(bench: Bench, report: Reporter): Promise<void> {
  report.line();
  try {
    const document = await makeClient(report);
    await report.step(
      "mock",
      () => bench.mock.use(document),
      () => `${bench.mock.url} answers from it`,
    );
    await Promise.all([report.step("build", buildPackage, () => "the client in dist/"), makeDocs(report)]);
    bench.document = document;
    bench.docs.banner(undefined);
    bench.docs.reload();
    await tellChanges(document, report);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const text = error instanceof FindingsError ? await withSource(error.findings) : error.message;
    report.line(paint("red", text));
    report.line("The last good mock, client and docs stay up; the next good save replaces them.");
    bench.docs.banner(text);
    // A fault of ours is told whole; it must not end the bench either.
    if (!(error instanceof UserError)) report.line(paint("dim", error.stack ?? ""));
  }
}

async function tellChanges(document: Document, report: Reporter): Promise<void> {
  const changes = await changesSinceCommit(document);
  if (!changes) report.line("No commit to compare with.");
  else if (changes.length === 0) report.line("As in the last commit.");
  else for (const change of changes) report.line(changeLine(change));
}

/** Each finding with the line of the document it is about. */
async function withSource(found: Finding[]): Promise<string> {
  const told = found.map(async ({ file, line, column, rule, message }) => {
    const lines = (await readFile(file, "utf8").catch(() => "")).split("\n");
    const source = lines[line - 1];
    return `${file}:${line}:${column}  ${rule}  ${message}${source === undefined ? "" : `\n  ${line} | ${source.trimEnd()}`}`;
  });
  return (await Promise.all(told)).join("\n");
}
