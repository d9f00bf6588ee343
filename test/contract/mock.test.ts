import { execFile } from "node:child_process";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, test } from "vitest";
import { type Mock, type MockOptions, type MockRequest, startMock } from "../../scripts/mock.js";

const open: { close: () => unknown }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

async function start(options: Partial<MockOptions> = {}): Promise<Mock> {
  const mock = await startMock({ document: greeting("hello"), ...options });
  open.push(mock);
  return mock;
}

function greeting(word: string) {
  return {
    openapi: "3.1.1",
    jsonSchemaDialect: "https://json-schema.org/draft/2020-12/schema",
    info: { title: "Greetings", version: "1" },
    paths: {
      "/greetings/{name}": {
        get: {
          parameters: [
            { name: "name", in: "path", required: true, schema: { type: "string", maxLength: 5 } },
          ],
          responses: {
            "200": {
              description: "A word",
              content: {
                "application/json": { schema: { type: "object", required: ["word"] }, example: { word } },
              },
            },
            "422": {
              description: "No word",
              content: { "application/json": { schema: { type: "object" }, example: { word: null } } },
            },
          },
        },
      },
    },
  };
}

describe("the mock", () => {
  test("answers with the document's example on 127.0.0.1", async () => {
    const mock = await start();
    const answer = await fetch(`${mock.url}/greetings/Ana`);
    expect(mock.url).toBe(`http://127.0.0.1:${mock.port}`);
    expect([answer.status, await answer.json()]).toEqual([200, { word: "hello" }]);
  });

  test("takes the next free port when the one asked for is taken", async () => {
    const first = await start();
    const second = await start({ port: first.port });
    expect(second.port).toBeGreaterThan(first.port);
    expect((await fetch(`${second.url}/greetings/Ana`)).status).toBe(200);
  });

  test("serves another document at the same URL, without a break", async () => {
    const mock = await start();
    await fetch(`${mock.url}/greetings/Ana`);
    await mock.use(greeting("goodbye"));
    expect(await (await fetch(`${mock.url}/greetings/Ana`)).json()).toEqual({ word: "goodbye" });
  });

  test("goes on with the old document when the new one cannot be served", async () => {
    const mock = await start();
    await expect(mock.use({ title: "not an OpenAPI document" })).rejects.toThrow("Unsupported document");
    expect((await fetch(`${mock.url}/greetings/Ana`)).status).toBe(200);
  });

  test("leaves the caller's document as it was", async () => {
    const document = {
      ...greeting("hello"),
      paths: { "/": { $ref: "#/components/pathItems/Root" } },
      components: { pathItems: { Root: { get: { responses: { "204": { description: "Nothing" } } } } } },
    };
    const before = JSON.stringify(document);
    await start({ document });
    expect(JSON.stringify(document)).toBe(before);
  });

  test("tells what was asked, what was answered and which rules were broken", async () => {
    const entries: MockRequest[] = [];
    const mock = await start({ onRequest: (entry) => entries.push(entry) });
    await fetch(`${mock.url}/greetings/Ana`);
    await fetch(`${mock.url}/greetings/Alejandra?loud=1`);
    expect(entries).toEqual([
      { method: "GET", path: "/greetings/Ana", status: 200, violations: [], duration: expect.any(Number) },
      {
        method: "GET",
        path: "/greetings/Alejandra?loud=1",
        status: 422,
        violations: [expect.objectContaining({ location: ["request", "path", "name"], code: "maxLength" })],
        duration: expect.any(Number),
      },
    ]);
  });

  test("takes an empty Accept header for none", async () => {
    const mock = await start();
    expect((await fetch(`${mock.url}/greetings/Ana`, { headers: { accept: "" } })).status).toBe(200);
  });

  test("passes requests on to an upstream and judges its answers when it is given one", async () => {
    const upstream = createServer((_request, response) => {
      response.writeHead(200, { "content-type": "application/json" }).end('{"words":2}');
    });
    await new Promise<void>((listening) => upstream.listen(0, "127.0.0.1", listening));
    open.push(upstream);
    const mock = await start({ upstream: `http://127.0.0.1:${(upstream.address() as AddressInfo).port}` });
    const answer = await fetch(`${mock.url}/greetings/Ana`);
    expect(await answer.json()).toEqual({ words: 2 });
    expect(JSON.parse(answer.headers.get("sl-violations") ?? "")).toEqual([
      expect.objectContaining({ location: ["response", "body"], code: "required" }),
    ]);
  });

  test.each([
    ["a broken percent escape in the path", "/greetings/%E0%A4%A", {}, 400],
    ["an Accept header that is no media type", "/greetings/Ana", { accept: "foo" }, 406],
    ["an Accept header with a broken parameter", "/greetings/Ana", { accept: "application/json;q" }, 406],
    ["a Content-Type that is no media type", "/greetings/Ana", { "content-type": "foo" }, 415],
  ])("refuses %s and stays up", async (_what, path, headers, status) => {
    const mock = await start();
    expect((await fetch(mock.url + path, { headers })).status).toBe(status);
    expect((await fetch(`${mock.url}/greetings/Ana`)).status).toBe(200);
  });
});

/**
 * Why the mock refuses those itself. When an upgrade of Prism mends one of them, its test fails here: drop it from
 * `refusal` in scripts/mock.ts then. Each is a process of its own, which first shows that it answers at all.
 */
describe.concurrent("Prism by itself", () => {
  test.each([
    ["a broken percent escape in the path", "/greetings/%E0%A4%A", "{}"],
    ["an Accept header that is no media type", "/greetings/Ana", '{"accept":"foo"}'],
    ["an Accept header with a broken parameter", "/greetings/Ana", '{"accept":"application/json;q"}'],
  ])("ends the process on %s", async (_what, path, headers) => {
    const ended = await runPrism(path, headers);
    expect(ended.code).toBeGreaterThan(0);
    expect(ended.stdout).toBe("answered 200\n");
  });
});

/** Sends a good request to Prism, then the one given. */
function runPrism(path: string, headers: string): Promise<{ code: number; stdout: string }> {
  const program = fileURLToPath(new URL("prism-alone.mjs", import.meta.url));
  const input = [JSON.stringify(greeting("hello")), path, headers];
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [program, ...input], (_error, stdout) => {
      resolve({ code: child.exitCode ?? -1, stdout });
    });
  });
}
