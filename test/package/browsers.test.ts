// The tarball in a browser, through the bundlers that people use.
import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { type Browser, chromium as playwright } from "playwright-core";
import { afterAll, beforeAll, expect, inject, type TestContext, test } from "vitest";
import { run } from "./child.js";
import { expectScenario } from "./expected.js";
import { type Server, serve } from "./server.js";
import { chromium, needed, tool } from "./tools.js";

const consumers = inject("consumers");

let server: Server;
let browser: Browser | undefined;
beforeAll(async () => {
  server = await serve();
  const executablePath = chromium();
  if (executablePath) browser = await playwright.launch({ executablePath, args });
});
afterAll(async () => {
  await browser?.close();
  server.close();
});

const args = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Opens the page of a consumer: it refuses a secret key until it is told to, and then reports what all report. */
async function expectToRun(context: TestContext, consumer: string, folder: string) {
  needed(context, "Chromium (a PATH or CHROMIUM that leads to it)", chromium());
  const page = await browser?.newPage();
  if (!page) throw new Error("Chromium did not start.");
  const faults: string[] = [];
  page.on("pageerror", ({ message }) => faults.push(message));
  await page.goto(server.publish(consumer, folder));
  const refused = await page.evaluate("refused");
  const reported = await page.evaluate("result");
  await page.close();
  expect(faults).toEqual([]);
  expect(refused).toContain("dangerouslyAllowBrowser");
  await expectScenario(reported as object, server, consumer);
}

test("Chromium runs the package in a bundle made by esbuild", async (context) => {
  const cwd = join(consumers, "browser-esbuild");
  const bundle = ["main.js", "--bundle", "--minify", "--format=esm", "--outfile=dist/main.js"];
  await run(process.execPath, [tool("esbuild/bin/esbuild"), ...bundle, "--log-level=warning"], { cwd });
  copyFileSync(join(cwd, "index.html"), join(cwd, "dist/index.html"));
  await expectToRun(context, "browser-esbuild", join(cwd, "dist"));
});

test("Chromium runs the package in a bundle made by Vite", async (context) => {
  const cwd = join(consumers, "browser-vite");
  await run(process.execPath, [tool("vite/bin/vite.js"), "build"], { cwd });
  await expectToRun(context, "browser-vite", join(cwd, "dist"));
});
