// The tarball on the runtimes that people have: installed, run, and looked at from the server's side.
import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { root } from "../../scripts/cli.js";
import { run } from "./child.js";
import { expectScenario } from "./expected.js";
import { type Server, serve } from "./server.js";
import { needed, node, runtime, tool } from "./tools.js";

const consumers = inject("consumers");
const { version } = JSON.parse(readFileSync(join(root, "generated/openapi.json"), "utf8")).info;

let server: Server;
beforeAll(async () => {
  server = await serve();
});
afterAll(() => server.close());

/** Runs a consumer that prints its report as JSON, and checks it. */
async function expectToRun(consumer: string, folder: string, program: string, args: string[], env = {}) {
  const printed = await run(program, [...args, server.baseUrl(consumer)], {
    cwd: join(consumers, folder),
    env,
  });
  const { document, ...reported } = JSON.parse(printed);
  expect(document).toBe(version);
  await expectScenario(reported, server, consumer);
}

for (const major of [20, 22, 24, 26]) {
  test(`Node.js ${major} imports the package`, async (context) => {
    const program = needed(context, `Node.js ${major}`, node(major));
    await expectToRun(`node-${major}-esm`, "node-esm", program, ["index.js"]);
  });

  test(`Node.js ${major} requires the package`, async (context) => {
    const program = needed(context, `Node.js ${major}`, node(major));
    await expectToRun(`node-${major}-cjs`, "node-cjs", program, ["index.js"]);
  });
}

test("Bun imports the package", async (context) => {
  const program = needed(context, "Bun", runtime("bun"));
  await expectToRun("bun", "bun", program, ["run", "index.ts"]);
});

test("Deno checks and imports the package, allowed to reach the server and nothing else", async (context) => {
  const program = needed(context, "Deno", runtime("deno"));
  // Its cache stays with the consumers, and it asks nobody for a newer Deno.
  const env = { DENO_DIR: join(consumers, ".deno"), DENO_NO_UPDATE_CHECK: "1" };
  await expectToRun(
    "deno",
    "deno",
    program,
    ["run", "--check", "--cached-only", "--allow-net=127.0.0.1", "index.ts"],
    env,
  );
});

test("workerd imports the package, bundled by esbuild", async (context) => {
  const program = needed(context, "workerd", runtime("workerd"));
  const folder = join(consumers, "workerd");
  const bundle = ["worker.js", "--bundle", "--format=esm", "--conditions=workerd", "--outfile=bundle.js"];
  await run(process.execPath, [tool("esbuild/bin/esbuild"), ...bundle, "--log-level=warning"], {
    cwd: folder,
  });
  const worker = spawn(program, ["serve", "config.capnp", "--control-fd=3"], {
    cwd: folder,
    env: { BASE_URL: server.baseUrl("workerd") },
    stdio: ["ignore", "pipe", "pipe", "pipe"],
  });
  try {
    const response = await fetch(`http://127.0.0.1:${await listeningPort(worker)}/`);
    await expectScenario(await response.json(), server, "workerd");
  } finally {
    worker.kill();
  }
});

/** The port that workerd tells on its control channel; an error with what it printed where it ends before. */
function listeningPort(worker: ChildProcess): Promise<number> {
  return new Promise((settle, reject) => {
    let printed = "";
    for (const stream of [worker.stdout, worker.stderr])
      stream?.setEncoding("utf8").on("data", (text) => {
        printed += text;
      });
    let told = "";
    (worker.stdio[3] as Readable).setEncoding("utf8").on("data", (text) => {
      told += text;
      if (told.includes("\n")) settle((JSON.parse(told) as { port: number }).port);
    });
    worker.on("error", reject);
    worker.on("exit", (code) => reject(new Error(`workerd ended with ${code}:\n${printed}`)));
  });
}
