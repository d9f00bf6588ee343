// The packed package on each runtime: it's installed, run, and looked at from the server's side.
import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { afterAll, describe, expect, inject, test } from "vitest";
import { root } from "../../scripts/cli.js";
import { run } from "./child.js";
import { type RunProgram, type Start, testEmulator, testErrors, testScenario } from "./consumer-tests.js";
import { nodeBinary, requireBinary, runtimeBinary, toolPath } from "./tools.js";

const consumers = inject("consumers");
const { version } = JSON.parse(readFileSync(join(root, "generated/openapi.json"), "utf8")).info;

/** A consumer that prints its report as JSON. */
const processRunner =
  (folder: string, binary: string, args: string[], env = {}): RunProgram =>
  async (program, input) => {
    const cwd = join(consumers, folder);
    const printed = await run(binary, [...args, program, JSON.stringify(input)], { cwd, env });
    const printedJson = JSON.parse(printed);
    expect(printedJson.version).toBe(version);
    return printedJson.report;
  };

for (const major of [20, 22, 24, 26]) {
  const name = `Node.js ${major}`;
  const starter =
    (folder: string): Start =>
    async (context) =>
      processRunner(folder, requireBinary(context, name, nodeBinary(major)), ["index.js"]);
  describe(`${name} with import`, () => {
    testScenario(name, starter("node-esm"));
    testErrors(name, "node", starter("node-esm"));
    testEmulator(name, starter("node-esm"));
  });
  describe(`${name} with require`, () => {
    testScenario(name, starter("node-cjs"));
    testEmulator(name, starter("node-cjs"));
  });
  test(`${name} runs npx onepay-client emulator, and stops it with Ctrl-C`, async (context) => {
    await testCommand(requireBinary(context, name, nodeBinary(major)));
  });
}

/** Starts the installed command with a Node.js, creates a customer with a lost response, and stops the command. */
async function testCommand(node: string): Promise<void> {
  const bin = join(consumers, "node_modules/.bin/onepay-client");
  const emulator = spawn(node, [bin, "emulator", "--port", "0"], { stdio: ["ignore", "pipe", "inherit"] });
  try {
    const url = await printedUrl(emulator);
    await post(`${url}/_emulator/faults`, { operation: "createCustomer", kind: "lose-response" });
    await expect(post(`${url}/v1/customers`, ana)).rejects.toThrow("fetch failed");
    const response = await post(`${url}/v1/customers`, ana);
    expect(response.status).toBe(201);
    const { total } = await (await fetch(`${url}/v1/customers`, { headers })).json();
    expect(total).toBe(1);
    const exit = new Promise((resolve) => emulator.once("exit", resolve));
    emulator.kill("SIGINT");
    expect(await exit).toBe(0);
  } finally {
    emulator.kill("SIGKILL");
  }
}

const headers = {
  authorization: "Bearer sk_test_emulator",
  "content-type": "application/json",
  "x-idempotency": "signup-1",
};
const post = (url: string, body: object) =>
  fetch(url, { method: "POST", headers, body: JSON.stringify(body) });

const ana = {
  user_type: "natural",
  first_name: "Ana",
  last_name: "Ejemplo",
  email: "ana@example.com",
  phone: "+573000000101",
  document_type: "CC",
  document_number: "000000101",
};

/** The URL that the command prints when it has started. */
function printedUrl(emulator: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = "";
    emulator.stdout?.setEncoding("utf8").on("data", (text) => {
      output += text;
      const [, url] = /^OnePay emulator: (\S+)\/v1$/m.exec(output) ?? [];
      if (url) resolve(url);
    });
    emulator.once("exit", (code) => reject(new Error(`The emulator exited with ${code}:\n${output}`)));
  });
}

describe("Bun", () => {
  const start: Start = async (context) =>
    processRunner("bun", requireBinary(context, "Bun", runtimeBinary("bun")), ["run", "index.ts"]);
  testScenario("Bun", start);
  testErrors("Bun", "bun", start);
  testEmulator("Bun", start);
});

describe("Deno, with type checks and access to loopback only", () => {
  const start: Start = async (context) => {
    const args = ["run", "--check", "--cached-only", "--allow-net=127.0.0.1", "index.ts"];
    // Its cache stays in the folder of the consumers, and it doesn't look for a newer Deno.
    const env = { DENO_DIR: join(consumers, ".deno"), DENO_NO_UPDATE_CHECK: "1" };
    return processRunner("deno", requireBinary(context, "Deno", runtimeBinary("deno")), args, env);
  };
  testScenario("Deno", start);
  testErrors("Deno", "deno", start);
  testEmulator("Deno", start);
});

describe("workerd, in a bundle by esbuild", () => {
  const folder = join(consumers, "workerd");
  let worker: ChildProcess | undefined;
  let url: Promise<string> | undefined;
  afterAll(() => void worker?.kill());

  const serveWorker = async (binary: string): Promise<string> => {
    await bundle(folder, "worker.js", "--format=esm", "--conditions=workerd", "--outfile=bundle.js");
    worker = spawn(binary, ["serve", "config.capnp", "--control-fd=3"], {
      cwd: folder,
      env: {},
      stdio: ["ignore", "pipe", "pipe", "pipe"],
    });
    return `http://127.0.0.1:${await listeningPort(worker)}/`;
  };
  const start: Start = async (context) => {
    url ??= serveWorker(requireBinary(context, "workerd", runtimeBinary("workerd")));
    const workerUrl = await url;
    return async (program, input) => {
      const body = JSON.stringify({ program, input });
      const response = await fetch(workerUrl, { method: "POST", body });
      return response.json();
    };
  };
  testScenario("workerd", start);
  testErrors("workerd", "workerd", start);
  testEmulator("workerd", start);
});

describe("Vercel's Edge Runtime, in a bundle by esbuild", () => {
  const folder = join(consumers, "edge-runtime");
  const start: Start = async () => {
    await bundle(folder, "main.js", "--format=iife", "--outfile=bundle.js");
    const { EdgeVM } = createRequire(import.meta.url)(toolPath("@edge-runtime/vm")) as EdgeRuntimeModule;
    const vm = new EdgeVM();
    vm.evaluate(readFileSync(join(folder, "bundle.js"), "utf8"));
    const runInside = vm.evaluate("run") as (program: string, input: string) => Promise<string>;
    return async (program, input) => JSON.parse(await runInside(program, JSON.stringify(input)));
  };
  testScenario("the Edge Runtime", start);
  testErrors("the Edge Runtime", "edge-runtime", start);
  testEmulator("the Edge Runtime", start);
});

interface EdgeRuntimeModule {
  EdgeVM: new () => { evaluate(code: string): unknown };
}

async function bundle(folder: string, ...args: string[]): Promise<void> {
  const esbuild = toolPath("esbuild/bin/esbuild");
  await run(process.execPath, [esbuild, ...args, "--bundle", "--log-level=warning"], { cwd: folder });
}

/** The port that workerd prints on its control channel. If workerd exits, the error contains its output. */
function listeningPort(worker: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    let output = "";
    for (const stream of [worker.stdout, worker.stderr])
      stream?.setEncoding("utf8").on("data", (text) => {
        output += text;
      });
    let message = "";
    (worker.stdio[3] as Readable).setEncoding("utf8").on("data", (text) => {
      message += text;
      if (message.includes("\n")) resolve((JSON.parse(message) as { port: number }).port);
    });
    worker.on("error", reject);
    worker.on("exit", (code) => reject(new Error(`workerd exited with ${code}:\n${output}`)));
  });
}
