// The packed package in Chromium, in the bundles of esbuild and Vite.
import { copyFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, type TestContext, test } from "vitest";
import { findChromium, launch } from "../browser/chromium.js";
import { run } from "./child.js";
import { type Start, testErrors, testScenario } from "./consumer-tests.js";
import { startFileServer } from "./server.js";
import { requireBinary, toolPath } from "./tools.js";

const consumers = inject("consumers");
const chromium = findChromium();

let browser: Browser | undefined;
beforeAll(async () => {
  // The servers have other origins than the page. A preflight isn't what's tested here.
  if (chromium) browser = await launch(chromium, ["--disable-web-security"]);
});
afterAll(() => browser?.close());

/** Starts programs in a page of the bundle. The bundle is built once. */
function pageOf(build: () => Promise<string>): {
  start: Start;
  open: (context: TestContext) => Promise<Page>;
} {
  let files: ReturnType<typeof startFileServer> | undefined;
  afterAll(async () => (await files)?.close());

  const open = async (context: TestContext) => {
    requireBinary(context, "Chromium", chromium);
    files ??= build().then(startFileServer);
    const page = await browser?.newPage();
    if (!page) throw new Error("Chromium didn't start.");
    await page.goto((await files).url);
    return page;
  };
  const start: Start = async (context) => {
    const page = await open(context);
    const errors: string[] = [];
    page.on("pageerror", ({ message }) => errors.push(message));
    return async (program, input) => {
      const report = await page.evaluate(`run(${JSON.stringify(program)}, ${JSON.stringify(input)})`);
      await page.close();
      expect(errors).toEqual([]);
      return report;
    };
  };
  return { start, open };
}

describe("Chromium with a bundle by esbuild", () => {
  const { start, open } = pageOf(async () => {
    const cwd = join(consumers, "browser-esbuild");
    const bundle = ["main.js", "--bundle", "--minify", "--format=esm", "--outfile=dist/main.js"];
    await run(process.execPath, [toolPath("esbuild/bin/esbuild"), ...bundle, "--log-level=warning"], { cwd });
    copyFileSync(join(cwd, "index.html"), join(cwd, "dist/index.html"));
    return join(cwd, "dist");
  });
  testScenario("Chromium", start);
  testErrors("Chromium", "chromium", start);

  test("Chromium refuses a secret key without dangerouslyAllowBrowser", async (context) => {
    const page = await open(context);
    expect(await page.evaluate("messageForSecretKey()")).toContain("dangerouslyAllowBrowser");
    await page.close();
  });
});

describe("Chromium with a bundle by Vite", () => {
  const { start } = pageOf(async () => {
    const cwd = join(consumers, "browser-vite");
    await run(process.execPath, [toolPath("vite/bin/vite.js"), "build"], { cwd });
    return join(cwd, "dist");
  });
  testScenario("Chromium", start);
});
