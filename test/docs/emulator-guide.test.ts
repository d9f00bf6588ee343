// The guide on testing with the emulator: its samples run as a user would run them, and its tables are complete.
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { OnePay } from "onepay-client";
import { assumptions, type Emulator, faultKinds } from "onepay-client/emulator";
import { beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { buildPackage } from "../../scripts/build/package.js";
import { root } from "../../scripts/cli.js";

const execute = promisify(execFile);
const samples = join(root, "spec/guides/samples");
const cli = join(root, "dist/cli.js");
const require = createRequire(import.meta.url);

beforeAll(async () => {
  if (!existsSync(cli)) await buildPackage();
});

const ana = {
  user_type: "natural",
  first_name: "Ana",
  last_name: "Ejemplo",
  email: "ana@example.com",
  phone: "+573000000101",
  document_type: "CC",
  document_number: "000000101",
} as const;

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
  testResults: { message: string; startTime: number; endTime: number }[];
}

/** Runs a test file with Vitest in its own process, as a user's project does. */
async function runVitest(folder: string, file: string, ...args: string[]): Promise<VitestReport> {
  const vitest = join(root, "node_modules/vitest/vitest.mjs");
  const options = ["run", file, "--root", folder, "--config", "vitest.config.ts", "--reporter=json", ...args];
  const { stdout } = await execute(process.execPath, [vitest, ...options], { cwd: folder }).catch(
    (error: { stdout: string; stderr: string }) => {
      throw new Error(`${error.stdout}\n${error.stderr}`);
    },
  );
  return JSON.parse(stdout) as VitestReport;
}

/** A folder inside the checkout, in which the package and Vitest can be imported. */
async function projectFolder(files: { [name: string]: string }): Promise<string> {
  const folder = await mkdtemp(join(root, "dist/emulator-guide-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  return folder;
}

const sample = (name: string) => readFileSync(join(samples, name), "utf8");

describe("the test suite of the guide", () => {
  // Repeated if the machine is busy with something else.
  it("creates, reads, lists, tops up and charges in less than a second, with a lost response", {
    retry: 2,
  }, async () => {
    const folder = await projectFolder({
      "emulator-suite.test.ts": sample("emulator-suite.test.ts"),
      "vitest.config.ts": "export default {};",
    });
    const { numPassedTests, testResults } = await runVitest(folder, "emulator-suite.test.ts");
    expect(numPassedTests).toBe(3);
    expect(testResults).toHaveLength(1);
    for (const { startTime, endTime } of testResults) expect(endTime - startTime).toBeLessThan(1_000);
  });

  it("does the same over HTTP with cURL, and the lost response creates one customer", async () => {
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
});

describe("the sample for node:test", () => {
  it("passes with Node.js's own test runner", async () => {
    const tsx = pathToFileURL(require.resolve("tsx")).href;
    const file = join(samples, "emulator-node.test.ts");
    const { stdout } = await execute(process.execPath, [
      "--import",
      tsx,
      "--test",
      "--test-reporter=tap",
      file,
    ]);
    expect(stdout).toMatch(/^# pass 1$/m);
  });
});

describe("the setup file", () => {
  it("works with Vitest: a client of the code under test uses the emulator of the test", async () => {
    const folder = await projectFolder({
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
    expect(await runVitest(folder, "shop.test.ts")).toMatchObject({ numPassedTests: 2, numFailedTests: 0 });
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

  it("works with Express: a lost response breaks the connection", async () => {
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

  it("works with Hono", async () => {
    const sample = await import("../../spec/guides/samples/emulator-hono.js");
    const onepay = new OnePay({
      apiKey: "sk_test_emulator",
      fetch: async (url, init) => sample.app.request(url, init as RequestInit),
    });
    await createOnce(onepay, sample);
  });
});

describe("MSW with the emulator", () => {
  it("fails a request for a lost response, and the client retries it", async () => {
    const folder = await projectFolder({
      "msw.test.ts": `
        import { http } from "msw";
        import { setupServer } from "msw/node";
        import { OnePay } from "onepay-client";
        import { createEmulator } from "onepay-client/emulator";
        import { expect, test } from "vitest";
        test("creates a customer once", async () => {
          const emulator = createEmulator();
          const server = setupServer(
            http.all("https://api.onepay.la/v1/*", ({ request }) => emulator.handle(request)),
          );
          server.listen({ onUnhandledRequest: "error" });
          emulator.injectFault("createCustomer", "lose-response");
          const onepay = new OnePay({ apiKey: "sk_test_emulator" });
          const { attempts } = await onepay.customers.create(${JSON.stringify(ana)}).withResponse();
          server.close();
          expect([attempts, emulator.customers.length]).toEqual([2, 1]);
        });
      `,
      "vitest.config.ts": "export default {};",
    });
    expect(await runVitest(folder, "msw.test.ts")).toMatchObject({ numPassedTests: 1, numFailedTests: 0 });
  });
});

describe.each(["en", "es"])("the guide on testing (%s)", (language) => {
  const guide = readFileSync(join(root, "spec/guides", language, "testing.md"), "utf8");
  const firstCells = [...guide.matchAll(/^\| `([^`]+)` \|/gm)].map(([, cell]) => cell);

  it("has a row for every fault", () => {
    expect(firstCells).toEqual(expect.arrayContaining([...faultKinds]));
  });

  it("has a row for every option of the command", async () => {
    const { stdout } = await execute(process.execPath, [cli, "emulator", "--help"]);
    const options = [...stdout.matchAll(/^ {2}(--\w+(?: [A-Z]+)?) /gm)].map(([, option]) => option);
    expect(options.length).toBeGreaterThan(5);
    expect(firstCells).toEqual(expect.arrayContaining(options));
  });

  it("has a row for every request of the control API, and no other", () => {
    const source = readFileSync(join(root, "src/emulator/control.ts"), "utf8");
    const commands = [...source.matchAll(/case "([A-Z]+) (\/\w+)":/g)].map(
      ([, method, path]) => `${method} /_emulator${path}`,
    );
    expect(commands.length).toBeGreaterThan(5);
    expect(firstCells.filter((cell) => cell?.includes("/_emulator/")).sort()).toEqual(commands.sort());
  });

  it("has a row for every option of createEmulator()", () => {
    const source = readFileSync(join(root, "src/emulator/types.ts"), "utf8");
    const [, body = ""] = /interface EmulatorOptions \{([\s\S]*?)\n\}/.exec(source) ?? [];
    const options = [...body.matchAll(/^ {2}readonly (\w+)\?:/gm)].map(([, option]) => option);
    expect(options.length).toBeGreaterThan(5);
    expect(firstCells).toEqual(expect.arrayContaining(options));
  });
});

describe("the list of assumptions in the guide on testing", () => {
  const rowsIn = (language: string) => {
    const guide = readFileSync(join(root, "spec/guides", language, "testing.md"), "utf8");
    const [, table = ""] = /\| (?:topic|tema) \|.*\n.*\n((?:\|.*\n)+)/.exec(guide) ?? [];
    return table.trim().split("\n");
  };

  it("is the list of the emulator", () => {
    expect(rowsIn("en")).toEqual(assumptions.map(({ topic, behavior }) => `| ${topic} | ${behavior} |`));
  });

  it("has as many entries in Spanish", () => {
    expect(rowsIn("es")).toHaveLength(assumptions.length);
  });

  it("is what the command prints", async () => {
    const { stdout } = await execute(process.execPath, [cli, "emulator", "--assumptions"]);
    for (const { topic, behavior, reason } of assumptions)
      expect(stdout).toContain(`${topic}\n  ${behavior}\n  Why: ${reason}\n`);
  });
});
