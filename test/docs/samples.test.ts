// Runs every sample of the docs against the mock server, and against the emulator.
import { execFile, spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { cp, mkdir, symlink, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { root } from "../../scripts/cli.js";
import { sampleFiles } from "../../scripts/docs/operations.js";
import { type Mock, type MockRequest, startMock } from "../../scripts/mock.js";
import { readDocument } from "../../scripts/openapi/load.js";
import { operationsOf } from "../../scripts/openapi/operations.js";
import { createTempFolder, type TempFolder } from "../../scripts/temp.js";
import type { EmulatorState } from "../../src/emulator/index.js";
import { populatedEmulator } from "../emulator/populate.js";
import type { Job, Result } from "./run-samples.js";

const read = (file: string) => readFileSync(join(root, file), "utf8");
const document = await readDocument();
const server = document.servers?.[0]?.url ?? "";
const operations = [...operationsOf(document)].map(({ method, path, operation }) => ({
  id: operation.operationId ?? "",
  method: method.toUpperCase(),
  path: new RegExp(`^${path.replaceAll(/\{.+?\}/g, "[^/]+")}(\\?|$)`),
  statuses: Object.keys(operation.responses ?? {}),
}));

// The other samples of the guides are tests or modules: guide-samples.test.ts, emulator-guide.test.ts and test/jobs.
const guideSamples = readdirSync(join(root, "spec/guides/samples"))
  .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
  .map((file) => `spec/guides/samples/${file}`)
  .filter((file) => !/^export /m.test(read(file)));
// The first code blocks of AGENTS.md and of the README are samples, too.
const firstBlocks = ["AGENTS.md", "README.md"].map((name) => ({
  name,
  file: `${name}.ts`,
  code: /^```ts\n([\s\S]*?)^```$/m.exec(read(name))?.[1] ?? "",
}));

const successes: Job[] = [
  ...operations.flatMap(({ id }) =>
    ["client.ts", "fetch.ts", "errors.ts"].map((file) => `spec/samples/${id}/${file}`),
  ),
  ...guideSamples,
  ...firstBlocks.map(({ file }) => file),
].map((file) => ({ name: file, file }));

/** Every documented failure of an operation, as the value of the header `Prefer` that requests it. */
const failures: Job[] = operations.flatMap(({ id, statuses }) =>
  statuses
    .filter((status) => !status.startsWith("2"))
    .flatMap((status) => {
      const code = `code=${status.replace("XX", "00")}`;
      return status === "401" ? [code, `${code}, example=insufficient-funds`] : [code];
    })
    .map((prefer) => ({ name: `${id}, ${prefer}`, file: `spec/samples/${id}/errors.ts`, prefer })),
);

const state = stateForSamples();
const onEmulator: Job[] = successes
  // It shows other responses of the mock server.
  .filter(({ file }) => file !== "spec/guides/samples/prefer.ts")
  .map(({ file }) => ({ name: `${file} on the emulator`, file, state }));

/** The state of the emulator that the samples run on: everything that they read without creating it. */
function stateForSamples(): EmulatorState {
  const emulator = populatedEmulator({
    otp: "000000",
    token: "12|example-customer-token",
    chargeId: "00000000-0000-4000-8000-000000009001",
    cardId: "00000000-0000-4000-8000-000000006001",
  });
  const { customers, ...others } = emulator.state();
  const [ana] = customers;
  if (!ana) throw new Error("The emulator has no customer.");
  // The guide on lists looks for this document.
  const juan = { ...ana, id: "00000000-0000-4000-8000-000000000102", document_number: "1234567890" };
  const topUp = { id: "00000000-0000-4000-8000-000000003001", amount: 50_000, concept: "Bono" };
  emulator.setState({
    ...others,
    customers: [ana, { ...juan, first_name: "Juan", email: "juan@example.com", phone: "+573000000102" }],
    transactions: [{ ...topUp, customer_id: ana.id, created_at: ana.created_at }],
  });
  emulator.addAccount(ana.id);
  return emulator.state();
}

let project: TempFolder;
let mock: Mock;
const requests: MockRequest[] = [];
let results: Record<string, Result> = {};

beforeAll(async () => {
  project = await createTempFolder("samples");
  await fillProject(project.path);
  mock = await startMock({ document, onRequest: (request) => requests.push(request) });
  results = await run([...successes, ...failures, ...onEmulator]);
}, 120_000);
afterAll(async () => {
  await mock?.close();
  await project?.remove();
});

/** Fills a folder like a user's project: the package in node_modules, and the samples. */
async function fillProject(folder: string): Promise<void> {
  const copies = {
    "package.json": "node_modules/onepay-client/package.json",
    "generated/openapi.json": "node_modules/onepay-client/openapi.json",
    "spec/samples": "spec/samples",
    "spec/guides/samples": "spec/guides/samples",
  };
  const links = {
    dist: "node_modules/onepay-client/dist",
    // The packages that the guides' samples import.
    "node_modules/ajv": "node_modules/ajv",
    "node_modules/ajv-formats": "node_modules/ajv-formats",
    "node_modules/msw": "node_modules/msw",
  };
  const texts = {
    "package.json": JSON.stringify({ type: "module" }),
    // The options of every cURL call: quiet, and an error status is a failure.
    ".curlrc": "silent\nshow-error\nfail-with-body\n",
    ...Object.fromEntries(firstBlocks.map(({ file, code }) => [file, code])),
  };
  await mkdir(join(folder, "node_modules/onepay-client"), { recursive: true });
  await Promise.all([
    ...Object.entries(copies).map(([from, to]) =>
      cp(join(root, from), join(folder, to), { recursive: true }),
    ),
    ...Object.entries(links).map(([from, to]) => symlink(join(root, from), join(folder, to))),
    ...Object.entries(texts).map(([name, content]) => writeFile(join(folder, name), content)),
  ]);
}

async function run(jobs: Job[]): Promise<Record<string, Result>> {
  const tsx = createRequire(import.meta.url).resolve("tsx");
  const args = ["--import", `${pathToFileURL(tsx)}`, join(root, "test/docs/run-samples.ts")];
  const child = spawn(process.execPath, args, {
    cwd: project.path,
    env: { ...process.env, ONEPAY_API_KEY: "sk_test_xxx" },
    stdio: ["pipe", "pipe", "inherit"],
  });
  child.stdin.end(JSON.stringify({ mock: mock.url, jobs }));
  const outputs = JSON.parse(await text(child.stdout)) as Result[];
  return Object.fromEntries(jobs.map(({ name }, index) => [name, outputs[index] ?? { lines: [] }]));
}

describe("each operation", () => {
  test.each(operations)("has its four samples: $id", ({ id }) => {
    expect(readdirSync(join(root, "spec/samples", id)).sort()).toEqual([...sampleFiles].sort());
  });

  test("has a folder of samples, and there is no other folder", () => {
    const entries = readdirSync(join(root, "spec/samples"), { withFileTypes: true });
    const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
    expect(folders.sort()).toEqual(operations.map(({ id }) => id).sort());
  });
});

const linesOf = (name: string) => results[name]?.lines ?? [];

const namesOf = (jobs: Job[]) => jobs.map(({ name }) => name);

test.each(namesOf([...successes, ...onEmulator]))("a sample runs and prints its result: %s", (name) => {
  expect(results[name]?.error).toBeUndefined();
  expect(linesOf(name).join("\n")).toMatch(/\w/);
  expect(linesOf(name).join("\n")).not.toContain("undefined");
});

describe("the samples", () => {
  test("send only valid requests", () => {
    const invalid = requests.filter(({ violations }) =>
      violations.some(({ location, severity }) => location[0] === "request" && severity === "Error"),
    );
    expect(invalid).toEqual([]);
  });

  test.each(operations)("call each operation: $id", ({ method, path }) => {
    expect(requests.some((request) => request.method === method && path.test(request.path))).toBe(true);
  });

  const [ana, juan] = state.customers.map(({ id }) => id);
  test.each([
    ["verify", "creates one customer with one idempotency key", ["one"]],
    ["charging", "charges the card of the customer who logged in", ["created", "created unpaid"]],
    ["lists", "finds the customer with the document", [juan]],
    ["delete", "deletes all customers that it listed", [`deleted ${ana}`, `deleted ${juan}`]],
  ])("guides/samples/%s.ts on the emulator %s", (name, _, lines) => {
    expect(linesOf(`spec/guides/samples/${name}.ts on the emulator`)).toEqual(lines);
  });

  test.each(firstBlocks)("include one of ten lines in $name", ({ code }) => {
    expect(code.trimEnd().split("\n")).toHaveLength(10);
  });

  test("print what the guide on dry runs shows", () => {
    const output = linesOf("spec/guides/samples/dry-run.ts").join("\n");
    expect(read("spec/guides/en/dry-run.md")).toContain(output);
  });
});

describe("a sample of error handling", () => {
  test.each(namesOf(failures))("prints what to do, and throws nothing: %s", (name) => {
    expect(results[name]?.error).toBeUndefined();
    expect(linesOf(name).join("")).toMatch(/\w{3}/);
  });

  test("distinguishes a business error from a wrong API key, although both are a 401", () => {
    expect(linesOf("topUpCustomer, code=401, example=insufficient-funds").join()).toContain(
      "balance is too low",
    );
    expect(linesOf("topUpCustomer, code=401").join()).not.toContain("balance is too low");
  });

  test.each(["createCustomer", "topUpCustomer", "createCustomerSessionCharge"])(
    "recommends a retry with the same key if the outcome is unknown: %s",
    (id) => expect(linesOf(`${id}, code=500`).join()).toContain("same key"),
  );
});

describe("a cURL sample", () => {
  test.each(operations)("runs in a shell: $id", async ({ id, method, path }) => {
    const script = read(`spec/samples/${id}/curl.sh`);
    expect(script).toContain(server);
    const before = requests.length;
    const { stdout } = await promisify(execFile)("bash", ["-c", script.replaceAll(server, mock.url)], {
      env: { ...process.env, CURL_HOME: project.path },
    });
    const [request] = requests.slice(before);
    expect(request).toMatchObject({ method, path: expect.stringMatching(path) });
    expect(request?.status).toBeLessThan(300);
    if (method !== "DELETE") expect(JSON.parse(stdout)).toBeTypeOf("object");
  });

  test("is OnePay's own, word for word, for createCustomer", () => {
    expect(read("spec/samples/createCustomer/curl.sh")).toBe(published);
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
