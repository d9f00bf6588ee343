import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const folder = fileURLToPath(new URL(".", import.meta.url));
const temporary = mkdtempSync(join(tmpdir(), "onepay-client-frameworks-"));
const client = join(temporary, "client.mjs");
let api: Server;
let apiUrl: string;

/** An error of OnePay with everything that must not reach a visitor. */
const errorBody = {
  message: "El cliente Zoraida Quintana ya existe",
  code: 10501,
  code_name: "customer_exists",
  errors: { email: ["zoraida@example.com is taken"] },
};
const errorHeaders = { "set-cookie": "onepay_session=1", "x-onepay-internal": "db-7" };

beforeAll(async () => {
  await build({
    entryPoints: [fileURLToPath(new URL("../../src/index.ts", import.meta.url))],
    bundle: true,
    format: "esm",
    platform: "node",
    outfile: client,
  });
  api = createServer((request, response) => {
    request.resume();
    response.writeHead(422, { "content-type": "application/json", ...errorHeaders });
    response.end(JSON.stringify(errorBody));
  });
  await new Promise<void>((resolve) => api.listen(0, "127.0.0.1", resolve));
  apiUrl = `http://127.0.0.1:${(api.address() as AddressInfo).port}`;
});
afterAll(() => {
  api.close();
  api.closeAllConnections();
  rmSync(temporary, { recursive: true, force: true });
});

/** An application in its own process, so that a crash is seen. */
async function start(framework: string, environment: string) {
  const app: ChildProcess = spawn(
    process.execPath,
    [join(folder, "app.mjs"), framework, pathToFileURL(client).href, apiUrl],
    { env: { PATH: process.env.PATH, NODE_ENV: environment }, stdio: "pipe" },
  );
  let log = "";
  app.stderr?.on("data", (text) => {
    log += text;
  });
  const port = await new Promise<string>((resolve, reject) => {
    let output = "";
    app.stdout?.on("data", (text) => {
      output += text;
      log += text;
      const line = /^(\d+)\n/m.exec(output);
      if (line?.[1]) resolve(line[1]);
    });
    app.once("exit", (code) => reject(new Error(`The application exited with ${code}.\n${log}`)));
  });
  return { app, log: () => log, get: (path: string) => fetch(`http://127.0.0.1:${port}/${path}`) };
}

const frameworks = ["express-4", "express-5", "koa-2", "koa-3", "fastify", "hono", "nest"];
const failures = ["api-error", "connection-error", "own-status", "http-errors"];

describe.each(frameworks)("the default error handler of %s", (framework) => {
  test.each(["production", "development"])(
    "responds to a OnePayError, shows nothing of OnePay's response, and the process goes on (%s)",
    async (environment) => {
      const { app, log, get } = await start(framework, environment);
      try {
        for (const failure of failures) {
          const response = await get(failure);
          const visible = `${JSON.stringify([...response.headers])} ${await response.text()}`;
          expect(response.status, failure).toBeGreaterThanOrEqual(400);
          if (failure === "own-status") expect([500, 502]).toContain(response.status);
          expect(visible, failure).not.toMatch(
            /zoraida|quintana|onepay_session|onepay-internal|db-7|ya existe/i,
          );
          expect(visible, failure).not.toContain("sk_test_hush");
        }
        const response = await get("alive");
        expect([response.status, await response.text()]).toEqual([200, "alive"]);
        expect(app.exitCode).toBeNull();
        expect(log()).not.toMatch(/zoraida|quintana|onepay_session|onepay-internal|db-7|sk_test_hush/i);
      } finally {
        app.kill();
      }
    },
  );
});
