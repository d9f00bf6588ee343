// The development server: everything that is made from the document, built once and kept running.
import { join } from "node:path";
import { root, shown, UserError } from "../cli.js";
import { generate, write } from "../generate/files.js";
import type { Mock, MockRequest } from "../mock.js";
import type { Document, Example, RequestBody } from "../openapi/document.js";
import { operationsOf } from "../openapi/operations.js";
import { resolve } from "../openapi/references.js";
import { type Finding, findingLine, findings } from "../redocly.js";
import { type DocsServer, serveDocs } from "./docs-server.js";
import { type DevEmulator, startEmulator } from "./emulator.js";
import type { Reporter } from "./output.js";

export const specFolder = join(root, "spec");
export const docsPage = join(root, "dist/docs/index.html");
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

export interface FirstCustomer {
  request: Record<string, unknown>;
  customer: Record<string, unknown>;
  status: number;
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
    await Promise.all(opened.splice(0).map((server) => server.close()));
  };
  /** A step that starts a server. */
  const open = async <S extends DocsServer | DevEmulator | Mock>(
    [name, what]: [step: string, server: string],
    port: number,
    start: () => Promise<S>,
  ): Promise<S> => {
    const server = await report.step(
      name,
      () =>
        start().catch((error: Error) => {
          throw new UserError(`The ${what} doesn't start. ${error.message}`);
        }),
      ({ url, port: actual }) => (port === actual || port === 0 ? url : `${url} (port ${port} is taken)`),
    );
    opened.push(server);
    return server;
  };
  try {
    const making = makeClient(report);
    // This takes seconds. Meanwhile, Redocly lints in another process.
    const loading = loadTools();
    const document = await making;
    const { buildDocs, buildPackage, startMock } = await loading;
    // Child processes render the docs, so this runs at the same time as the steps below.
    const docsMade = buildDocs();
    docsMade.catch(() => {});
    await report.step("build", buildPackage, () => "the client in dist/");
    const mock = await open(["mock", "mock server"], ports.mock, () =>
      startMock({ document, port: ports.mock, onRequest: onMockRequest }),
    );
    const first = await report.step(
      "call",
      () => createFirstCustomer(document, mock.url),
      ({ status, customer }) => `customers.create → ${status}, ${customer.id}`,
    );
    const emulator = await open(["emulator", "emulator"], ports.emulator, () =>
      startEmulator(ports.emulator, onEmulatorLine),
    );
    await makeDocs(report, docsMade);
    const docs = await open(["serve", "docs server"], ports.docs, () =>
      serveDocs(join(docsPage, ".."), ports.docs),
    );
    return { document, mock, emulator, docs, first, close };
  } catch (error) {
    await close();
    throw error;
  }
}

const loadTools = async () => ({
  ...(await import("../docs/build.js")),
  ...(await import("../build/package.js")),
  ...(await import("../mock.js")),
});

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
    (result) => `generated/ from ${[...operationsOf(result.document)].length} operations`,
  );
  return document;
}

async function lint(): Promise<void> {
  const found = await findings(spec);
  if (found.length > 0) throw new FindingsError(found);
}

/** The document has lint findings. */
export class FindingsError extends UserError {
  readonly findings: Finding[];

  constructor(found: Finding[]) {
    super(found.map(findingLine).join("\n"));
    this.findings = found;
  }
}

export async function makeDocs(report: Reporter, made: Promise<unknown>): Promise<void> {
  await report.step(
    "docs",
    () => made,
    () => shown(docsPage),
  );
}

/** Creates a customer on the mock server with the built client and the request that OnePay's page shows. */
async function createFirstCustomer(document: Document, baseUrl: string): Promise<FirstCustomer> {
  // By its name, as users import it.
  const { OnePay } = await import("onepay-client");
  const onepay = new OnePay({ apiKey: "sk_test_xxx", baseUrl });
  const request = publishedRequest(document);
  const { data, response } = await onepay.customers.create(request as never).withResponse();
  return { request, customer: { ...data }, status: response.status };
}

/** The first example of a request for createCustomer. */
function publishedRequest(document: Document): Record<string, unknown> {
  const entry = [...operationsOf(document)].find(
    ({ operation }) => operation.operationId === "createCustomer",
  );
  const body = resolve<RequestBody>(document, entry?.operation.requestBody ?? { content: {} });
  const [example] = Object.values(body.content["application/json"]?.examples ?? {});
  if (!example)
    throw new UserError("createCustomer has no example of a request. Add one to spec/paths/customers.yaml.");
  return resolve<Example>(document, example).value as Record<string, unknown>;
}
