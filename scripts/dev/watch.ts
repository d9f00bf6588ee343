// Rebuilds after each save in spec/, and prints findings with their line.
import { readFile } from "node:fs/promises";
import { relative } from "node:path";
import { watch } from "chokidar";
import { buildPackage } from "../build/package.js";
import { root, UserError } from "../cli.js";
import { changesBetween } from "../diff.js";
import { buildDocs } from "../docs/build.js";
import type { Document } from "../openapi/document.js";
import { run } from "../process.js";
import { type Finding, findingLine } from "../redocly.js";
import { paint, type Reporter } from "./output.js";
import { type DevServer, FindingsError, makeClient, makeDocs, specFolder } from "./server.js";

export interface Watcher {
  rebuild(): Promise<void>;
  close(): Promise<void>;
}

/** Some editors save several files at once, so the rebuild waits for a pause of this length, in milliseconds. */
const pause = 200;

/** Hidden files and the temporary files of editors. Folders above spec/ may have any name. */
export function isIgnored(path: string, folder = specFolder): boolean {
  const names = relative(folder, path).split(/[/\\]/);
  return names.some((name) => (name.startsWith(".") && name !== "..") || /~$|\.sw[a-z]$/.test(name));
}

export async function watchDocument(server: DevServer, report: Reporter): Promise<Watcher> {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  let again = false;

  const rebuildUntilCurrent = async () => {
    do {
      again = false;
      await rebuildAll(server, report);
    } while (again);
    running = undefined;
  };
  const rebuild = (): Promise<void> => {
    again = true;
    running ??= rebuildUntilCurrent();
    return running;
  };

  const watcher = watch(specFolder, { ignoreInitial: true, ignored: (path) => isIgnored(path) });
  watcher.on("all", () => {
    clearTimeout(timer);
    timer = setTimeout(rebuild, pause);
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

/** Rebuilds everything. If a step fails, the last good mock server, client and docs stay. */
async function rebuildAll(server: DevServer, report: Reporter): Promise<void> {
  report.line();
  try {
    const document = await makeClient(report);
    await report.step(
      "mock",
      () => server.mock.use(document),
      () => `${server.mock.url} serves it`,
    );
    await Promise.all([
      report.step("build", buildPackage, () => "the client in dist/"),
      makeDocs(report, buildDocs()),
    ]);
    await report.step("emulator", server.emulator.restart, () => `${server.emulator.url} uses it`);
    server.document = document;
    server.docs.banner(undefined);
    server.docs.reload();
    await printChanges(document, report);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const text = error instanceof FindingsError ? await withSource(error.findings) : error.message;
    report.line(paint("red", text));
    report.line("The last good mock server, client and docs keep running. Fix the problem and save again.");
    server.docs.banner(text);
    // A bug in our scripts needs its stack trace, but it must not end the development server.
    if (!(error instanceof UserError)) report.line(paint("dim", error.stack ?? ""));
  }
}

const impactLabels = { major: "breaking", minor: "compatible", patch: "cosmetic" } as const;

/** Prints the changes of the document since the last commit. */
async function printChanges(document: Document, report: Reporter): Promise<void> {
  const committed = await run(root, "git", "show", "HEAD:generated/openapi.json").catch(() => undefined);
  if (committed === undefined) return report.line("There is no commit to compare with.");
  const changes = await changesBetween(committed, JSON.stringify(document));
  if (changes.length === 0) report.line("No changes since the last commit.");
  for (const { impact, place, what } of changes)
    report.line(`${impactLabels[impact].padEnd(10)}  ${place}: ${what}`);
}

/** Each finding with its line of the document. */
async function withSource(found: Finding[]): Promise<string> {
  const texts = found.map(async (finding) => {
    const lines = (await readFile(finding.file, "utf8").catch(() => "")).split("\n");
    const source = lines[finding.line - 1];
    return `${findingLine(finding)}${source === undefined ? "" : `\n  ${finding.line} | ${source.trimEnd()}`}`;
  });
  return (await Promise.all(texts)).join("\n");
}
