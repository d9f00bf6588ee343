/** What can only be seen on a whole process: its end, its memory and its open files. */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { createGzip } from "node:zlib";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { customer, reply, serve, stallInBody } from "./server.js";

const folder = mkdtempSync(join(tmpdir(), "onepay-client-process-"));
const client = join(folder, "client.mjs");

beforeAll(async () => {
  await build({
    entryPoints: ["src/index.ts"],
    bundle: true,
    format: "esm",
    platform: "node",
    outfile: client,
  });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a program with the client and a server's URL, and returns what it printed after it ended on its own. */
function run(program: string, baseUrl: string, command = [process.execPath]): Promise<string> {
  const code = `
    import { OnePay } from ${JSON.stringify(pathToFileURL(client).href)};
    const options = { apiKey: "sk_test_1", baseUrl: ${JSON.stringify(baseUrl)}, maxRetries: 0 };
    ${program}`;
  const [file = "", ...args] = [...command, "--input-type=module", "--eval", code];
  const child = spawn(file, args, { env: { PATH: process.env.PATH } });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (text) => {
      output += text;
    });
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill("SIGKILL");
      reject(new Error(`The process didn't end on its own.\n${output}`));
    }, 40_000);
    child.once("close", (exitCode) => {
      clearTimeout(timer);
      if (exitCode === 0) resolve(output.trim());
      else reject(new Error(`The process exited with ${exitCode}.\n${output}`));
    });
  });
}

describe("a process", () => {
  test("ends on its own after a timeout, even if fetch ignores its signal and the server stalls", async () => {
    const server = await serve(stallInBody);
    const program = `
      const ignoring = (url, { method, headers }) => fetch(url, { method, headers });
      const onepay = new OnePay({ ...options, timeout: 200, fetch: ignoring });
      const error = await onepay.customers.get("cus_1").catch((error) => error);
      console.log(error.name);`;
    expect(await run(program, server.url)).toBe("TimeoutError");
  });

  test("with a heap of 128 MB survives a compressed success of 600 MB that never ends", async () => {
    const spaces = Buffer.alloc(1 << 20, " ");
    const server = await serve(({ response }) => {
      response.writeHead(201, { "content-type": "application/json", "content-encoding": "gzip" });
      const gzip = createGzip({ level: 1 });
      gzip.pipe(response);
      let megabytes = 0;
      const write = () => {
        while (megabytes < 600 && !response.destroyed) {
          megabytes += 1;
          if (!gzip.write(spaces)) return void gzip.once("drain", write);
        }
        gzip.flush();
      };
      write();
    });
    const program = `
      const onepay = new OnePay(options);
      const error = await onepay.customers.create({}).catch((error) => error);
      console.log(error.name, error.outcome);`;
    const command = [process.execPath, "--max-old-space-size=128"];
    expect(await run(program, server.url, command)).toBe("InvalidResponseError unknown");
  });

  test.skipIf(process.platform === "win32")(
    "with too many open files gets outcome rejected, since nothing was sent",
    async () => {
      const server = await serve(reply(201, customer));
      const program = `
        const { openSync } = await import("node:fs");
        const onepay = new OnePay(options);
        try {
          for (;;) openSync("/dev/null");
        } catch {}
        const error = await onepay.customers.create({}).catch((error) => error);
        console.log(error.name, error.outcome, error.message);`;
      const command = ["sh", "-c", `ulimit -n 128; exec "$0" "$@"`, process.execPath];
      expect(await run(program, server.url, command)).toMatch(
        /^ConnectionError rejected customers\.create: Connection failed \(EMFILE\): too many open files\./,
      );
      expect(server.requests).toEqual([]);
    },
  );
});
