import { readdirSync, readFileSync } from "node:fs";
import { createContext, Script } from "node:vm";
import { build } from "esbuild";
import { describe, expect, test, vi } from "vitest";
import { OnePay } from "../../src/index.js";
import type { Fetch } from "../../src/types.js";
import { apiKey, customer, faultOf, person } from "./server.js";

const folder = new URL("../../src/", import.meta.url);
const files = readdirSync(folder).map((name) => ({
  name,
  text: readFileSync(new URL(name, folder), "utf8"),
}));

/** The client as one script for a platform that has no modules, whose global `client` holds its exports. */
async function bundled(): Promise<string> {
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

describe("an answer without a stream of the web's, as of React Native or node-fetch", () => {
  const bodies: [string, object][] = [
    ["no body of its own", {}],
    ["a stream of another kind", { body: { pipe: () => {} } }],
  ];
  const answering = (given: object, status: number, value: unknown): Fetch => {
    const { headers, ok } = Response.json(value, { status });
    const text = async () => (value === undefined ? "" : JSON.stringify(value));
    return async () => ({ ok, status, headers, text, ...given }) as unknown as Response;
  };

  test.each(bodies)("and with %s is read all the same", async (_, given) => {
    const fetch = answering(given, 201, customer);
    expect(await new OnePay({ apiKey, fetch }).customers.create(person)).toEqual(customer);
    const empty = answering(given, 200, null);
    expect(await new OnePay({ apiKey, fetch: empty }).customers.get("cus_1")).toBeNull();
  });

  test.each(bodies)("and with %s that breaks off is what its status says", async (_, given) => {
    const broken = { ...given, text: () => Promise.reject(new Error("premature close")) };
    const fetch = vi.fn(answering(broken, 422, {}));
    const error = await faultOf(new OnePay({ apiKey, fetch }).customers.create(person));
    expect(error).toMatchObject({
      name: "UnprocessableError",
      status: 422,
      outcome: "rejected",
      attempts: 1,
    });
    expect(fetch).toHaveBeenCalledTimes(1);
  });

  test.each(bodies)("and with %s tells its error", async (_, given) => {
    const fetch = answering(given, 401, { code_name: "insufficient_funds" });
    const error = await faultOf(new OnePay({ apiKey, fetch }).customers.create(person));
    expect(error).toMatchObject({ name: "UnauthorizedError", codeName: "insufficient_funds", attempts: 1 });
  });
});

describe("the client", () => {
  test.each(files)(
    "imports nothing of Node in $name, and nothing but openapi-fetch from elsewhere",
    ({ text }) => {
      const imports = [...text.matchAll(/(?:from|import|require)\s*\(?\s*"([^"]+)"/g)].map(
        ([, from]) => from ?? "",
      );
      expect(imports.filter((from) => !/^\.{1,2}\//.test(from) && from !== "openapi-fetch")).toEqual([]);
    },
  );

  test("names nothing that only Node has, but for the environment variables, where there are any", async () => {
    const code = (await bundled()).replaceAll("ONEPAY_API_KEY", "");
    expect(code).not.toMatch(/\b(Buffer|setImmediate|__dirname|__filename|require)\b/);
  });

  test("works with what every platform with fetch has, and touches nothing global", async () => {
    const given = {
      ...{
        AbortController,
        AbortSignal,
        crypto,
        EventTarget,
        Headers,
        performance,
        Request,
        Response,
        TextDecoder,
        URL,
      },
      ...{ clearTimeout, setTimeout },
      fetch: async () => Response.json(customer),
    };
    const realm = createContext({ ...given });
    const run = (code: string) => new Script(code).runInContext(realm);
    run(await bundled());
    const before = run("JSON.stringify(Reflect.ownKeys(globalThis).map(String))");
    const prints =
      "JSON.stringify([Object, Array, Promise, Error, Function, String, Map].map((one) => [one, one.prototype].map((it) => Reflect.ownKeys(it).map(String))))";
    const prototypes = run(prints);
    const data = await run(
      `const onepay = new client.OnePay({ apiKey: "${apiKey}" }); onepay.customers.create({ user_type: "natural" })`,
    );
    expect(data).toEqual(customer);
    const names: string[] = JSON.parse(run("JSON.stringify(Reflect.ownKeys(globalThis).map(String))"));
    expect(names).toEqual(JSON.parse(before));
    expect(run(prints)).toBe(prototypes);
    // Without a process, the key cannot come from the environment.
    expect(() => run("new client.OnePay()")).toThrow(/apiKey/);
  });

  test("is not in a browser where there is nothing but a platform", async () => {
    const realm = createContext({ URL });
    new Script(await bundled()).runInContext(realm);
    const make = `new client.OnePay({ apiKey: "${apiKey}" }).environment`;
    expect(new Script(make).runInContext(realm)).toBe("test");
    new Script("var navigator = { userAgent: 'Mozilla/5.0' }").runInContext(realm);
    expect(() => new Script(make).runInContext(realm)).toThrow(/browser/);
  });
});
