import { readdirSync, readFileSync } from "node:fs";
import { createContext, Script } from "node:vm";
import { build } from "esbuild";
import { afterEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { OnePay } from "../../src/index.js";
import { detectRuntime, isSentOnce, type Runtime, streamsBody } from "../../src/platform.js";
import { recordingClients } from "./clients.js";
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

describe.each<[string, object]>([
  ["no body property", {}],
  ["a stream of another kind", { body: { pipe: () => {} } }],
])("a response of React Native or node-fetch, with %s", (_, properties) => {
  const create = (status: number, value: unknown, others: object = {}) => {
    const { headers, ok } = Response.json(value, { status });
    const text = async () => JSON.stringify(value);
    const { onepay, sent } = recordingClients({}, () => ({
      ok,
      status,
      headers,
      text,
      ...properties,
      ...others,
    }));
    return { customers: onepay.customers, sent };
  };

  test("is read", async () => {
    expect(await create(201, customer).customers.create(person)).toEqual(customer);
    expect(await create(200, null).customers.get("cus_1")).toBeNull();
  });

  test("keeps its status if its body breaks off", async () => {
    const text = () => Promise.reject(new Error("premature close"));
    const { customers, sent } = create(422, {}, { text });
    const error = await rejectionOf(customers.create(person));
    expect(error).toMatchObject({ name: "UnprocessableEntityError", status: 422, attempts: 1 });
    expect(sent).toHaveLength(1);
  });

  test("is an error with its code name", async () => {
    const { customers } = create(401, { code_name: "insufficient_funds" });
    expect(await rejectionOf(customers.create(person))).toMatchObject({
      name: "UnauthorizedError",
      codeName: "insufficient_funds",
      attempts: 1,
    });
  });
});

describe("the source of the client", () => {
  test("imports only its own modules and openapi-fetch", () => {
    const imports = files.flatMap(({ name, text }) =>
      [...text.matchAll(/(?:from|import|require)\s*\(?\s*"([^"]+)"/g)].map(([, id]) => `${name}: ${id}`),
    );
    expect(imports.length).toBeGreaterThan(files.length);
    expect(imports.filter((line) => !/: (\.{1,2}\/.*|openapi-fetch)$/.test(line))).toEqual([]);
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
    const { onepay, sent } = recordingClients({}, () => Response.json([]));
    const realm = createContext({ ...webGlobals });
    const foreign = (code: string) => new Script(`(${code})`).runInContext(realm);
    await onepay.customers.create(foreign('{ first_name: "Ana" }'), foreign('{ headers: { "x-a": "1" } }'));
    await onepay.customers.list(
      foreign('{ filter: { status: "a" } }'),
      foreign('{ headers: { "x-a": "2" } }'),
    );
    expect(sent.map(({ url, headers, body }) => `${url} ${headers["x-a"]} ${body}`)).toEqual([
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
    const get = () => {
      throw new Error("Requires env access");
    };
    vi.stubGlobal("process", { env: new Proxy({}, { get }) });
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
  type Case = [expected: boolean, method: string, runtime: Runtime, fetch: unknown, hasBody: boolean];

  test.each<Case>([
    ...["get", "head", "put", "delete"].flatMap((method) =>
      (["node", "deno", "bun", "workerd", "other"] as const).map(
        (runtime): Case => [false, method, runtime, otherFetch, true],
      ),
    ),
    ...["post", "patch"].flatMap((method): Case[] => [
      [true, method, "node", undefined, true],
      [false, method, "node", undefined, false],
      [true, method, "node", otherFetch, true],
      [true, method, "node", otherFetch, false],
    ]),
    [true, "post", "deno", undefined, true],
    [false, "post", "deno", undefined, false],
    [false, "post", "deno", otherFetch, true],
    [true, "post", "bun", undefined, true],
    [true, "post", "workerd", undefined, true],
    [false, "post", "other", undefined, true],
  ])("%s: %s on %s with the fetch %s and a body: %s", (expected, method, runtime, fetch, hasBody) => {
    expect(isSentOnce(method, runtime, fetch, undefined, hasBody)).toBe(expected);
  });

  // undici.test.ts has the others.
  test("isn't believed with a dispatcher that isn't undici's", () => {
    expect(isSentOnce("post", "node", otherFetch, Object.create(null), true)).toBe(false);
  });

  test.each([1, 2])("isn't believed if undici's global dispatcher %d may retry", (version) => {
    const symbol = Symbol.for(`undici.globalDispatcher.${version}`);
    const globals = globalThis as Record<symbol, unknown>;
    const before = globals[symbol];
    onTestFinished(() => {
      globals[symbol] = before;
    });
    class RetryAgent {
      dispatch() {}
    }
    globals[symbol] = new RetryAgent();
    expect(isSentOnce("post", "node", undefined, undefined, true)).toBe(false);
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
