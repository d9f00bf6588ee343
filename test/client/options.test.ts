import { afterEach, describe, expect, test, vi } from "vitest";
import { OnePay } from "../../src/index.js";
import type { Fetch, OnePayOptions, RequestOptions } from "../../src/types.js";
import { apiKey, faultOf, person } from "./server.js";

afterEach(() => {
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
});

/** A client, and the headers of what it sends. */
function recording(options: OnePayOptions = {}) {
  const sent: Record<string, string>[] = [];
  const urls: string[] = [];
  const fetch: Fetch = async (url, init) => {
    urls.push(url);
    sent.push(init.headers as Record<string, string>);
    return Response.json({});
  };
  return { onepay: new OnePay({ apiKey, fetch, ...options }), sent, urls };
}

/** As a caller without types may write it. */
const untyped = (options: Record<string, unknown>) => options as OnePayOptions & RequestOptions;

const wrong: [option: string, values: unknown[]][] = [
  ["timeout", [0, -1, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 31, "1000", "number 5", null]],
  ["deadline", [0, -1, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 31, "1000", null]],
  ["maxRetries", [-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, "2", null]],
  ["headers", ["a: b", "Object", 1, null, new Headers({ a: "b" }), [["a", "b"]], new Map([["a", "b"]])]],
  ["fetch", ["fetch", "a function", {}, null]],
  ["onEvent", ["log", {}, null]],
];

describe("an option of the client", () => {
  test.each([
    ...wrong,
    ["apiKey", ["", "pk_test_1", "sk_test_", "sk_prod_1", " sk_test_1", "sk_test_1\n", "sk_test_ñ", 1, {}]],
    ["baseUrl", ["", "api.onepay.la", 1, {}]],
    ["dangerouslyAllowBrowser", ["true", 1, null]],
  ] as typeof wrong)("called %s is refused where it is wrong, by its name", (option, values) => {
    for (const value of values) {
      const make = () => new OnePay({ apiKey, ...untyped({ [option]: value }) });
      expect(make, String(value)).toThrow(TypeError);
      expect(make, String(value)).toThrow(new RegExp(`^OnePay: ${option} must be `));
    }
  });

  test.each([0.5, 1, 999_999_999])("that is a time limit may be %d ms", (time) => {
    expect(new OnePay({ apiKey, timeout: time, deadline: time }).environment).toBe("test");
  });

  test("that does not exist throws, by its name", () => {
    expect(() => new OnePay({ apiKey, ...untyped({ timeoutMs: 5 }) })).toThrow(
      /^OnePay: no option timeoutMs\.$/,
    );
    expect(() => new OnePay({ apiKey, ...untyped({ signal: new AbortController().signal }) })).toThrow(
      /no option signal\./,
    );
    expect(() => new OnePay({ apiKey, ...untyped({ toString: 1 }) })).toThrow(/no option toString\./);
  });

  test.each([
    ["timeout", 0, "above 0 and below 1e9 ms"],
    ["maxRetries", -1, "a whole number"],
    ["headers", 1, "a plain object"],
    ["onEvent", 1, "a function"],
    ["dangerouslyAllowBrowser", 1, "a boolean"],
  ])("called %s that is %j is refused with what it must be: %s", (option, value, must) => {
    const make = () => new OnePay({ apiKey, ...untyped({ [option]: value }) });
    expect(make).toThrow(`OnePay: ${option} must be ${must}.`);
  });

  test("that is undefined means its default", () => {
    const names = ["timeout", "deadline", "maxRetries", "headers", "fetch", "onEvent", "baseUrl"];
    const options = Object.fromEntries(names.map((name) => [name, undefined]));
    expect(new OnePay({ apiKey, ...untyped(options) }).environment).toBe("test");
  });

  test("that is wrong is not shown: it may be a secret", () => {
    for (const name of ["apiKey", "baseUrl", "timeout"]) {
      const make = () => new OnePay({ apiKey, ...untyped({ [name]: "hush-hush" }) });
      expect(make).toThrow(expect.not.stringContaining("hush-hush") as unknown as RegExp);
      expect(make).not.toThrow(/hush-hush/);
    }
  });
});

describe("the key", () => {
  test.each([
    ["sk_test_1", "test"],
    ["sk_live_1", "live"],
  ])("%s selects the environment %s", (key, environment) => {
    expect(new OnePay({ apiKey: key }).environment).toBe(environment);
  });

  test("is read from ONEPAY_API_KEY where none is given", async () => {
    vi.stubEnv("ONEPAY_API_KEY", "sk_live_env");
    const { onepay, sent } = recording({ apiKey: undefined });
    await onepay.customers.get("1");
    expect(sent[0]?.authorization).toBe("Bearer sk_live_env");
    expect(new OnePay({ apiKey }).environment).toBe("test");
  });

  test("that is empty is refused, and not replaced by that of the environment", () => {
    vi.stubEnv("ONEPAY_API_KEY", "sk_live_env");
    expect(() => new OnePay({ apiKey: "" })).toThrow(/^OnePay: apiKey must be /);
  });

  test("that is missing altogether is asked for, with both places to put it", () => {
    vi.stubEnv("ONEPAY_API_KEY", undefined);
    expect(() => new OnePay()).toThrow(/apiKey.*ONEPAY_API_KEY/);
  });

  test.each([undefined, {}])("is not asked of a platform whose process is %j", (process) => {
    vi.stubGlobal("process", process);
    expect(() => new OnePay()).toThrow(/^OnePay: apiKey must be /);
  });

  test("that is public is refused in words that tell it from a secret one", () => {
    expect(() => new OnePay({ apiKey: "pk_test_1" })).toThrow(/apiKey must be sk_test_.* or sk_live_/);
  });
});

describe("baseUrl", () => {
  test.each([
    ["https://api.example/v1", "https://api.example/v1/customers/1"],
    ["https://api.example/v1//", "https://api.example/v1/customers/1"],
    ["https://API.example:443", "https://api.example/customers/1"],
    ["HTTPS://api.example/v1", "https://api.example/v1/customers/1"],
    ["http://LocalHost:4010", "http://localhost:4010/customers/1"],
    ["http://localhost:4010", "http://localhost:4010/customers/1"],
    ["http://127.0.0.1/v1", "http://127.0.0.1/v1/customers/1"],
    ["http://127.9.9.9", "http://127.9.9.9/customers/1"],
    ["http://[::1]:80/v1", "http://[::1]/v1/customers/1"],
  ])("%s leads to %s", async (baseUrl, url) => {
    const { onepay, urls } = recording({ baseUrl });
    await onepay.customers.get("1");
    expect(urls).toEqual([url]);
  });

  test.each([
    "http://api.example",
    "http://localhost.example",
    "http://127.0.0.1.example",
    "http://10.0.0.1",
    "http://0.0.0.0:4010",
    "http://[::2]",
    "ftp://localhost",
    "file:///etc",
    "https://user:password@api.example",
    "https://user@api.example",
    "https://api.example?key=1",
    "https://api.example#v1",
    "//api.example",
    "https://api.example\\v1",
    "https://api.example/v 1",
    "https://api.example/v1\n",
    "https://",
    "https:///api.example",
    "http://api.example/https://localhost",
    "http://1271234567",
  ])("%s is refused", (baseUrl) => {
    expect(() => new OnePay({ apiKey, baseUrl })).toThrow(/^OnePay: baseUrl must be https /);
  });
});

describe("in a browser", () => {
  const browsers: [string, () => void][] = [
    [
      "a page",
      () => {
        vi.stubGlobal("document", {});
        vi.stubGlobal("navigator", { userAgent: "Mozilla/5.0 (X11; Linux x86_64)" });
      },
    ],
    [
      "a worker of a page",
      () => vi.stubGlobal("navigator", { userAgent: "Mozilla/5.0 (X11; Linux x86_64)" }),
    ],
  ];

  test.each(browsers)("%s makes the constructor throw", (_, open) => {
    open();
    expect(() => new OnePay({ apiKey })).toThrow(/browser.*dangerouslyAllowBrowser/);
    expect(() => new OnePay({ apiKey, dangerouslyAllowBrowser: false })).toThrow(TypeError);
  });

  test.each(browsers)("%s is allowed where the options say so, and its copies are too", (_, open) => {
    open();
    const onepay = new OnePay({ apiKey, dangerouslyAllowBrowser: true });
    expect(onepay.withOptions({ timeout: 1 }).environment).toBe("test");
  });

  test.each(["Node.js/21", "Tool (no Mozilla)", "Cloudflare-Workers", "Deno/2.0.0", "Bun/1.1", undefined])(
    "is not where the platform calls itself %s",
    (userAgent) => {
      vi.stubGlobal("navigator", userAgent && { userAgent });
      expect(new OnePay({ apiKey }).environment).toBe("test");
    },
  );
});

describe("headers", () => {
  test("of the client go with each call, and those of a call with that call", async () => {
    const { onepay, sent } = recording({ headers: { "x-client": "1" } });
    await onepay.customers.get("1", { headers: { "x-call": "2" } });
    await onepay.customers.get("1");
    expect(sent[0]).toMatchObject({ "x-client": "1", "x-call": "2" });
    expect(sent[1]).toMatchObject({ "x-client": "1" });
    expect(sent[1]).not.toHaveProperty("x-call");
  });

  test("that are null remove one, and those that are undefined change nothing", async () => {
    const { onepay, sent } = recording({ headers: { "x-one": "1", "x-two": "2" } });
    await onepay.customers.get("1", { headers: { "x-one": null, "x-two": undefined, "x-none": null } });
    expect(sent[0]).not.toHaveProperty("x-one");
    expect(sent[0]).not.toHaveProperty("x-none");
    expect(sent[0]).toMatchObject({ "x-two": "2" });
  });

  test("are the same header however they are spelt, and the last one counts", async () => {
    const { onepay, sent } = recording({ headers: { "X-Team": "a" } });
    await onepay.customers.get("1", { headers: { "x-team": "b" } });
    await onepay.customers.get("1", { headers: { "X-TEAM": null } });
    await onepay.withOptions({ headers: { "x-TEAM": "c" } }).customers.get("1");
    expect(sent.map((headers) => headers["x-team"])).toEqual(["b", undefined, "c"]);
    expect(Object.keys(sent[0] ?? {}).filter((name) => /x-team/i.test(name))).toEqual(["x-team"]);
  });

  const reserved = [
    ["authorization", "apiKey"],
    ["Authorization", "apiKey"],
    ["x-idempotency", "idempotencyKey"],
    ["X-Idempotency", "idempotencyKey"],
    ["x-customer-token", "customerToken"],
    ["X-CUSTOMER-TOKEN", "customerToken"],
  ];
  test.each(reserved)("that set %s are refused, and the option %s is named", async (name, option) => {
    const message = new RegExp(`"${name}".*option ${option}`);
    expect(() => new OnePay({ apiKey, headers: { [name]: "x" } })).toThrow(message);
    const { onepay, sent } = recording();
    expect(() => onepay.withOptions({ headers: { [name]: "x" } })).toThrow(message);
    expect(await faultOf(onepay.customers.get("1", { headers: { [name]: "x" } }))).toMatchObject({
      name: "TypeError",
      message: expect.stringMatching(message),
    });
    expect(sent).toEqual([]);
  });

  test.each(reserved)("that remove %s are refused too", (name) => {
    expect(() => new OnePay({ apiKey, headers: { [name]: null } })).toThrow(TypeError);
  });

  test.each([
    ["a line break", { "x-a": "1\r\nx-evil: 2" }],
    ["a character beyond Latin 1", { "x-a": "日" }],
    ["a blank in the name", { "x a": "1" }],
    ["no name", { "": "1" }],
  ])("with %s are refused without showing the value", (_, headers) => {
    const make = () => new OnePay({ apiKey, headers });
    expect(make).toThrow(/^OnePay: header ".*" must be well-formed/);
    expect(make).not.toThrow(/evil|日/);
  });

  test.each(["constructor", "toString"])("may be called %s, as any other", async (name) => {
    const { onepay, sent } = recording();
    await onepay.customers.get("1", { headers: { [name]: "1" } });
    expect(Object.entries(sent[0] ?? {})).toContainEqual([name.toLowerCase(), "1"]);
  });

  test("may say more of the type of the body", async () => {
    const { onepay, sent } = recording();
    await onepay.customers.create(person, { headers: { "Content-Type": "application/json; charset=utf-8" } });
    expect(sent[0]?.["content-type"]).toBe("application/json; charset=utf-8");
  });

  test("may ask for another format than JSON", async () => {
    const { onepay, sent } = recording();
    await onepay.customers.get("1", { headers: { Accept: "application/vnd.onepay+json" } });
    expect(sent[0]?.accept).toBe("application/vnd.onepay+json");
  });
});

test("fetch and onEvent are called on nothing: a platform's own refuses that, and `this` would hold the key", async () => {
  const owners: unknown[] = [];
  const fetch = async function (this: unknown) {
    owners.push(this);
    return Response.json({});
  };
  const onEvent = function (this: unknown) {
    owners.push(this);
  };
  await new OnePay({ apiKey, fetch, onEvent }).customers.get("1");
  expect(owners).toEqual([undefined, undefined, undefined]);
});

describe("an option of a call", () => {
  test.each([
    ...wrong,
    ["signal", [1, {}, null, "abort", "AbortSignal", new AbortController()]],
  ] as typeof wrong)(
    "called %s rejects where it is wrong, by the name of the operation and its own",
    async (option, values) => {
      const { onepay, sent } = recording();
      for (const value of values) {
        const fault = await faultOf<Error>(onepay.customers.get("1", untyped({ [option]: value })));
        expect(fault).toBeInstanceOf(TypeError);
        expect(fault.message).toMatch(new RegExp(`^getCustomer: ${option} must be `));
      }
      expect(sent).toEqual([]);
    },
  );

  test("that does not exist rejects, before anything is sent", async () => {
    const { onepay, sent } = recording();
    for (const name of [
      "retries",
      "apiKey",
      "baseUrl",
      "dangerouslyAllowBrowser",
      "constructor",
      "toString",
    ]) {
      const fault = await faultOf<Error>(onepay.customers.get("1", untyped({ [name]: "x" })));
      expect(fault.message).toBe(`getCustomer: no option ${name}.`);
    }
    expect(sent).toEqual([]);
  });

  test("called idempotencyKey exists where the operation takes one, and nowhere else", async () => {
    const { onepay, sent } = recording();
    await onepay.customers.create(person, { idempotencyKey: "order:1" });
    expect(sent[0]?.["x-idempotency"]).toBe("order:1");
    const fault = await faultOf<Error>(onepay.customers.get("1", untyped({ idempotencyKey: "order:1" })));
    expect(fault.message).toContain("no option idempotencyKey.");
  });

  test.each(["", "x".repeat(256), "order 1", "año", "a\n", 1, null])(
    "called idempotencyKey is refused as %j",
    async (idempotencyKey) => {
      const { onepay, sent } = recording();
      const fault = await faultOf<Error>(onepay.customers.create(person, untyped({ idempotencyKey })));
      expect(fault.message).toMatch(/^createCustomer: idempotencyKey must be 1 to 255 visible ASCII/);
      expect(sent).toEqual([]);
    },
  );

  test("called idempotencyKey may have 255 characters", async () => {
    const { onepay, sent } = recording();
    const idempotencyKey = "x".repeat(255);
    await onepay.customers.create(person, { idempotencyKey });
    expect(sent[0]?.["x-idempotency"]).toBe(idempotencyKey);
  });

  test("called customerToken goes into its header, beside the secret key", async () => {
    const { onepay, sent } = recording();
    await onepay.customerSessions.listPaymentMethods({ customerToken: "12|token" });
    expect(sent[0]).toMatchObject({ "x-customer-token": "12|token", authorization: `Bearer ${apiKey}` });
  });

  test("called customerToken may be as long as a token is, unlike a key", async () => {
    const { onepay, sent } = recording();
    const customerToken = `12|${"x".repeat(2_000)}`;
    await onepay.customerSessions.listPaymentMethods({ customerToken });
    expect(sent[0]?.["x-customer-token"]).toBe(customerToken);
  });

  test.each([undefined, "", "12|to ken", "12|token\r\n", "12|tóken", 1])(
    "called customerToken is needed by the calls of a session, and %j is none",
    async (customerToken) => {
      const { onepay, sent } = recording();
      const options = untyped({ customerToken }) as { customerToken: string };
      const fault = await faultOf<Error>(onepay.customerSessions.listPaymentMethods(options));
      expect(fault).toBeInstanceOf(TypeError);
      const must = customerToken === undefined ? "given" : "visible ASCII characters";
      expect(fault.message).toBe(`listCustomerSessionPaymentMethods: customerToken must be ${must}.`);
      expect(sent).toEqual([]);
    },
  );

  test("counts for its call only", async () => {
    const fetch = vi.fn(async () => Response.json({}));
    const { onepay, sent } = recording();
    await onepay.customers.get("1", { fetch });
    await onepay.customers.get("1");
    expect(fetch).toHaveBeenCalledTimes(1);
    expect(sent).toHaveLength(1);
  });

  test("that is undefined means the client's", async () => {
    const { onepay, sent } = recording({ headers: { "x-a": "1" } });
    await onepay.customers.get("1", untyped({ fetch: undefined, headers: undefined, signal: undefined }));
    expect(sent[0]).toMatchObject({ "x-a": "1" });
  });
});

test("null for the options of a call means none", async () => {
  const { onepay, sent } = recording();
  await onepay.customers.get("1", null as never);
  expect(sent).toHaveLength(1);
});

describe("withOptions", () => {
  test("makes a changed copy and leaves the client as it was", async () => {
    const first = recording();
    const second = recording();
    const { fetch } = { fetch: vi.fn(async () => Response.json({})) };
    const copy = first.onepay.withOptions({ fetch, apiKey: "sk_live_2", baseUrl: "https://other.example" });
    await copy.customers.get("1");
    await first.onepay.customers.get("1");
    expect(copy).not.toBe(first.onepay);
    expect(copy.environment).toBe("live");
    expect(first.onepay.environment).toBe("test");
    expect(fetch).toHaveBeenCalledWith("https://other.example/customers/1", expect.anything());
    expect(first.sent).toHaveLength(1);
    expect(second.sent).toHaveLength(0);
  });

  test("keeps what is not named, and what is named as undefined", async () => {
    const { onepay, sent, urls } = recording({ baseUrl: "https://api.example/v2", headers: { "x-a": "1" } });
    await onepay.withOptions({ apiKey: undefined, headers: undefined, timeout: 5 }).customers.get("1");
    expect(urls).toEqual(["https://api.example/v2/customers/1"]);
    expect(sent[0]).toMatchObject({ "x-a": "1", authorization: `Bearer ${apiKey}` });
  });

  test("adds headers to those of the client, and removes one by null", async () => {
    const { onepay, sent } = recording({ headers: { "x-a": "1", "x-b": "2" } });
    const copy = onepay.withOptions({ headers: { "x-a": null, "x-c": "3" } });
    await copy.withOptions({ headers: { "x-d": "4" } }).customers.get("1");
    expect(sent[0]).toMatchObject({ "x-b": "2", "x-c": "3", "x-d": "4" });
    expect(sent[0]).not.toHaveProperty("x-a");
  });

  test("throws at an option that is wrong or unknown", () => {
    const { onepay } = recording();
    expect(() => onepay.withOptions({ timeout: -1 })).toThrow(/^OnePay: timeout must be /);
    expect(() => onepay.withOptions(untyped({ retries: 1 }))).toThrow(/no option retries\./);
  });
});

test("the options that are given stay as they were", async () => {
  const headers = Object.freeze({ "X-A": "1" });
  const options = Object.freeze({ headers, timeout: 1_000 });
  const { onepay } = recording(options);
  await onepay.customers.get("1", options);
  onepay.withOptions(options);
  expect(options).toEqual({ headers: { "X-A": "1" }, timeout: 1_000 });
});
