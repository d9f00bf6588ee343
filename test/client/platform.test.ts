import { readdirSync, readFileSync } from "node:fs";
import { createContext, Script } from "node:vm";
import { build } from "esbuild";
import { afterEach, describe, expect, test, vi } from "vitest";
import { OnePay } from "../../src/index.js";
import { detectRuntime, isSentOnce, streamsBody } from "../../src/platform.js";
import type { Fetch } from "../../src/types.js";
import { apiKey, customer, person, rejectionOf } from "./server.js";

const folder = new URL("../../src/", import.meta.url);
const files = readdirSync(folder)
  .filter((name) => name.endsWith(".ts"))
  .map((name) => ({ name, text: readFileSync(new URL(name, folder), "utf8") }));

/** The client as one script for a platform without modules; its exports are on the global `client`. */
async function bundle(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: ["src/index.ts"],
    bundle: true,
    write: false,
    format: "iife",
    globalName: "client",
    platform: "neutral",
    mainFields: ["module", "main"],
  });
  return outputFiles[0]?.text ?? "";
}

afterEach(() => {
  vi.unstubAllGlobals();
  vi.unstubAllEnvs();
});

describe("a response without a web stream, as React Native and node-fetch return it", () => {
  const bodies: [string, object][] = [
    ["no body property", {}],
    ["a stream of another kind", { body: { pipe: () => {} } }],
  ];
  const respondWith = (properties: object, status: number, value: unknown): Fetch => {
    const { headers, ok } = Response.json(value, { status });
    const text = async () => (value === undefined ? "" : JSON.stringify(value));
    return async () => ({ ok, status, headers, text, ...properties }) as unknown as Response;
  };

  test.each(bodies)("is read if it has %s", async (_, properties) => {
    const fetch = respondWith(properties, 201, customer);
    expect(await new OnePay({ apiKey, fetch }).customers.create(person)).toEqual(customer);
    const nullFetch = respondWith(properties, 200, null);
    expect(await new OnePay({ apiKey, fetch: nullFetch }).customers.get("cus_1")).toBeNull();
  });

  test.each(bodies)("keeps its status if its body breaks off and it has %s", async (_, properties) => {
    const broken = { ...properties, text: () => Promise.reject(new Error("premature close")) };
    const fetch = vi.fn(respondWith(broken, 422, {}));
    const error = await rejectionOf(new OnePay({ apiKey, fetch }).customers.create(person));
    expect(error).toMatchObject({ name: "UnprocessableEntityError", status: 422, attempts: 1 });
    expect(fetch).toHaveBeenCalledOnce();
  });

  test.each(bodies)("is an error with its code name if it has %s", async (_, properties) => {
    const fetch = respondWith(properties, 401, { code_name: "insufficient_funds" });
    const error = await rejectionOf(new OnePay({ apiKey, fetch }).customers.create(person));
    expect(error).toMatchObject({ name: "UnauthorizedError", codeName: "insufficient_funds", attempts: 1 });
  });
});

describe("the source of the client", () => {
  test.each(files)("imports only its own modules and openapi-fetch: $name", ({ text }) => {
    const imports = [...text.matchAll(/(?:from|import|require)\s*\(?\s*"([^"]+)"/g)].map(
      ([, specifier]) => specifier ?? "",
    );
    expect(imports.filter((name) => !/^\.{1,2}\//.test(name) && name !== "openapi-fetch")).toEqual([]);
  });

  test("uses no global that only Node.js has, except process", async () => {
    const code = (await bundle()).replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, "");
    expect(code).not.toMatch(/\b(Buffer|setImmediate|__dirname|__filename|require)\b\s*[(.]/);
  });
});

describe("the client on a platform that has only what every platform with fetch has", () => {
  const webGlobals = {
    ...{ AbortController, AbortSignal, crypto, EventTarget, Headers, performance, Request, Response },
    ...{ TextDecoder, TextEncoder, URL, URLSearchParams, clearTimeout, setTimeout },
  };

  test("makes calls, and changes no global and no prototype", async () => {
    const realm = createContext({ ...webGlobals, fetch: async () => Response.json(customer) });
    const run = (code: string) => new Script(code).runInContext(realm);
    run(await bundle());
    const listGlobals = "JSON.stringify(Reflect.ownKeys(globalThis).map(String))";
    const listPrototypes =
      "JSON.stringify([Object, Array, Promise, Error, Function, String, Map].map((one) => [one, one.prototype].map((it) => Reflect.ownKeys(it).map(String))))";
    const [globals, prototypes] = [run(listGlobals), run(listPrototypes)];
    const data = await run(
      `const onepay = new client.OnePay({ apiKey: "${apiKey}" }); onepay.customers.create({ user_type: "natural" })`,
    );
    expect(data).toEqual(customer);
    expect(JSON.parse(run(listGlobals))).toEqual(JSON.parse(globals));
    expect(run(listPrototypes)).toBe(prototypes);
    // Without a process, the key can't come from the environment.
    expect(() => run("new client.OnePay()")).toThrow(/no API key/);
  });

  test("accepts objects of another realm", async () => {
    const sent: string[] = [];
    const fetch: Fetch = async (url, { headers, body }) => {
      sent.push(`${url} ${headers["x-a"]} ${body}`);
      return Response.json([]);
    };
    const { customers } = new OnePay({ apiKey, fetch });
    const realm = createContext({ ...webGlobals });
    const otherRealm = (code: string) => new Script(`(${code})`).runInContext(realm);
    await customers.create(otherRealm('{ first_name: "Ana" }'), otherRealm('{ headers: { "x-a": "1" } }'));
    await customers.list(
      otherRealm('{ filter: { status: "a" } }'),
      otherRealm('{ headers: { "x-a": "2" } }'),
    );
    expect(sent).toEqual([
      'https://api.onepay.la/v1/customers 1 {"first_name":"Ana"}',
      "https://api.onepay.la/v1/customers?filter[status]=a 2 undefined",
    ]);
  });

  test("recognizes a browser by its navigator only", async () => {
    const realm = createContext({ URL });
    new Script(await bundle()).runInContext(realm);
    const create = `new client.OnePay({ apiKey: "${apiKey}" }).environment`;
    expect(new Script(create).runInContext(realm)).toBe("test");
    new Script("var navigator = { userAgent: 'Mozilla/5.0' }").runInContext(realm);
    expect(() => new Script(create).runInContext(realm)).toThrow(/every user of a browser/);
  });

  test("doesn't need the permission to read environment variables if the options are passed", () => {
    const env = new Proxy(
      {},
      {
        get: () => {
          throw new Error("Requires env access");
        },
      },
    );
    vi.stubGlobal("process", { env });
    expect(new OnePay({ apiKey }).environment).toBe("test");
    expect(() => new OnePay()).toThrow(/no API key/);
  });
});

describe("detectRuntime", () => {
  const node = { release: { name: "node" }, versions: {} };
  test.each<[string, string, Record<string, unknown>]>([
    ["node", "Node.js", { process: node }],
    ["deno", "Deno, which has process too", { process: node, Deno: {} }],
    ["bun", "Bun, which has process too", { process: node, Bun: {} }],
    ["workerd", "Cloudflare Workers", { process: node, navigator: { userAgent: "Cloudflare-Workers" } }],
    ["other", "Electron", { process: { ...node, versions: { electron: "30.0.0" } } }],
    ["other", "Vercel's Edge Runtime", { process: node, EdgeRuntime: "vercel" }],
    ["other", "a browser", { process: undefined }],
    ["other", "a browser with a polyfilled process", { process: { env: {} } }],
  ])("returns %s for %s", (runtime, _, globals) => {
    for (const [name, value] of Object.entries(globals)) vi.stubGlobal(name, value);
    expect(detectRuntime()).toBe(runtime);
  });
});

describe("a request is sent at most once", () => {
  const otherFetch = async () => Response.json({});

  test.each(["get", "head", "put", "delete"])(
    "never certainly for %s, which every platform repeats",
    (method) => {
      for (const runtime of ["node", "deno", "bun", "workerd", "other"] as const)
        expect(isSentOnce(method, runtime, otherFetch, undefined, true)).toBe(false);
    },
  );

  test.each(["post", "patch"])("on Node.js for %s with a streamed body or another fetch", (method) => {
    expect(isSentOnce(method, "node", undefined, undefined, true)).toBe(true);
    expect(isSentOnce(method, "node", undefined, undefined, false)).toBe(false);
    expect(isSentOnce(method, "node", otherFetch, undefined, true)).toBe(true);
    expect(isSentOnce(method, "node", otherFetch, undefined, false)).toBe(true);
  });

  test("on Deno only with a streamed body", () => {
    expect(isSentOnce("post", "deno", undefined, undefined, true)).toBe(true);
    expect(isSentOnce("post", "deno", undefined, undefined, false)).toBe(false);
    expect(isSentOnce("post", "deno", otherFetch, undefined, true)).toBe(false);
  });

  test("on Bun and workerd, and nowhere else", () => {
    expect(isSentOnce("post", "bun", undefined, undefined, true)).toBe(true);
    expect(isSentOnce("post", "workerd", undefined, undefined, true)).toBe(true);
    expect(isSentOnce("post", "other", undefined, undefined, true)).toBe(false);
  });

  test("isn't believed with a dispatcher that may retry", () => {
    class Dispatcher {
      dispatch() {}
    }
    class Agent extends Dispatcher {
      override dispatch() {}
    }
    class RetryAgent extends Dispatcher {
      override dispatch() {}
    }
    const composed = Object.assign(new Agent(), { dispatch: () => {} });
    const isSent = (dispatcher: unknown) => isSentOnce("post", "node", otherFetch, dispatcher, true);
    expect(isSent(new Agent())).toBe(true);
    expect(isSent(new RetryAgent())).toBe(false);
    expect(isSent(composed)).toBe(false);
    expect(isSent(Object.create(null))).toBe(false);
  });

  test("isn't believed if the global dispatcher may retry", () => {
    const symbol = Symbol.for("undici.globalDispatcher.1");
    const globals = globalThis as Record<symbol, unknown>;
    const before = globals[symbol];
    class RetryAgent {
      dispatch() {}
    }
    try {
      globals[symbol] = new RetryAgent();
      expect(isSentOnce("post", "node", undefined, undefined, true)).toBe(false);
    } finally {
      globals[symbol] = before;
    }
  });

  test("is ensured by streamed bodies, unless somebody replaced fetch", () => {
    expect(streamsBody("node", undefined)).toBe(true);
    expect(streamsBody("deno", undefined)).toBe(true);
    expect(streamsBody("bun", undefined)).toBe(false);
    expect(streamsBody("node", otherFetch)).toBe(false);
    vi.stubGlobal("fetch", otherFetch);
    expect(streamsBody("node", undefined)).toBe(false);
  });
});
