// The bench: everything that follows from the document, made once and kept running.
import { join } from "node:path";
import { buildPackage } from "../build/package.js";
import { root, shown, UserError } from "../cli.js";
import { buildDocs } from "../docs/build.js";
import { generate, write } from "../generate/files.js";
import { type Document, operationsOf } from "../generate/openapi.js";
import { type Mock, type MockRequest, startMock } from "../mock.js";
import { type Finding, findingLine, findings } from "../redocly.js";
import { type DocsServer, serveDocs } from "./docs-server.js";
import { createFirstCustomer, type FirstCustomer } from "./first-customer.js";
import type { Reporter } from "./steps.js";

export const specFolder = join(root, "spec");
export const docsFolder = join(root, "dist/docs");
const spec = join(specFolder, "openapi.yaml");
const generated = join(root, "generated");

export interface Bench {
  document: Document;
  mock: Mock;
  docs: DocsServer;
  first: FirstCustomer;
  close(): Promise<void>;
}

export interface Ports {
  mock: number;
  docs: number;
}

/** Makes everything once, in the order in which one thing follows from another, and leaves mock and docs running. */
export async function openBench(
  report: Reporter,
  ports: Ports,
  onRequest: (entry: MockRequest) => void,
): Promise<Bench> {
  const opened: { close(): Promise<void> }[] = [];
  const close = async () => {
    await Promise.all(opened.splice(0).map((part) => part.close()));
  };
  try {
    const document = await makeClient(report);
    // The docs are rendered by processes of their own, meanwhile.
    const docsMade = buildDocs();
    docsMade.catch(() => {});
    await report.step("build", buildPackage, () => "the client in dist/");
    const mock = await report.step(
      "mock",
      () => startMock({ document, port: ports.mock, onRequest }).catch(explained("mock")),
      ({ url, port }) => url + elsewhere(port, ports.mock),
    );
    opened.push(mock);
    const first = await report.step(
      "call",
      () => createFirstCustomer(document, mock.url),
      ({ status, customer }) => `customers.create → ${status}, ${customer.id}`,
    );
    await makeDocs(report, docsMade);
    const docs = await report.step(
      "serve",
      () => serveDocs(docsFolder, ports.docs).catch(explained("docs' server")),
      ({ url, port }) => url + elsewhere(port, ports.docs),
    );
    opened.push(docs);
    return { document, mock, docs, first, close };
  } catch (error) {
    await close();
    throw error;
  }
}

const explained = (what: string) => (error: Error) => {
  throw new UserError(`The ${what} does not start: ${error.message}`);
};

const elsewhere = (taken: number, wanted: number): string =>
  taken === wanted || wanted === 0 ? "" : ` (port ${wanted} is taken)`;

export const operationCount = (document: Document): number => [...operationsOf(document)].length;

/** From the files a person wrote to the client as data. A document with findings changes nothing. */
export async function makeClient(report: Reporter): Promise<Document> {
  // Both read the same files and neither needs the other, so the second runs while the first is shown.
  const making = generate(spec, generated, "en");
  making.catch(() => {});
  await report.step("lint", lint, () => `${shown(spec)}: no findings`);
  const { document } = await report.step(
    "generate",
    async () => {
      const made = await making;
      await write(generated, made.files);
      return made;
    },
    (made) => `generated/ from ${operationCount(made.document)} operations`,
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

/** What lint found in the document. */
export class FindingsError extends UserError {
  readonly findings: Finding[];

  constructor(found: Finding[]) {
    super(found.map(findingLine).join("\n"));
    this.findings = found;
  }
}
