// The development server: everything that is made from the document, built once and kept running.
import { join } from "node:path";
import { buildPackage } from "../build/package.js";
import { root, shown, UserError } from "../cli.js";
import { buildDocs } from "../docs/build.js";
import { generate, write } from "../generate/files.js";
import { type Mock, type MockRequest, startMock } from "../mock.js";
import type { Document } from "../openapi/document.js";
import { operationsOf } from "../openapi/operations.js";
import { type Finding, findingLine, findings } from "../redocly.js";
import { type DocsServer, serveDocs } from "./docs-server.js";
import { type DevEmulator, startEmulator } from "./emulator.js";
import { createFirstCustomer, type FirstCustomer } from "./first-customer.js";
import type { Reporter } from "./reporter.js";

export const specFolder = join(root, "spec");
export const docsFolder = join(root, "dist/docs");
const spec = join(specFolder, "openapi.yaml");
const generated = join(root, "generated");

export interface DevServer {
  document: Document;
  mock: Mock;
  emulator: DevEmulator;
  docs: DocsServer;
  first: FirstCustomer;
  close(): Promise<void>;
}

export interface Ports {
  mock: number;
  emulator: number;
  docs: number;
}

export interface RequestLogs {
  onMockRequest: (entry: MockRequest) => void;
  onEmulatorLine: (line: string) => void;
}

/** Builds everything, and leaves the mock server, the emulator and the docs running. */
export async function startDevServer(
  report: Reporter,
  ports: Ports,
  { onMockRequest, onEmulatorLine }: RequestLogs,
): Promise<DevServer> {
  const opened: { close(): Promise<void> }[] = [];
  const close = async () => {
    await Promise.all(opened.splice(0).map((part) => part.close()));
  };
  try {
    const document = await makeClient(report);
    // Child processes render the docs, so this runs at the same time as the steps below.
    const docsMade = buildDocs();
    docsMade.catch(() => {});
    await report.step("build", buildPackage, () => "the client in dist/");
    const mock = await report.step(
      "mock",
      () =>
        startMock({ document, port: ports.mock, onRequest: onMockRequest }).catch(failToStart("mock server")),
      ({ url, port }) => url + portNote(port, ports.mock),
    );
    opened.push(mock);
    const first = await report.step(
      "call",
      () => createFirstCustomer(document, mock.url),
      ({ status, customer }) => `customers.create → ${status}, ${customer.id}`,
    );
    const emulator = await report.step(
      "emulator",
      () => startEmulator(ports.emulator, onEmulatorLine).catch(failToStart("emulator")),
      ({ url, port }) => url + portNote(port, ports.emulator),
    );
    opened.push(emulator);
    await makeDocs(report, docsMade);
    const docs = await report.step(
      "serve",
      () => serveDocs(docsFolder, ports.docs).catch(failToStart("docs server")),
      ({ url, port }) => url + portNote(port, ports.docs),
    );
    opened.push(docs);
    return { document, mock, emulator, docs, first, close };
  } catch (error) {
    await close();
    throw error;
  }
}

const failToStart = (what: string) => (error: Error) => {
  throw new UserError(`The ${what} doesn't start. ${error.message}`);
};

const portNote = (port: number, wanted: number): string =>
  port === wanted || wanted === 0 ? "" : ` (port ${wanted} is taken)`;

const operationCount = (document: Document): number => [...operationsOf(document)].length;

/** Lints the document and generates the client's data. If there are findings, nothing is written. */
export async function makeClient(report: Reporter): Promise<Document> {
  // Lint and generate read the same files, and neither needs the other.
  const generating = generate(spec, generated, "en");
  generating.catch(() => {});
  await report.step("lint", lint, () => `${shown(spec)}: no findings`);
  const { document } = await report.step(
    "generate",
    async () => {
      const result = await generating;
      await write(generated, result.files);
      return result;
    },
    (result) => `generated/ from ${operationCount(result.document)} operations`,
  );
  return document;
}

async function lint(): Promise<void> {
  const found = await findings(spec);
  if (found.length > 0) throw new FindingsError(found);
}

export async function makeDocs(report: Reporter, made: Promise<unknown> = buildDocs()): Promise<void> {
  await report.step(
    "docs",
    () => made,
    () => shown(join(docsFolder, "index.html")),
  );
}

/** The document has lint findings. */
export class FindingsError extends UserError {
  readonly findings: Finding[];

  constructor(found: Finding[]) {
    super(found.map(findingLine).join("\n"));
    this.findings = found;
  }
}
