// The guide on testing with the emulator: its samples run as a user would run them, and its tables are complete.
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { http } from "msw";
import { setupServer } from "msw/node";
import { OnePay } from "onepay-client";
import { assumptions, createEmulator, type Emulator, faultKinds } from "onepay-client/emulator";
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
import { root } from "../../scripts/cli.js";
import { ana } from "../emulator/client.js";

const execute = promisify(execFile);
const samples = join(root, "spec/guides/samples");
const cli = join(root, "dist/cli.js");
const require = createRequire(import.meta.url);

/** Starts `npx onepay-client emulator` on a free port. */
async function startEmulator(): Promise<string> {
  const server: ChildProcess = spawn(process.execPath, [cli, "emulator", "--port", "0"], { stdio: "pipe" });
  onTestFinished(() => void server.kill());
  return new Promise((resolve, reject) => {
    let output = "";
    server.stdout?.on("data", (text) => {
      output += text;
      const [, url] = /^OnePay emulator: (\S+)\/v1$/m.exec(output) ?? [];
      if (url) resolve(url);
    });
    server.once("exit", (code) => reject(new Error(`The emulator exited with ${code}.\n${output}`)));
  });
}

interface VitestReport {
  numPassedTests: number;
  numFailedTests: number;
}

/**
 * Runs shop.test.ts with Vitest in its own process, as a user's project does: in a folder inside the checkout, in which
 * the package and Vitest can be imported.
 */
async function runVitest(files: { [name: string]: string }): Promise<VitestReport> {
  const folder = await mkdtemp(join(root, "dist/emulator-guide-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  const vitest = join(root, "node_modules/vitest/vitest.mjs");
  const options = ["--root", folder, "--config", "vitest.config.ts", "--pool=threads", "--reporter=json"];
  const { stdout } = await execute(process.execPath, [vitest, "run", "shop.test.ts", ...options], {
    cwd: folder,
  }).catch((error: { stdout: string; stderr: string }) => {
    throw new Error(`${error.stdout}\n${error.stderr}`);
  });
  return JSON.parse(stdout) as VitestReport;
}

const runCli = async (option: string) => (await execute(process.execPath, [cli, "emulator", option])).stdout;
const readGuide = (language: string) =>
  readFileSync(join(root, "spec/guides", language, "testing.md"), "utf8");
const sample = (name: string) => readFileSync(join(samples, name), "utf8");

describe("the test suite of the guide takes less than a second, and", async () => {
  let start: number;
  beforeAll(() => {
    start = performance.now();
  });
  afterAll(() => expect(performance.now() - start).toBeLessThan(1_000));
  // Its tests belong to this group.
  await import("../../spec/guides/samples/emulator-suite.test.js");
});

test("the same over HTTP with cURL: a lost response creates one customer", async () => {
  const script = sample("emulator-curl.sh");
  const url = await startEmulator();
  const { stdout } = await execute("bash", ["-c", script.replace("http://127.0.0.1:4010", url)]);
  const [lost, customer, list, topUp, balance, charge, ...rest] = stdout.trim().split("\n");
  expect(lost).toBe("Lost.");
  expect(JSON.parse(customer ?? "")).toMatchObject({ first_name: "Ana" });
  expect(JSON.parse(list ?? "")).toMatchObject({ total: 1 });
  expect(JSON.parse(topUp ?? "")).toMatchObject({ amount: 50_000 });
  expect(JSON.parse(balance ?? "")).toMatchObject({ balance: 50_000 });
  expect(JSON.parse(charge ?? "")).toMatchObject({ status: "paid", amount: 5_000_000 });
  expect(rest).toEqual([]);
});

test("the sample for node:test passes with Node.js's own test runner", async () => {
  const tsx = pathToFileURL(require.resolve("tsx")).href;
  const options = ["--import", tsx, "--test-reporter=tap"];
  const { stdout } = await execute(process.execPath, [...options, join(samples, "emulator-node.test.ts")]);
  expect(stdout).toMatch(/^# pass 1$/m);
});

describe("the setup file", () => {
  test("works with Vitest: a client of the code under test uses the emulator of the test", async () => {
    const report = await runVitest({
      "emulator-setup.ts": sample("emulator-setup.ts"),
      "vitest.config.ts": 'export default { test: { setupFiles: ["./emulator-setup.ts"] } };',
      "shop.ts": 'import { OnePay } from "onepay-client";\nexport const onepay = new OnePay();\n',
      "shop.test.ts": `
        import { beforeEach, expect, test } from "vitest";
        import { emulator } from "./emulator-setup.js";
        import { onepay } from "./shop.js";
        beforeEach(() => emulator.reset());
        test("creates a customer once", async () => {
          emulator.injectFault("createCustomer", "lose-response");
          const { id } = await onepay.customers.create(${JSON.stringify(ana)});
          expect(emulator.customers.map((customer) => customer.id)).toEqual([id]);
        });
        test("starts without customers", () => expect(emulator.customers).toEqual([]));
      `,
    });
    expect(report).toMatchObject({ numPassedTests: 2, numFailedTests: 0 });
  });
});

describe("a route with the emulator", () => {
  interface Sample {
    emulator: Emulator;
  }

  /** Creates a customer with a 503 for the first request, and deletes it. */
  async function createOnce(onepay: OnePay, { emulator }: Sample): Promise<void> {
    vi.spyOn(Math, "random").mockReturnValue(0);
    onTestFinished(() => void vi.restoreAllMocks());
    emulator.injectFault("createCustomer", "503");
    const { data, attempts } = await onepay.customers.create(ana).withResponse();
    expect(attempts).toBe(2);
    expect(emulator.customers).toMatchObject([{ id: data.id, first_name: "Ana" }]);
    await onepay.customers.delete(data.id);
    await expect(onepay.customers.get(data.id)).rejects.toMatchObject({ status: 404 });
  }

  test("works with Express: a lost response breaks the connection", async () => {
    const sample = await import("../../spec/guides/samples/emulator-express.js");
    const server = sample.app.listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    onTestFinished(() => void server.close());
    const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
    const onepay = new OnePay({ apiKey: "sk_test_emulator", baseUrl });
    await createOnce(onepay, sample);
    sample.emulator.injectFault("listCustomers", "lose-response");
    await expect(onepay.customers.list({}, { maxRetries: 0 })).rejects.toMatchObject({
      name: "ConnectionError",
    });
  });

  test("works with Hono", async () => {
    const sample = await import("../../spec/guides/samples/emulator-hono.js");
    const onepay = new OnePay({
      apiKey: "sk_test_emulator",
      fetch: async (url, init) => sample.app.request(url, init as RequestInit),
    });
    await createOnce(onepay, sample);
  });
});

describe("MSW with the emulator", () => {
  test("fails a request for a lost response, and the client retries it", async () => {
    const emulator = createEmulator();
    const server = setupServer(
      http.all("https://api.onepay.la/v1/*", ({ request }) => emulator.handle(request)),
    );
    server.listen({ onUnhandledRequest: "error" });
    onTestFinished(() => server.close());
    emulator.injectFault("createCustomer", "lose-response");
    const onepay = new OnePay({ apiKey: "sk_test_emulator" });
    const { attempts } = await onepay.customers.create(ana).withResponse();
    expect([attempts, emulator.customers.length]).toEqual([2, 1]);
  });
});

const help = await runCli("--help");

describe.each(["en", "es"])("the guide on testing (%s)", (language) => {
  const firstCells = [...readGuide(language).matchAll(/^\| `([^`]+)` \|/gm)].map(([, cell]) => cell);
  const matches = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, match]) => match);

  test.each([
    ["fault", () => [...faultKinds]],
    ["option of the command", () => matches(help, /^ {2}(--\w+(?: [A-Z]+)?) /gm)],
    [
      "option of createEmulator()",
      () => {
        const source = readFileSync(join(root, "src/emulator/types.ts"), "utf8");
        const [, body = ""] = /interface EmulatorOptions \{([\s\S]*?)\n\}/.exec(source) ?? [];
        return matches(body, /^ {2}readonly (\w+)\?:/gm);
      },
    ],
  ])("has a row for every %s", (_, readNames) => {
    const names = readNames();
    expect(names.length).toBeGreaterThan(5);
    expect(firstCells).toEqual(expect.arrayContaining(names));
  });

  test("has a row for every request of the control API, and no other", () => {
    const source = readFileSync(join(root, "src/emulator/control.ts"), "utf8");
    const commands = [...source.matchAll(/case "([A-Z]+) (\/\w+)":/g)].map(
      ([, method, path]) => `${method} /_emulator${path}`,
    );
    expect(commands.length).toBeGreaterThan(5);
    expect(firstCells.filter((cell) => cell?.includes("/_emulator/")).sort()).toEqual(commands.sort());
  });
});

test("the list of assumptions in the guide on testing is the list of the emulator, in both languages", () => {
  const [english, spanish] = ["en", "es"].map((language) => {
    const [, table = ""] = /\| (?:topic|tema) \|.*\n.*\n((?:\|.*\n)+)/.exec(readGuide(language)) ?? [];
    return table.trim().split("\n");
  });
  expect(english).toEqual(assumptions.map(({ topic, behavior }) => `| ${topic} | ${behavior} |`));
  expect(spanish).toHaveLength(assumptions.length);
});

test("the command prints the list of assumptions", async () => {
  const printed = await runCli("--assumptions");
  for (const { topic, behavior, reason } of assumptions)
    expect(printed).toContain(`${topic}\n  ${behavior}\n  Why: ${reason}\n`);
});
