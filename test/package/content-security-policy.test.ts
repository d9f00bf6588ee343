// The packed schemas and the packed drift check in a page whose policy forbids eval and inline scripts.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { build } from "esbuild";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { findChromium, launch } from "../browser/chromium.js";
import { requireBinary } from "./tools.js";

const program = `
  import { driftCheck } from "onepay-client/drift";
  import { createCustomer, fromForm } from "onepay-client/schemas";
  const result = () => {
    const form = new FormData();
    form.set("user_type", "natural");
    form.set("document_type", "NIT");
    const value = fromForm(createCustomer, form);
    const { issues = [] } = createCustomer.in("es")["~standard"].validate(value);
    const drift = driftCheck()({ operation: "listCustomers", status: 200, body: { data: 5 } });
    let canCompile = true;
    try { new Function(""); } catch { canCompile = false; }
    return { messages: issues.map(({ message }) => message), drift, canCompile };
  };
  if (globalThis.document) {
    // Now, since what a debugger evaluates may compile code.
    globalThis.resultOfPage = result();
    globalThis.resultOfWorker = () => new Promise((resolve) => {
      new Worker("/main.js", { type: "module" }).onmessage = ({ data }) => resolve(data);
    });
  } else postMessage(result());
`;

const policy = "default-src 'none'; script-src 'self'; worker-src 'self'";

describe("a page with a strict content security policy", () => {
  let browser: Browser | undefined;
  let url = "";
  const server = createServer((request, response) => {
    const isScript = request.url === "/main.js";
    response.writeHead(200, {
      "content-type": isScript ? "text/javascript" : "text/html",
      "content-security-policy": policy,
    });
    response.end(isScript ? code : '<!doctype html><script type="module" src="/main.js"></script>');
  });
  let code = "";
  beforeAll(async () => {
    const stdin = { contents: program, resolveDir: join(inject("consumers"), "browser-esbuild") };
    const { outputFiles } = await build({ stdin, bundle: true, write: false, format: "esm" });
    code = outputFiles[0]?.text ?? "";
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  });
  afterAll(async () => {
    await browser?.close();
    server.close();
    server.closeAllConnections();
  });

  test.for([
    { place: "the page", call: "resultOfPage" },
    { place: "a worker", call: "resultOfWorker()" },
  ])("runs the validators in $place", async ({ call }, context) => {
    browser ??= await launch(requireBinary(context, "Chromium", findChromium()));
    const page = await browser.newPage();
    const errors: string[] = [];
    page.on("pageerror", ({ message }) => errors.push(message));
    await page.goto(url);
    const result = (await page.evaluate(call)) as { messages: string[]; drift: unknown; canCompile: boolean };
    expect(result.canCompile).toBe(false);
    expect(result.messages).toContain(
      "Elige CC, CE o PASSPORT. Para usar un NIT, elige company como tipo de cliente.",
    );
    expect(result.drift).toEqual([{ pointer: "/data", keyword: "type", expected: "array" }]);
    expect(errors).toEqual([]);
    await page.close();
  });
});
