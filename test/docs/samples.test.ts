// Runs every sample of the docs against the mock server, and against the emulator.
import { execFile, spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import type { EmulatorState } from "onepay-client/emulator";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildPackage } from "../../scripts/build/package.js";
import { root } from "../../scripts/cli.js";
import { homeSlug, readIndex } from "../../scripts/docs/guides.js";
import { nodesOf, sampleFileOf } from "../../scripts/docs/markdown.js";
import { sampleFiles } from "../../scripts/docs/samples.js";
import { type Document, type OperationObject, operationsOf } from "../../scripts/generate/openapi.js";
import { type Mock, type MockRequest, startMock } from "../../scripts/mock.js";
import { stateForSamples } from "./emulator-state.js";
import type { Input, Result } from "./run-samples.js";
import { shape } from "./shape.js";

const document = JSON.parse(readFileSync(join(root, "generated/openapi.json"), "utf8")) as Document;
const server = document.servers?.[0]?.url ?? "";
const samples = join(root, "spec/samples");
const guides = join(root, "spec/guides");
const operations = [...operationsOf(document)].map(({ method, path, operation }) => ({
  id: operation.operationId ?? "",
  method: method.toUpperCase(),
  path: new RegExp(`^${path.replaceAll(/\{.+?\}/g, "[^/]+")}(\\?|$)`),
  operation,
}));
// The files of jobs/ are run by test/jobs.
const guideSamples = readdirSync(join(guides, "samples"), { recursive: true, encoding: "utf8" }).filter(
  (file) => file !== "jobs",
);
// Samples that are tests or modules are run by guide-samples.test.ts and emulator-guide.test.ts.
const isScript = (file: string) =>
  file.endsWith(".ts") &&
  !file.startsWith("jobs/") &&
  !file.endsWith(".test.ts") &&
  !/^export /m.test(readFileSync(join(guides, "samples", file), "utf8"));

interface Job {
  name: string;
  file: string;
  /** The response to request from the mock server, if it isn't the first success. */
  prefer?: string;
  /** The state of the emulator that it runs on, if it isn't the mock server. */
  state?: EmulatorState;
}

const successes: Job[] = [
  ...operations.flatMap(({ id }) =>
    ["client.ts", "fetch.ts", "errors.ts"].map((file) => ({
      name: `${id}/${file}`,
      file: `samples/${id}/${file}`,
    })),
  ),
  ...guideSamples
    .filter(isScript)
    .map((file) => ({ name: `guides/${file}`, file: `guides/samples/${file}` })),
];
// The first code blocks of AGENTS.md and of the README are samples, too.
const [, agents = ""] = /^```ts\n([\s\S]*?)^```$/m.exec(readFileSync(join(root, "AGENTS.md"), "utf8")) ?? [];
const [, readme = ""] = /^```ts\n([\s\S]*?)^```$/m.exec(readFileSync(join(root, "README.md"), "utf8")) ?? [];
successes.push({ name: "AGENTS.md", file: "agents.ts" }, { name: "README.md", file: "readme.ts" });
const failures: Job[] = operations.flatMap(({ id, operation }) =>
  failingResponses(operation).map((prefer) => ({
    name: `${id}/errors.ts, ${prefer}`,
    file: `samples/${id}/errors.ts`,
    prefer,
  })),
);

/** Everything that the samples read without creating it. */
const state = stateForSamples();
// These show other responses of the mock server.
const needsMock = new Set(["guides/prefer.ts"]);
const onEmulator: Job[] = successes
  .filter(({ name }) => !needsMock.has(name))
  .map(({ name, file }) => ({ name: `${name} on the emulator`, file, state }));

/** Every documented failure of an operation, as the value of the header `Prefer` that requests it. */
function failingResponses(operation: OperationObject): string[] {
  return Object.keys(operation.responses ?? {})
    .filter((status) => !status.startsWith("2"))
    .flatMap((status) => {
      const code = `code=${status.replace("XX", "00")}`;
      return status === "401" ? [code, `${code}, example=insufficient-funds`] : [code];
    });
}

let project = "";
let mock: Mock;
const requests: MockRequest[] = [];
let results: Record<string, Result> = {};

beforeAll(async () => {
  if (!existsSync(join(root, "dist/index.js"))) await buildPackage();
  [project, mock] = await Promise.all([
    userProject(),
    startMock({ document, onRequest: (request) => requests.push(request) }),
  ]);
  results = await run([...successes, ...failures, ...onEmulator]);
}, 120_000);
afterAll(async () => {
  await mock?.close();
  await rm(project, { recursive: true, force: true });
});

/** A folder like a user's project: the package in node_modules, and the samples. */
async function userProject(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "onepay-samples-"));
  const installed = join(folder, "node_modules/onepay-client");
  await mkdir(installed, { recursive: true });
  await Promise.all([
    cp(join(root, "package.json"), join(installed, "package.json")),
    cp(join(root, "generated/openapi.json"), join(installed, "openapi.json")),
    symlink(join(root, "dist"), join(installed, "dist")),
    cp(samples, join(folder, "samples"), { recursive: true }),
    cp(join(guides, "samples"), join(folder, "guides/samples"), { recursive: true }),
    writeFile(join(folder, "agents.ts"), agents),
    writeFile(join(folder, "readme.ts"), readme),
    // The packages that the guides' samples import.
    ...["ajv", "ajv-formats", "msw"].map((name) =>
      symlink(join(root, "node_modules", name), join(folder, "node_modules", name)),
    ),
    writeFile(join(folder, "package.json"), JSON.stringify({ type: "module" })),
    // The options of every cURL call: quiet, and an error status is a failure.
    writeFile(join(folder, ".curlrc"), "silent\nshow-error\nfail-with-body\n"),
  ]);
  return folder;
}

async function run(jobs: Job[]): Promise<Record<string, Result>> {
  const tsx = createRequire(import.meta.url).resolve("tsx");
  const child = spawn(
    process.execPath,
    ["--import", `${pathToFileURL(tsx)}`, join(root, "test/docs/run-samples.ts")],
    {
      cwd: project,
      env: { ...process.env, ONEPAY_API_KEY: "sk_test_xxx" },
      stdio: ["pipe", "pipe", "inherit"],
    },
  );
  const files = jobs.map(({ file, prefer, state }) => ({ file: join(project, file), prefer, state }));
  child.stdin.end(JSON.stringify({ mock: mock.url, jobs: files } satisfies Input));
  const [printed, code] = await Promise.all([
    text(child.stdout),
    new Promise<number | null>((settle) => child.on("close", settle)),
  ]);
  if (code !== 0) throw new Error(`The samples failed with exit code ${code}.`);
  const outputs = JSON.parse(printed) as Result[];
  return Object.fromEntries(jobs.map(({ name }, index) => [name, outputs[index] ?? { lines: [] }]));
}

describe("each operation", () => {
  it.each(operations)("has its four samples: $id", ({ id }) => {
    expect(readdirSync(join(samples, id)).sort()).toEqual([...sampleFiles].sort());
  });

  it("has a folder of samples, and there is no other folder", () => {
    const folders = readdirSync(samples, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(folders.map(({ name }) => name).sort()).toEqual(operations.map(({ id }) => id).sort());
  });
});

describe("a sample that succeeds", () => {
  it.each(successes)("runs and prints its result: $name", ({ name }) => {
    expect(results[name]?.error).toBeUndefined();
    expect(results[name]?.lines.join("")).not.toBe("");
    expect(results[name]?.lines.join("\n")).not.toContain("undefined");
  });

  it("sends only valid requests", () => {
    const invalid = requests.filter(({ violations }) =>
      violations.some(({ location, severity }) => location[0] === "request" && severity === "Error"),
    );
    expect(invalid).toEqual([]);
  });

  it.each(operations)("calls its operation: $id", ({ method, path }) => {
    expect(requests.some((request) => request.method === method && path.test(request.path))).toBe(true);
  });
});

describe("a sample on the emulator", () => {
  const linesOf = (name: string) => results[`${name} on the emulator`]?.lines;

  it.each(onEmulator)("runs and prints its result: $name", ({ name }) => {
    expect(results[name]?.error).toBeUndefined();
    expect(results[name]?.lines.join("\n")).toMatch(/\w/);
    expect(results[name]?.lines.join("\n")).not.toContain("undefined");
  });

  it("creates one customer with one idempotency key", () => {
    expect(linesOf("guides/verify.ts")).toEqual(["one"]);
  });

  it("charges the card of the customer who logged in", () => {
    expect(linesOf("guides/charging.ts")).toEqual(["created", "created unpaid"]);
  });

  it("finds the customer with the document", () => {
    expect(linesOf("guides/lists.ts")).toEqual([state.customers[1]?.id]);
  });

  it("deletes all customers that it listed", () => {
    expect(linesOf("guides/delete.ts")).toEqual(state.customers.map(({ id }) => `deleted ${id}`));
  });
});

describe("a sample of error handling", () => {
  it.each(failures)("prints what to do, and throws nothing: $name", ({ name }) => {
    expect(results[name]?.error).toBeUndefined();
    expect(results[name]?.lines.join("")).toMatch(/\w{3}/);
  });

  it("distinguishes a business error from a wrong API key, although both are a 401", () => {
    const lines = (prefer: string) => results[`topUpCustomer/errors.ts, ${prefer}`]?.lines.join();
    expect(lines("code=401, example=insufficient-funds")).toContain("balance is too low");
    expect(lines("code=401")).not.toContain("balance is too low");
  });

  it("recommends a retry with the same key if the outcome is unknown", () => {
    for (const id of ["createCustomer", "topUpCustomer", "createCustomerSessionCharge"]) {
      expect(results[`${id}/errors.ts, code=500`]?.lines.join(), id).toContain("same key");
    }
  });
});

describe("the guide on dry runs", () => {
  it("shows the output of its sample", () => {
    const output = results["guides/dry-run.ts"]?.lines.join("\n") ?? "";
    expect(readFileSync(join(guides, "en/dry-run.md"), "utf8")).toContain(output);
  });
});

describe("a cURL sample", () => {
  const execute = promisify(execFile);
  it.each(operations)("runs in a shell: $id", async ({ id, method, path }) => {
    const script = readFileSync(join(samples, id, "curl.sh"), "utf8");
    expect(script).toContain(server);
    const before = requests.length;
    const { stdout } = await execute("bash", ["-c", script.replaceAll(server, mock.url)], {
      env: { ...process.env, CURL_HOME: project },
    });
    const [request] = requests.slice(before);
    expect(request?.method).toBe(method);
    expect(request?.path).toMatch(path);
    expect(request?.status).toBeLessThan(300);
    if (method !== "DELETE") expect(JSON.parse(stdout)).toBeTypeOf("object");
  });

  it("is OnePay's own, word for word, for createCustomer", () => {
    expect(readFileSync(join(samples, "createCustomer/curl.sh"), "utf8")).toBe(published);
  });
});

describe.each([
  ["AGENTS.md", agents],
  ["README.md", readme],
])("%s", (_, sample) => {
  it("has a first sample of ten lines", () => {
    expect(sample.trimEnd().split("\n")).toHaveLength(10);
  });
});

describe("each guide", async () => {
  const slugs = [homeSlug, ...(readIndex(guides)).map(({ slug }) => slug)];
  const read = (language: string, slug: string) => readFileSync(join(guides, language, `${slug}.md`), "utf8");
  const samplesIn = (language: string, slug: string) =>
    nodesOf(read(language, slug), "code").flatMap((code) => sampleFileOf(code) ?? []);

  it.each(slugs)("shows a sample, the same in both languages: %s", (slug) => {
    expect(samplesIn("en", slug).length).toBeGreaterThan(0);
    expect(samplesIn("es", slug)).toEqual(samplesIn("en", slug));
  });

  it.each(slugs)("has the same structure in both languages: %s", (slug) => {
    expect(shape(read("es", slug))).toEqual(shape(read("en", slug)));
  });

  it.each(["en", "es"])("is in the index: %s", (language) => {
    expect(readdirSync(join(guides, language)).sort()).toEqual(slugs.map((slug) => `${slug}.md`).sort());
  });

  it("shows a sample that no other guide shows, and all samples are shown", () => {
    expect(slugs.flatMap((slug) => samplesIn("en", slug)).sort()).toEqual([...guideSamples].sort());
  });
});

const published = `curl https://api.onepay.la/v1/customers \\
-X POST \\
-H "Authorization: Bearer sk_test_xxx" \\
-H "Content-Type: application/json" \\
-H "x-idempotency: customer-001" \\
-d '{
"user_type": "natural",
"first_name": "Juan",
"last_name": "Pérez",
"email": "juan@example.com",
"phone": "+573001234567",
"document_type": "CC",
"document_number": "1234567890",
"enable_notifications": true
}'
`;
