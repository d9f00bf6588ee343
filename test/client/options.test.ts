import { afterEach, describe, expect, test, vi } from "vitest";
import { createFetchClient, OnePay } from "../../src/index.js";
import type { Fetch } from "../../src/types.js";
import { recordingClients, refusal, type Untyped } from "./clients.js";
import { apiKey, person } from "./server.js";

afterEach(() => {
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
});

type Place = (clients: Untyped, options: object) => unknown;
const customerToken = "12|token";
const listPath = "/customers/session/payment-methods";

/** The places that take options, by the label that their messages start with. */
const places: Record<string, Place> = {
  OnePay: ({ create }, options) => create(options),
  "OnePay.withOptions": ({ onepay }, options) => onepay.withOptions(options),
  "customers.get": ({ onepay }, options) => onepay.customers.get("cus_1", options),
  "customers.create": ({ onepay }, options) => onepay.customers.create(person, options),
  "customerSessions.listPaymentMethods": ({ onepay }, options) =>
    onepay.customerSessions.listPaymentMethods({ customerToken, ...options }),
  [`GET ${listPath}`]: ({ client }, options) => client.GET(listPath, { customerToken, ...options }),
  "POST /customers": ({ client }, options) => client.POST("/customers", { body: person, ...options }),
};
const everywhere = Object.keys(places);
const ofClients = ["OnePay", "OnePay.withOptions"];
const ofCalls = everywhere.filter((label) => !ofClients.includes(label));
const ofOnePay = [...ofClients, "customers.get", "customers.create"];
const ofSessions = ["customerSessions.listPaymentMethods", `GET ${listPath}`];
const ofWrites = ["customers.create", "POST /customers"];

/** Expects that the options are refused in all these places, before a request, with a message that has this text. */
async function expectRefused(options: object, labels: readonly string[], text: string | RegExp) {
  for (const label of labels) {
    const message = await refusal((clients) => places[label]?.(clients, options));
    expect(message.slice(0, label.length + 2)).toBe(`${label}: `);
    expect(message.slice(label.length + 2)).toMatch(text);
  }
}

describe("an option", () => {
  const times = [0, -1, Number.NaN, Number.POSITIVE_INFINITY, 1e9, 2 ** 31, "1000", null];
  const noObjects = ["a: b", 1, null, new Headers({ a: "b" }), [["a", "b"]], new Map([["a", "b"]])];
  const noFunctions = ["log", {}, null];
  const noTokens = ["", "12|to ken", "12|token\r\n", "12|tóken", 1, null];
  test.each<[string, string[], unknown[]]>([
    ["timeout", everywhere, times],
    ["deadline", everywhere, times],
    ["maxRetries", everywhere, [-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, "2", null]],
    ["maxResponseBytes", everywhere, [0, 1.5, Number.POSITIVE_INFINITY, "1", null]],
    ["headers", ofOnePay, noObjects],
    ["fetchOptions", ofOnePay, noObjects],
    ["fetch", ofOnePay, noFunctions],
    ["onEvent", everywhere, noFunctions],
    ["responseCheck", everywhere, noFunctions],
    ["apiKey", ofClients, [1, {}, null]],
    ["baseUrl", ofClients, [1, {}, null, new URL("https://api.example")]],
    ["dangerouslyAllowBrowser", ofClients, ["true", 1, null]],
    ["signal", ofCalls, [1, {}, null, "abort", new AbortController()]],
    ["idempotencyKey", ofWrites, ["", "x".repeat(256), "order 1", "año", "a\n", 1, null]],
    ["customerToken", ofSessions, noTokens],
  ])("is refused by name if it's invalid: %s in %j", async (option, labels, values) => {
    const text = new RegExp(`^${option} must be `);
    for (const value of values) await expectRefused({ [option]: value }, labels, text);
  });

  test.each([0.5, 1, 999_999_999])("may be a timeout of %d ms", (time) => {
    expect(() => new OnePay({ apiKey, timeout: time, deadline: time })).not.toThrow();
  });

  test("has its default, or the client's value, if it's undefined", async () => {
    const names = ["timeout", "deadline", "maxRetries", "headers", "fetch", "onEvent", "baseUrl"];
    const unset = Object.fromEntries(names.map((name) => [name, undefined]));
    expect(new OnePay({ apiKey, ...unset }).environment).toBe("test");
    const { onepay, sent } = recordingClients({ headers: { "x-a": "1" } });
    await onepay.customers.get("cus_1", { fetch: undefined, headers: undefined, signal: undefined });
    expect(sent[0]?.headers).toMatchObject({ "x-a": "1" });
  });

  test("of a call applies to that call only", async () => {
    const fetch = vi.fn(async () => Response.json({}));
    const { onepay, sent } = recordingClients();
    await onepay.customers.get("cus_1", { fetch });
    await onepay.customers.get("cus_1");
    expect(fetch).toHaveBeenCalledOnce();
    expect(sent).toHaveLength(1);
  });

  test("that becomes a header is sent next to the secret key", async () => {
    const { onepay, sent } = recordingClients();
    const [idempotencyKey, longToken] = ["x".repeat(255), `12|${"x".repeat(2_000)}`];
    await onepay.customers.create(person, { idempotencyKey });
    await onepay.customerSessions.listPaymentMethods({ customerToken: longToken });
    const authorization = `Bearer ${apiKey}`;
    expect(sent[0]?.headers).toMatchObject({ "x-idempotency": idempotencyKey, authorization });
    expect(sent[1]?.headers).toMatchObject({ "x-customer-token": longToken, authorization });
  });

  test.each([undefined, {}, { customerToken: undefined }])(
    "customerToken is required by the calls of a session: %j",
    async (options) => {
      const problem = /: no customerToken\. Pass it in the options, as the last argument\.$/;
      const listed = refusal(({ onepay }) => onepay.customerSessions.listPaymentMethods(options));
      expect(await listed).toMatch(problem);
      expect(await refusal(({ client }) => client.GET(listPath, options))).toMatch(problem);
    },
  );
});

describe("an unknown option", () => {
  test.each([
    ["timeoutMs", " Did you mean timeout?"],
    ["api_key", " Did you mean apiKey?"],
    ["baseURL", " Did you mean baseUrl?"],
    ["max_retries", " Did you mean maxRetries?"],
    ["retries", " Did you mean maxRetries?"],
    ["dispatcher", " Pass it in fetchOptions: { dispatcher }."],
    ["cache", " Pass it in fetchOptions: { cache }."],
    ["signal", ""],
    ["toString", ""],
    ["", ""],
  ])("of the client is refused with its name, a hint and the list: %s", async (name, hint) => {
    const text = `unknown option "${name}".${hint} Available options: apiKey, baseUrl, timeout,`;
    await expectRefused({ [name]: 5 }, ofClients, text);
  });

  test("with a very long name is cut", async () => {
    await expectRefused({ ["x".repeat(500)]: 5 }, everywhere.slice(0, 4), /"x{40}"/);
  });

  const unknown = " Available options: timeout, ";
  const ofTheClient = " It's an option of the client: ";
  test.each<[string, string[], string]>([
    ["interceptors", ["customers.get"], unknown],
    ["constructor", ["customers.get"], unknown],
    ["toString", ["customers.get"], unknown],
    ["__proto__x", ["customers.get"], unknown],
    ["apiKey", ["customers.get"], ofTheClient],
    ["baseUrl", ["customers.get"], ofTheClient],
    ["dangerouslyAllowBrowser", ["customers.get"], ofTheClient],
    // A read has no idempotency key.
    ["idempotencyKey", ["customers.get", `GET ${listPath}`], unknown],
    // Only onepay.request() has it.
    ["retry", ["customers.create"], unknown],
  ])("of a call is refused before anything is sent: %s", async (name, labels, hint) => {
    await expectRefused({ [name]: "x" }, labels, `unknown option "${name}".${hint}`);
  });
});

describe("options that aren't an object", () => {
  test.each(["sk_test_1", 1, true, ["sk_test_1"], () => {}])(
    "are refused with an example: %s",
    async (value) => {
      const options: Untyped = value;
      const inCall = refusal(({ onepay }) => onepay.customers.get("cus_1", options));
      const inSession = refusal(({ onepay }) => onepay.customerSessions.listPaymentMethods(options));
      expect(await refusal(() => new OnePay(options))).toMatch(/apiKey: "sk_test_…"/);
      expect(await refusal(({ onepay }) => onepay.withOptions(options))).toMatch(/such as { timeout/);
      expect(await inCall).toMatch(/^customers\.get: the options must be an object, such as { timeout/);
      expect(await inSession).toMatch(/must be an object, such as { customerToken: "…" }\.$/);
    },
  );

  test("of a call may be null or undefined", async () => {
    const { onepay, sent } = recordingClients();
    await onepay.customers.get("cus_1", null as never);
    await onepay.customers.get("cus_1", undefined);
    expect(sent).toHaveLength(2);
  });
});

describe("options behind getters or on a prototype", () => {
  class CallOptions {
    get idempotencyKey() {
      return "order:1";
    }
  }
  const getter = Object.getOwnPropertyDescriptor(CallOptions.prototype, "idempotencyKey") ?? {};
  test.each<[string, object]>([
    ["a getter of a class", new CallOptions()],
    ["a getter of a base class", new (class extends CallOptions {})()],
    ["a property of the prototype", Object.create({ idempotencyKey: "order:1" })],
    ["a getter of an object", Object.defineProperty({}, "idempotencyKey", { ...getter, enumerable: true })],
    ["a property that isn't enumerable", Object.defineProperty({}, "idempotencyKey", { value: "order:1" })],
    ["an object without a prototype", Object.assign(Object.create(null), { idempotencyKey: "order:1" })],
  ])("are used for a call, so that its idempotency key isn't lost: %s", async (_, options) => {
    const { onepay, sent } = recordingClients();
    await onepay.customers.topUp("cus_1", { amount: 5_000 }, options);
    expect(sent[0]?.headers["x-idempotency"]).toBe("order:1");
  });

  test("are used for a call of the openapi-fetch client", async () => {
    class Init extends CallOptions {
      get body() {
        return person;
      }
    }
    const { client, sent } = recordingClients();
    await client.POST("/customers", new Init() as Untyped);
    expect(sent[0]?.headers["x-idempotency"]).toBe("order:1");
    expect(sent[0]?.body).toBe(JSON.stringify(person));
  });

  test("are used for the client", async () => {
    const sent: string[] = [];
    class ClientOptions {
      get apiKey() {
        return "sk_live_getter";
      }
      get baseUrl() {
        return "https://getter.example";
      }
      get fetch(): Fetch {
        return async (url, { headers }) => {
          sent.push(url, headers.authorization ?? "");
          return Response.json({});
        };
      }
    }
    await new OnePay(new ClientOptions()).customers.get("cus_1");
    expect(sent).toEqual(["https://getter.example/customers/cus_1", "Bearer sk_live_getter"]);
  });

  test("reject if a getter throws, and nothing is sent", async () => {
    const error = new TypeError("unreadable");
    const options = {
      get timeout() {
        throw error;
      },
    };
    expect(await refusal(({ onepay }) => onepay.customers.get("cus_1", options))).toBe("unreadable");
  });
});

describe("a polluted Object.prototype", () => {
  const prototype = Object.prototype as unknown as Record<string, unknown>;
  /** Runs with properties on Object.prototype that are enumerable, as those of a careless merge are. */
  async function withPollution(
    properties: Record<string, unknown>,
    run: () => Promise<unknown>,
  ): Promise<void> {
    try {
      Object.assign(prototype, properties);
      await run();
    } finally {
      for (const name of Object.keys(properties)) delete prototype[name];
    }
  }

  test("sets no idempotency key, and keeps the caller's", async () => {
    const { onepay, client, sent } = recordingClients();
    await withPollution({ idempotencyKey: "polluted" }, async () => {
      await onepay.customers.topUp("cus_1", { amount: 5_000 });
      await onepay.customers.topUp("cus_1", { amount: 6_000 }, {});
      await client.POST("/customers", { body: person });
      await client.POST("/customers", { body: person, headers: { "x-idempotency": "order:1" } });
      await client.POST("/customers", { body: person, idempotencyKey: "order:2" });
    });
    const keys = sent.map(({ headers }) => headers["x-idempotency"]);
    const randomKey = expect.stringMatching(/^[\da-f-]{36}$/);
    expect(keys).toEqual([randomKey, randomKey, randomKey, "order:1", "order:2"]);
    expect(new Set(keys).size).toBe(5);
  });

  test.each([{}, { isRaw: true }])("sets no option of a call or of a client: %j", async (internal) => {
    const evil = vi.fn<Fetch>(async () => Response.json({}));
    const { onepay, sent } = recordingClients();
    const pollution = {
      timeout: "polluted",
      fetch: evil,
      baseUrl: "https://evil.example",
      headers: { "x-evil": "1" },
      signal: AbortSignal.abort(),
      customerToken: "polluted",
      ...internal,
      body: "required",
      query: "required",
      pagination: { page: "page", items: "data" },
    };
    await withPollution(pollution, async () => {
      await onepay.customers.get("cus_1", {});
      await onepay.withOptions({}).customers.get("cus_1");
      await onepay.request({ method: "GET", path: "/payments" }, {});
    });
    expect(evil).not.toHaveBeenCalled();
    expect(sent.map(({ url }) => new URL(url).host)).toEqual(Array(3).fill("api.onepay.la"));
    for (const { headers } of sent) expect(Object.keys(headers)).toEqual(["accept", "authorization"]);
  });

  test("adds nothing to the init of fetch", async () => {
    let dispatcher: unknown = "not called";
    const fetch: Fetch = async (_url, init) => {
      dispatcher = (init as Untyped).dispatcher;
      return Response.json({});
    };
    const onepay = new OnePay({ apiKey, fetch });
    await withPollution({ dispatcher: "polluted" }, () => onepay.customers.get("cus_1"));
    expect(dispatcher).toBeUndefined();
  });

  test("adds nothing to a raw request", async () => {
    const { onepay, sent } = recordingClients();
    await withPollution({ body: { amount: 1 }, query: { evil: 1 } }, () =>
      onepay.request({ method: "POST", path: "/payments" }),
    );
    expect(Object.keys(sent[0] ?? {})).not.toContain("body");
    expect(sent[0]?.url).toBe("https://api.onepay.la/v1/payments");
  });
});

describe("the API key", () => {
  test.each([
    ["sk_test_1", "test"],
    ["sk_live_1", "live"],
  ])("%s selects the environment %s", (key, environment) => {
    expect(new OnePay({ apiKey: key }).environment).toBe(environment);
  });

  test("is read from ONEPAY_API_KEY if no apiKey is passed", async () => {
    vi.stubEnv("ONEPAY_API_KEY", "sk_live_env");
    const { create, sent } = recordingClients();
    await create({ apiKey: undefined }).customers.get("cus_1");
    expect(sent[0]?.headers.authorization).toBe("Bearer sk_live_env");
    expect(new OnePay({ apiKey }).environment).toBe("test");
  });

  test.each([
    ["", /API key is empty/],
    ["pk_test_1", /is a public key/],
    ["sk_test_", /is malformed/],
    ["sk_prod_1", /is malformed/],
    [" sk_test_1", /is malformed/],
    ["sk_test_1\n", /is malformed/],
    ["sk_test_1 2", /is malformed/],
    ["sk_test_ñ", /is malformed/],
    ["Bearer sk_test_1", /is malformed/],
  ])("%j is refused with the reason, even if the environment has another one", async (key, problem) => {
    vi.stubEnv("ONEPAY_API_KEY", "sk_live_env");
    expect(await refusal(() => new OnePay({ apiKey: key }))).toMatch(problem);
  });

  test.each<[string, () => void, RegExp]>([
    ["missing in the environment", () => vi.stubEnv("ONEPAY_API_KEY", undefined), /no API key/],
    ["empty in the environment", () => vi.stubEnv("ONEPAY_API_KEY", ""), /API key is empty/],
    ["missing on a platform without process", () => vi.stubGlobal("process", undefined), /no API key/],
    ["missing on a platform without process.env", () => vi.stubGlobal("process", {}), /no API key/],
  ])("that is %s is refused", async (_, prepare, problem) => {
    prepare();
    expect(await refusal(() => new OnePay())).toMatch(problem);
    expect(await refusal(() => createFetchClient())).toMatch(problem);
  });
});

describe("baseUrl", () => {
  test.each([
    ["https://api.example/v1", "https://api.example/v1/customers/cus_1"],
    ["https://api.example/OnePay/V1", "https://api.example/OnePay/V1/customers/cus_1"],
    ["https://api.example/v1//", "https://api.example/v1/customers/cus_1"],
    ["https://API.example:443", "https://api.example/customers/cus_1"],
    ["HTTPS://api.example/v1", "https://api.example/v1/customers/cus_1"],
    ["http://LocalHost:4010", "http://localhost:4010/customers/cus_1"],
    ["http://127.0.0.1/v1", "http://127.0.0.1/v1/customers/cus_1"],
    ["http://127.9.9.9", "http://127.9.9.9/customers/cus_1"],
    ["http://[::1]:80/v1", "http://[::1]/v1/customers/cus_1"],
  ])("%s sends the requests of both clients to %s, also with a live key", async (baseUrl, url) => {
    const { onepay, client, sent } = recordingClients({ baseUrl, apiKey: "sk_live_1" });
    await onepay.customers.get("cus_1");
    await client.GET("/customers/{customer_id}", { params: { path: { customer_id: "cus_1" } } });
    expect(sent.map((request) => request.url)).toEqual([url, url]);
  });

  test.each([
    "http://onepay-emulator:4010",
    "http://api.example",
    "http://localhost.example",
    "http://127.0.0.1.example",
    "http://10.0.0.1",
    "http://0.0.0.0:4010",
    "http://[::2]",
    "http://api.example/https://localhost",
    "http://1271234567",
  ])("%s is allowed for a test key only, since http shows the key to the network", async (baseUrl) => {
    expect(new OnePay({ apiKey: "sk_test_1", baseUrl }).environment).toBe("test");
    expect(await refusal(() => new OnePay({ apiKey: "sk_live_1", baseUrl }))).toMatch(
      /baseUrl must be https/,
    );
  });

  const notUrls = ["", "api.onepay.la", "ftp://localhost", "file:///etc", "//api.example", "https://"];
  const lenientlyParsed = ["https://api.example\\v1", "https://api.example/v 1", "https://api.example/v1\n"];
  test.each<[RegExp, string[]]>([
    [/must be a URL/, [...notUrls, ...lenientlyParsed, "https:///api.example", "https://api.example:99999"]],
    [/user name or a password/, ["https://user:password@api.example", "https://user@api.example"]],
    [/query or a fragment/, ["https://api.example?key=1", "https://api.example?", "https://api.example#v1"]],
  ])("is refused with %s: %j", async (problem, baseUrls) => {
    for (const baseUrl of baseUrls)
      expect(await refusal(({ create }) => create({ baseUrl })), baseUrl).toMatch(problem);
  });

  test.each([
    ["http://emulator:4010/v1", undefined, "http://emulator:4010/v1/customers/cus_1"],
    ["http://emulator:4010/v1", "https://option.example", "https://option.example/customers/cus_1"],
    ["", undefined, "https://api.onepay.la/v1/customers/cus_1"],
  ])("with ONEPAY_BASE_URL=%s and the option %s sends requests to %s", async (variable, baseUrl, url) => {
    vi.stubEnv("ONEPAY_BASE_URL", variable);
    const { onepay, sent } = recordingClients({ baseUrl });
    await onepay.customers.get("cus_1");
    expect(sent[0]?.url).toBe(url);
  });

  test("in ONEPAY_BASE_URL is checked like the option", async () => {
    vi.stubEnv("ONEPAY_BASE_URL", "http://emulator:4010");
    expect(await refusal(() => new OnePay({ apiKey: "sk_live_1" }))).toMatch(/baseUrl must be https/);
  });
});

describe("a secret key in a browser", () => {
  test.each([
    ["a page", { userAgent: "Mozilla/5.0 (X11; Linux x86_64)" }],
    ["React Native", { product: "ReactNative" }],
  ])("is refused without dangerouslyAllowBrowser: %s", (_, navigator) => {
    vi.stubGlobal("navigator", navigator);
    const message = /every user of a browser/;
    expect(() => new OnePay({ apiKey })).toThrow(message);
    expect(() => new OnePay({ apiKey, dangerouslyAllowBrowser: false })).toThrow(message);
    expect(() => createFetchClient({ apiKey })).toThrow(message);
    const onepay = new OnePay({ apiKey, dangerouslyAllowBrowser: true });
    expect(onepay.withOptions({ timeout: 1 }).environment).toBe("test");
  });

  test.each(["Node.js/21", "Tool (no Mozilla)", "Cloudflare-Workers", "Deno/2.0.0", "Bun/1.1", undefined])(
    "is recognized by the user agent, not by %s",
    (userAgent) => {
      vi.stubGlobal("navigator", userAgent && { userAgent });
      expect(new OnePay({ apiKey }).environment).toBe("test");
    },
  );
});

describe("headers", () => {
  test("of the client are sent with each call, those of a call with that call only", async () => {
    const { onepay, sent } = recordingClients({ headers: { "x-client": "1" } });
    await onepay.customers.get("cus_1", { headers: { "x-call": "2" } });
    await onepay.customers.get("cus_1");
    expect(sent[0]?.headers).toMatchObject({ "x-client": "1", "x-call": "2" });
    expect(sent[1]?.headers).toMatchObject({ "x-client": "1" });
    expect(sent[1]?.headers).not.toHaveProperty("x-call");
  });

  test("are removed with null and unchanged with undefined", async () => {
    const { onepay, sent } = recordingClients({ headers: { "x-one": "1", "x-two": "2" } });
    await onepay.customers.get("cus_1", { headers: { "x-one": null, "x-two": undefined, "x-none": null } });
    expect(Object.keys(sent[0]?.headers ?? {})).toEqual(["accept", "authorization", "x-two"]);
  });

  test("have names without upper and lower case, and the last value counts", async () => {
    const { onepay, client, sent } = recordingClients({ headers: { "X-Team": "a" } });
    await onepay.customers.get("cus_1", { headers: { "x-team": "b" } });
    await onepay.customers.get("cus_1", { headers: { "X-TEAM": null } });
    await onepay.withOptions({ headers: { "x-TEAM": "c" } }).customers.get("cus_1");
    await client.GET("/customers", { headers: { "X-Team": "d" } });
    const teams = sent.map(({ headers }) => Object.entries(headers).filter(([name]) => /team/i.test(name)));
    expect(teams).toEqual([[["x-team", "b"]], [], [["x-team", "c"]], [["x-team", "d"]]]);
  });

  test.each([
    ["authorization", "apiKey", [...ofOnePay, "POST /customers"]],
    ["Authorization", "apiKey", [...ofOnePay, "POST /customers"]],
    ["x-idempotency", "idempotencyKey", ofOnePay],
    ["X-Idempotency", "idempotencyKey", ofOnePay],
    ["x-customer-token", "customerToken", ofOnePay],
    ["X-CUSTOMER-TOKEN", "customerToken", ofOnePay],
  ])("that have an option are refused, and the option is named: %s", async (name, option, labels) => {
    const text = `header "${name.toLowerCase()}" is set by the option ${option}. Pass that.`;
    await expectRefused({ headers: { [name]: "x" } }, labels, text);
    await expectRefused({ headers: { [name]: null } }, ofOnePay, text);
  });

  const sizes = ["content-length", "Transfer-Encoding", "trailer", "te", "expect"];
  const connections = ["connection", "Host", "keep-alive", "proxy-connection", "upgrade"];
  test.each([...sizes, ...connections])("of the connection are refused: %s", async (name) => {
    const text = `header "${name.toLowerCase()}" belongs to the connection and can't be set.`;
    await expectRefused({ headers: { [name]: "x" } }, ofOnePay, text);
  });

  const badValue = / has a value with a line break or a character that headers can't have\.$/;
  const badName = / has a character that names of headers can't have\.$/;
  test.each<[string, object, RegExp]>([
    ["a line break in the middle", { "x-a": "1\r\nx-evil: 2" }, badValue],
    ["a line break at the start", { "x-a": "\r\nx-evil: 2" }, badValue],
    ["a line break at the end", { "x-a": "1\r\n" }, badValue],
    ["a null character", { "x-a": "1\u0000evil" }, badValue],
    ["a character above U+00FF", { "x-a": "evil日" }, badValue],
    ["a space in the name", { "x a": "1" }, badName],
    ["a colon in the name", { "x-a: 1": "1" }, badName],
    ["an empty name", { "": "1" }, badName],
    ["a number", { "x-a": 1 }, / must be a string, or null to remove it\.$/],
  ])("with %s are refused without the value", async (_, headers, text) => {
    await expectRefused({ headers }, ofOnePay, text);
    await expectRefused({ headers }, ofOnePay, /^((?!evil|日).)*$/);
  });

  test.each([
    ["constructor", "1"],
    ["toString", "1"],
    ["__proto__x", "1"],
    ["x-a", ""],
    ["x-a", "a\tb"],
    ["x-a", "ñ"],
    ["x-a", "a b"],
  ])("may have any name and value: %s: %j", async (name, value) => {
    const { onepay, sent } = recordingClients();
    await onepay.customers.get("cus_1", { headers: { [name]: value } });
    expect(Object.entries(sent[0]?.headers ?? {})).toContainEqual([name.toLowerCase(), value]);
  });

  test("may replace accept and content-type", async () => {
    const { onepay, sent } = recordingClients();
    const headers = {
      accept: "application/vnd.onepay+json",
      "content-type": "application/json; charset=utf-8",
    };
    const { accept, "content-type": type } = headers;
    await onepay.customers.create(person, { headers: { Accept: accept, "Content-Type": type } });
    expect(sent[0]?.headers).toMatchObject(headers);
  });
});

describe("fetchOptions", () => {
  test("of the client and of the call are passed to fetch, and those of the call win", async () => {
    const { onepay, sent } = recordingClients({ fetchOptions: { cache: "reload", keepalive: true } });
    await onepay.customers.get("cus_1", { fetchOptions: { cache: "no-store", next: { revalidate: 0 } } });
    await onepay.customers.get("cus_1");
    expect(sent[0]).toMatchObject({ cache: "no-store", keepalive: true, next: { revalidate: 0 } });
    expect(sent[1]).toMatchObject({ cache: "reload", keepalive: true });
    expect(sent[1]).not.toHaveProperty("next");
  });

  test.each(["method", "headers", "body", "redirect", "signal", "duplex"])(
    "are refused if the client sets them: %s",
    async (name) => {
      const labels = ["OnePay", "customers.get", `GET ${listPath}`];
      const text = `fetchOptions can't have ${name}, since the client sets it.`;
      await expectRefused({ fetchOptions: { [name]: "x" } }, labels, text);
    },
  );
});

test("fetch and onEvent are called without this, which the platform's fetch requires", async () => {
  const receivers: unknown[] = [];
  const fetch = async function (this: unknown) {
    receivers.push(this);
    return Response.json({});
  };
  const onEvent = function (this: unknown) {
    receivers.push(this);
  };
  await new OnePay({ apiKey, fetch, onEvent }).customers.get("cus_1");
  expect(receivers).toEqual([undefined, undefined, undefined, undefined]);
});

describe("withOptions()", () => {
  test("returns a changed copy and leaves the client unchanged", async () => {
    const { onepay, sent } = recordingClients();
    const copy = onepay.withOptions({ apiKey: "sk_live_2", baseUrl: "https://other.example" });
    await copy.customers.get("cus_1");
    await onepay.customers.get("cus_1");
    expect(copy).not.toBe(onepay);
    expect([copy.environment, onepay.environment]).toEqual(["live", "test"]);
    expect(sent.map(({ url }) => new URL(url).host)).toEqual(["other.example", "api.onepay.la"]);
  });

  test("keeps options that aren't named or undefined", async () => {
    const { onepay, sent } = recordingClients({ baseUrl: "https://api.example/v2", headers: { "x-a": "1" } });
    await onepay.withOptions({ apiKey: undefined, headers: undefined, timeout: 5 }).customers.get("cus_1");
    expect(sent[0]?.url).toBe("https://api.example/v2/customers/cus_1");
    expect(sent[0]?.headers).toMatchObject({ "x-a": "1", authorization: `Bearer ${apiKey}` });
  });

  test("adds headers and fetch options to those of the client, and removes a header with null", async () => {
    const { onepay, sent } = recordingClients({
      headers: { "x-a": "1", "x-b": "2" },
      fetchOptions: { cache: "no-store" },
    });
    const fetchOptions = { keepalive: true };
    const copy = onepay.withOptions({ headers: { "X-A": null, "x-c": "3" }, fetchOptions });
    await copy.withOptions({ headers: { "x-d": "4" } }).customers.get("cus_1");
    expect(sent[0]?.headers).toMatchObject({ "x-b": "2", "x-c": "3", "x-d": "4" });
    expect(sent[0]?.headers).not.toHaveProperty("x-a");
    expect(sent[0]).toMatchObject({ cache: "no-store", keepalive: true });
  });

  test("keeps the API key and the base URL of the environment, even if that changed since", async () => {
    vi.stubEnv("ONEPAY_API_KEY", "sk_test_first");
    vi.stubEnv("ONEPAY_BASE_URL", "https://first.example");
    const { create, sent } = recordingClients();
    const onepay = create({ apiKey: undefined });
    vi.stubEnv("ONEPAY_API_KEY", undefined);
    vi.stubEnv("ONEPAY_BASE_URL", "https://second.example");
    await onepay.withOptions({ timeout: 5 }).customers.get("cus_1");
    expect(sent[0]?.headers.authorization).toBe("Bearer sk_test_first");
    expect(sent[0]?.url).toBe("https://first.example/customers/cus_1");
  });

  test("returns an instance of the subclass, with its methods", () => {
    class MyOnePay extends OnePay {
      refund() {
        return this.environment;
      }
    }
    const copy = new MyOnePay({ apiKey }).withOptions({ apiKey: "sk_live_1" });
    expect(copy).toBeInstanceOf(MyOnePay);
    expect(copy.refund()).toBe("live");
  });
});

describe("options of the caller", () => {
  test("are never changed, and may be frozen", async () => {
    const headers = Object.freeze({ "X-A": "1" });
    const options = Object.freeze({ headers, timeout: 1_000 });
    const { onepay } = recordingClients(options);
    await onepay.customers.get("cus_1", options);
    onepay.withOptions(options);
    expect(options).toEqual({ headers: { "X-A": "1" }, timeout: 1_000 });
  });

  test("that change later don't change the client or its copies", async () => {
    const [headers, fetchOptions] = [{ "x-a": "1" }, { cache: "no-store" }];
    const { onepay, sent } = recordingClients({ headers, fetchOptions });
    headers["x-a"] = "2";
    fetchOptions.cache = "reload";
    await onepay.customers.get("cus_1");
    await onepay.withOptions({}).customers.get("cus_1");
    expect(sent.map((request) => [request.headers["x-a"], request.cache])).toEqual(
      Array(2).fill(["1", "no-store"]),
    );
  });
});
