import { afterEach, describe, expect, test, vi } from "vitest";
import { createFetchClient, OnePay } from "../../src/index.js";
import type { Fetch, FetchOptions, OnePayOptions, RequestOptions } from "../../src/types.js";
import { apiKey, person, rejectionOf } from "./server.js";

afterEach(() => {
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
});

/** A client with the URL and the init of each request that it sends. */
function recordingClient(options: OnePayOptions = {}) {
  const sent: Record<string, string>[] = [];
  const inits: Record<string, unknown>[] = [];
  const urls: string[] = [];
  const fetch: Fetch = async (url, init) => {
    urls.push(url);
    inits.push({ ...init });
    sent.push(init.headers);
    return Response.json({});
  };
  return { onepay: new OnePay({ apiKey, fetch, ...options }), sent, inits, urls };
}

/** Options as a caller without types may write them. */
const untyped = (options: object) => options as OnePayOptions & RequestOptions;

const milliseconds = "a number of milliseconds above 0 and below 1000000000";
const plainObject = "a plain object. Convert Headers or a Map with Object.fromEntries()";
const invalidValues: [option: string, expected: string, values: unknown[]][] = [
  ["timeout", milliseconds, [0, -1, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 31, "1000", null]],
  ["deadline", milliseconds, [0, -1, Number.NaN, Number.POSITIVE_INFINITY, 1e9, "1000", null]],
  ["maxRetries", "a whole number of at least 0", [-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, "2", null]],
  ["maxResponseBytes", "a whole number of at least 1", [0, 1.5, Number.POSITIVE_INFINITY, "1", null]],
  ["headers", plainObject, ["a: b", 1, null, new Headers({ a: "b" }), [["a", "b"]], new Map([["a", "b"]])]],
  ["fetchOptions", plainObject, ["no-store", null, new Map([["cache", "no-store"]])]],
  ["fetch", "a function", ["fetch", {}, null]],
  ["onEvent", "a function", ["log", {}, null]],
  ["responseCheck", "a function", ["log", {}, null]],
];

describe("an option of the client", () => {
  test.each([
    ...invalidValues,
    ["apiKey", "a string", [1, {}, null]],
    ["baseUrl", "a string", [1, {}, null, new URL("https://api.example")]],
    ["dangerouslyAllowBrowser", "true or false", ["true", 1, null]],
  ] as typeof invalidValues)("throws by name if it's invalid: %s must be %s", (option, expected, values) => {
    for (const value of values) {
      const create = () => new OnePay({ apiKey, ...untyped({ [option]: value }) });
      expect(create, String(value)).toThrow(new TypeError(`OnePay: ${option} must be ${expected}.`));
    }
  });

  test.each([0.5, 1, 999_999_999])("may be a timeout of %d ms", (time) => {
    expect(new OnePay({ apiKey, timeout: time, deadline: time }).environment).toBe("test");
  });

  test("throws if its value is wrong without showing it, since it may be a secret", () => {
    for (const name of ["apiKey", "baseUrl", "timeout", "headers"]) {
      const create = () => new OnePay({ apiKey, ...untyped({ [name]: "hush-hush" }) });
      expect(create).toThrow(TypeError);
      expect(create).not.toThrow(/hush-hush/);
    }
  });

  test("has its default if it's undefined", () => {
    const names = ["timeout", "deadline", "maxRetries", "headers", "fetch", "onEvent", "baseUrl"];
    const options = Object.fromEntries(names.map((name) => [name, undefined]));
    expect(new OnePay({ apiKey, ...untyped(options) }).environment).toBe("test");
  });
});

describe("an unknown option", () => {
  const available =
    "Available options: apiKey, baseUrl, timeout, deadline, maxRetries, maxResponseBytes, headers, fetch, fetchOptions, onEvent, responseCheck, dangerouslyAllowBrowser.";
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
  ])("of the client throws with its name, a hint and the list: %s", (name, hint) => {
    expect(() => new OnePay({ apiKey, ...untyped({ [name]: 5 }) })).toThrow(
      new TypeError(`OnePay: unknown option "${name}".${hint} ${available}`),
    );
  });

  test("with a very long name is cut", () => {
    expect(() => new OnePay({ apiKey, ...untyped({ ["x".repeat(500)]: 5 }) })).toThrow(/"x{40}"/);
  });

  test.each(["interceptors", "constructor", "toString", "__proto__x"])(
    "of a call rejects before anything is sent: %s",
    async (name) => {
      const { onepay, sent } = recordingClient();
      const error = await rejectionOf<Error>(onepay.customers.get("cus_1", untyped({ [name]: "x" })));
      expect(error).toEqual(
        new TypeError(
          `customers.get: unknown option "${name}". Available options: timeout, deadline, maxRetries, maxResponseBytes, headers, fetch, fetchOptions, onEvent, responseCheck, signal.`,
        ),
      );
      expect(sent).toEqual([]);
    },
  );

  test.each(["apiKey", "baseUrl", "dangerouslyAllowBrowser"])(
    "of a call that is one of the client is explained: %s",
    async (name) => {
      const { onepay } = recordingClient();
      const error = await rejectionOf<Error>(onepay.customers.get("cus_1", untyped({ [name]: "x" })));
      expect(error.message).toContain(
        `unknown option "${name}". It's an option of the client: pass it to new OnePay() or withOptions().`,
      );
    },
  );

  test("is idempotencyKey for a read, which takes none", async () => {
    const { onepay, sent } = recordingClient();
    const error = await rejectionOf<Error>(
      onepay.customers.get("cus_1", untyped({ idempotencyKey: "order:1" })),
    );
    expect(error.message).toContain('customers.get: unknown option "idempotencyKey".');
    expect(sent).toEqual([]);
  });

  test("is retry for a method of a resource", async () => {
    const { onepay } = recordingClient();
    const error = await rejectionOf<Error>(onepay.customers.create(person, untyped({ retry: "never" })));
    expect(error.message).toContain('customers.create: unknown option "retry".');
  });
});

describe("options that aren't an object", () => {
  test.each(["sk_test_1", 1, true, ["sk_test_1"], () => {}])("throw with an example: %s", (options) => {
    expect(() => new OnePay(options as OnePayOptions)).toThrow(
      new TypeError('OnePay: pass an object: new OnePay({ apiKey: "sk_test_…" }).'),
    );
  });

  test("of a call reject with an example", async () => {
    const { onepay, sent } = recordingClient();
    expect(await rejectionOf(onepay.customers.get("cus_1", 5_000 as never))).toEqual(
      new TypeError("customers.get: the options must be an object, such as { timeout: 10_000 }."),
    );
    expect(sent).toEqual([]);
  });

  test("but a token reject with an example that has the token's option", async () => {
    const { onepay, sent } = recordingClient();
    expect(await rejectionOf(onepay.customerSessions.listPaymentMethods("12|token" as never))).toEqual(
      new TypeError(
        'customerSessions.listPaymentMethods: the options must be an object, such as { customerToken: "…" }.',
      ),
    );
    expect(sent).toEqual([]);
  });

  test("of a call may be null or undefined", async () => {
    const { onepay, sent } = recordingClient();
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
  test.each<[string, object]>([
    ["a getter of a class", new CallOptions()],
    ["a getter of a base class", new (class extends CallOptions {})()],
    ["a property of the prototype", Object.create({ idempotencyKey: "order:1" })],
    [
      "a getter of an object",
      {
        get idempotencyKey() {
          return "order:1";
        },
      },
    ],
    ["a property that isn't enumerable", Object.defineProperty({}, "idempotencyKey", { value: "order:1" })],
    ["an object without a prototype", Object.assign(Object.create(null), { idempotencyKey: "order:1" })],
  ])("are used for a call, so that its idempotency key isn't lost: %s", async (_, options) => {
    const { onepay, sent } = recordingClient();
    await onepay.customers.topUp("cus_1", { amount: 5_000 }, options);
    expect(sent[0]?.["x-idempotency"]).toBe("order:1");
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
    const { onepay, sent } = recordingClient();
    const error = new Error("unreadable");
    const options = {
      get timeout(): number {
        throw error;
      },
    };
    expect(await rejectionOf(onepay.customers.get("cus_1", options))).toBe(error);
    expect(sent).toEqual([]);
  });
});

describe("a polluted Object.prototype", () => {
  const prototype = Object.prototype as unknown as Record<string, unknown>;
  /** Runs with properties on Object.prototype that are enumerable, as those of a careless merge are. */
  async function withPollution<T>(properties: Record<string, unknown>, run: () => Promise<T>): Promise<T> {
    try {
      Object.assign(prototype, properties);
      return await run();
    } finally {
      for (const name of Object.keys(properties)) delete prototype[name];
    }
  }

  test("sets no idempotency key: each payment has its own", async () => {
    const { onepay, sent } = recordingClient();
    await withPollution({ idempotencyKey: "polluted" }, async () => {
      await onepay.customers.topUp("cus_1", { amount: 5_000 });
      await onepay.customers.topUp("cus_1", { amount: 6_000 }, {});
    });
    const keys = sent.map((headers) => headers["x-idempotency"]);
    expect(new Set(keys).size).toBe(2);
    expect(keys).not.toContain("polluted");
  });

  test.each([{}, { isRaw: true }])("sets no option of a call or of a client: %j", async (internal) => {
    const evil = vi.fn<Fetch>(async () => Response.json({}));
    const { onepay, sent, urls } = recordingClient();
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
    expect(urls.map((url) => new URL(url).host)).toEqual(["api.onepay.la", "api.onepay.la", "api.onepay.la"]);
    for (const headers of sent) {
      expect(Object.keys(headers)).toEqual(["accept", "authorization"]);
    }
  });

  test("adds nothing to the init of fetch", async () => {
    let dispatcher: unknown = "not called";
    const fetch: Fetch = async (_url, init) => {
      dispatcher = (init as unknown as Record<string, unknown>).dispatcher;
      return Response.json({});
    };
    const onepay = new OnePay({ apiKey, fetch });
    await withPollution({ dispatcher: "polluted" }, () => onepay.customers.get("cus_1"));
    expect(dispatcher).toBeUndefined();
  });

  test("adds nothing to a raw request", async () => {
    const { onepay, inits, urls } = recordingClient();
    await withPollution({ body: { amount: 1 }, query: { evil: 1 } }, () =>
      onepay.request({ method: "POST", path: "/payments" }),
    );
    expect(inits[0]).not.toHaveProperty("body");
    expect(urls).toEqual(["https://api.onepay.la/v1/payments"]);
  });

  test("keeps the idempotency key of the openapi-fetch client", async () => {
    const sent: unknown[] = [];
    const fetch: Fetch = async (_url, { headers }) => {
      sent.push(headers["x-idempotency"]);
      return Response.json({});
    };
    const client = createFetchClient({ apiKey, fetch });
    await withPollution({ idempotencyKey: "polluted" }, async () => {
      await client.POST("/customers", { body: person });
      await client.POST("/customers", { body: person, headers: { "x-idempotency": "order:1" } });
      await client.POST("/customers", { body: person, idempotencyKey: "order:2" });
    });
    expect(sent).toEqual([expect.stringMatching(/^[\da-f-]{36}$/), "order:1", "order:2"]);
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
    const { onepay, sent } = recordingClient({ apiKey: undefined });
    await onepay.customers.get("cus_1");
    expect(sent[0]?.authorization).toBe("Bearer sk_live_env");
    expect(new OnePay({ apiKey }).environment).toBe("test");
  });

  const messages = {
    missing: "OnePay: no API key. Pass apiKey, or set the ONEPAY_API_KEY environment variable.",
    empty: "OnePay: the API key is empty. Check apiKey, or the ONEPAY_API_KEY environment variable.",
    public: 'OnePay: "pk_…" is a public key. This client needs a secret key (sk_test_… or sk_live_…).',
    malformed:
      "OnePay: the API key is malformed. A secret key starts with sk_test_ or sk_live_ and has no spaces or line breaks.",
  };
  test.each([
    ["", messages.empty],
    ["pk_test_1", messages.public],
    ["sk_test_", messages.malformed],
    ["sk_prod_1", messages.malformed],
    [" sk_test_1", messages.malformed],
    ["sk_test_1\n", messages.malformed],
    ["sk_test_1 2", messages.malformed],
    ["sk_test_ñ", messages.malformed],
    ["Bearer sk_test_1", messages.malformed],
  ])("%j throws with the reason and without the key", (key, message) => {
    vi.stubEnv("ONEPAY_API_KEY", "sk_live_env");
    expect(() => new OnePay({ apiKey: key })).toThrow(new TypeError(message));
  });

  test("that is missing throws with both places to put it", () => {
    vi.stubEnv("ONEPAY_API_KEY", undefined);
    expect(() => new OnePay()).toThrow(new TypeError(messages.missing));
  });

  test("that is empty in the environment throws as an empty one", () => {
    vi.stubEnv("ONEPAY_API_KEY", "");
    expect(() => new OnePay()).toThrow(new TypeError(messages.empty));
  });

  test.each([undefined, {}])("is missing on a platform whose process is %j", (process) => {
    vi.stubGlobal("process", process);
    expect(() => new OnePay()).toThrow(new TypeError(messages.missing));
  });
});

describe("baseUrl", () => {
  test.each([
    ["https://api.example/v1", "https://api.example/v1/customers/cus_1"],
    ["https://api.example/v1//", "https://api.example/v1/customers/cus_1"],
    ["https://API.example:443", "https://api.example/customers/cus_1"],
    ["HTTPS://api.example/v1", "https://api.example/v1/customers/cus_1"],
    ["http://LocalHost:4010", "http://localhost:4010/customers/cus_1"],
    ["http://127.0.0.1/v1", "http://127.0.0.1/v1/customers/cus_1"],
    ["http://127.9.9.9", "http://127.9.9.9/customers/cus_1"],
    ["http://[::1]:80/v1", "http://[::1]/v1/customers/cus_1"],
  ])("%s sends requests to %s, also with a live key", async (baseUrl, url) => {
    const { onepay, urls } = recordingClient({ baseUrl, apiKey: "sk_live_1" });
    await onepay.customers.get("cus_1");
    expect(urls).toEqual([url]);
  });

  const otherHosts = [
    "http://onepay-emulator:4010",
    "http://api.example",
    "http://localhost.example",
    "http://127.0.0.1.example",
    "http://10.0.0.1",
    "http://0.0.0.0:4010",
    "http://[::2]",
    "http://api.example/https://localhost",
    "http://1271234567",
  ];
  test.each(otherHosts)("%s is refused for a live key, since http shows it to the network", (baseUrl) => {
    expect(() => new OnePay({ apiKey: "sk_live_1", baseUrl })).toThrow(
      new TypeError(
        "OnePay: baseUrl must be https. http is allowed for a loopback address, and for any host with a test key.",
      ),
    );
  });

  test.each(otherHosts)("%s is allowed for a test key", (baseUrl) => {
    expect(new OnePay({ apiKey: "sk_test_1", baseUrl }).environment).toBe("test");
  });

  test.each([
    "",
    "api.onepay.la",
    "ftp://localhost",
    "file:///etc",
    "//api.example",
    "https://api.example\\v1",
    "https://api.example/v 1",
    "https://api.example/v1\n",
    "https://",
    "https:///api.example",
    "https://api.example:99999",
  ])("%j is refused, since it isn't a URL", (baseUrl) => {
    expect(() => new OnePay({ apiKey, baseUrl })).toThrow(
      new TypeError("OnePay: baseUrl must be a URL, such as https://api.onepay.la/v1."),
    );
  });

  test.each(["https://user:password@api.example", "https://user@api.example"])(
    "%s is refused, since it has credentials",
    (baseUrl) => {
      const create = () => new OnePay({ apiKey, baseUrl });
      expect(create).toThrow(new TypeError("OnePay: baseUrl can't have a user name or a password."));
    },
  );

  test.each(["https://api.example?key=1", "https://api.example?", "https://api.example#v1"])(
    "%s is refused, since paths are appended to it",
    (baseUrl) => {
      const create = () => new OnePay({ apiKey, baseUrl });
      expect(create).toThrow(new TypeError("OnePay: baseUrl can't have a query or a fragment."));
    },
  );

  test("is read from ONEPAY_BASE_URL if none is passed", async () => {
    vi.stubEnv("ONEPAY_BASE_URL", "http://emulator:4010/v1");
    const { onepay, urls } = recordingClient();
    await onepay.customers.get("cus_1");
    await recordingClient({ baseUrl: "https://option.example" }).onepay.customers.get("cus_1");
    expect(urls).toEqual(["http://emulator:4010/v1/customers/cus_1"]);
  });

  test("has its default if ONEPAY_BASE_URL is empty", async () => {
    vi.stubEnv("ONEPAY_BASE_URL", "");
    const { onepay, urls } = recordingClient();
    await onepay.customers.get("cus_1");
    expect(urls).toEqual(["https://api.onepay.la/v1/customers/cus_1"]);
  });

  test("in ONEPAY_BASE_URL is checked like the option", () => {
    vi.stubEnv("ONEPAY_BASE_URL", "http://emulator:4010");
    expect(() => new OnePay({ apiKey: "sk_live_1" })).toThrow(/^OnePay: baseUrl must be https/);
  });
});

describe("a secret key in a browser", () => {
  const browsers: [string, object | undefined][] = [
    ["a page", { userAgent: "Mozilla/5.0 (X11; Linux x86_64)" }],
    ["React Native", { product: "ReactNative" }],
  ];

  test.each(browsers)("throws without dangerouslyAllowBrowser: %s", (_, navigator) => {
    vi.stubGlobal("navigator", navigator);
    const message =
      "OnePay: every user of a browser or an app can read the secret key. Call OnePay from your server. If only you open this page, set dangerouslyAllowBrowser: true.";
    expect(() => new OnePay({ apiKey })).toThrow(new TypeError(message));
    expect(() => new OnePay({ apiKey, dangerouslyAllowBrowser: false })).toThrow(new TypeError(message));
    expect(() => createFetchClient({ apiKey })).toThrow(new TypeError(message));
  });

  test.each(browsers)("is allowed with dangerouslyAllowBrowser, also for copies: %s", (_, navigator) => {
    vi.stubGlobal("navigator", navigator);
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
    const { onepay, sent } = recordingClient({ headers: { "x-client": "1" } });
    await onepay.customers.get("cus_1", { headers: { "x-call": "2" } });
    await onepay.customers.get("cus_1");
    expect(sent[0]).toMatchObject({ "x-client": "1", "x-call": "2" });
    expect(sent[1]).toMatchObject({ "x-client": "1" });
    expect(sent[1]).not.toHaveProperty("x-call");
  });

  test("are removed with null and unchanged with undefined", async () => {
    const { onepay, sent } = recordingClient({ headers: { "x-one": "1", "x-two": "2" } });
    await onepay.customers.get("cus_1", { headers: { "x-one": null, "x-two": undefined, "x-none": null } });
    expect(sent[0]).not.toHaveProperty("x-one");
    expect(sent[0]).not.toHaveProperty("x-none");
    expect(sent[0]).toMatchObject({ "x-two": "2" });
  });

  test("have names without upper and lower case, and the last value counts", async () => {
    const { onepay, sent } = recordingClient({ headers: { "X-Team": "a" } });
    await onepay.customers.get("cus_1", { headers: { "x-team": "b" } });
    await onepay.customers.get("cus_1", { headers: { "X-TEAM": null } });
    await onepay.withOptions({ headers: { "x-TEAM": "c" } }).customers.get("cus_1");
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
  test.each(reserved)(
    "that have an option are refused, and the option is named: %s",
    async (name, option) => {
      const message = `header "${name.toLowerCase()}" is set by the option ${option}. Pass that.`;
      for (const value of ["x", null]) {
        const headers = { [name]: value };
        expect(() => new OnePay({ apiKey, headers })).toThrow(new TypeError(`OnePay: ${message}`));
        const { onepay, sent } = recordingClient();
        expect(() => onepay.withOptions({ headers })).toThrow(
          new TypeError(`OnePay.withOptions: ${message}`),
        );
        expect(await rejectionOf(onepay.customers.get("cus_1", { headers }))).toEqual(
          new TypeError(`customers.get: ${message}`),
        );
        expect(sent).toEqual([]);
      }
    },
  );

  test.each([
    "connection",
    "content-length",
    "expect",
    "Host",
    "keep-alive",
    "proxy-connection",
    "te",
    "trailer",
    "Transfer-Encoding",
    "upgrade",
  ])("of the connection are refused: %s", async (name) => {
    const { onepay, sent } = recordingClient();
    expect(await rejectionOf(onepay.customers.create(person, { headers: { [name]: "x" } }))).toEqual(
      new TypeError(
        `customers.create: header "${name.toLowerCase()}" belongs to the connection and can't be set.`,
      ),
    );
    expect(sent).toEqual([]);
  });

  const badValue = "has a value with a line break or a character that headers can't have";
  const badName = "has a character that names of headers can't have";
  test.each<[string, object, string]>([
    ["a line break in the middle", { "x-a": "1\r\nx-evil: 2" }, badValue],
    ["a line break at the start", { "x-a": "\r\nx-evil: 2" }, badValue],
    ["a line break at the end", { "x-a": "1\r\n" }, badValue],
    ["a null character", { "x-a": "1\u0000evil" }, badValue],
    ["a character above U+00FF", { "x-a": "evil日" }, badValue],
    ["a space in the name", { "x a": "1" }, badName],
    ["a colon in the name", { "x-a: 1": "1" }, badName],
    ["an empty name", { "": "1" }, badName],
    ["a number", { "x-a": 1 }, "must be a string, or null to remove it"],
  ])("with %s are refused without the value", async (_, headers, problem) => {
    const create = () => new OnePay({ apiKey, ...untyped({ headers }) });
    expect(create).toThrow(new RegExp(`^OnePay: header ".*" ${problem}\\.$`));
    expect(create).not.toThrow(/evil|日/);
    const { onepay, sent } = recordingClient();
    const error = await rejectionOf<Error>(onepay.customers.get("cus_1", untyped({ headers })));
    expect(error.message).toMatch(/^customers\.get: header /);
    expect(sent).toEqual([]);
  });

  test.each(["constructor", "toString", "__proto__x"])("may have any name: %s", async (name) => {
    const { onepay, sent } = recordingClient();
    await onepay.customers.get("cus_1", { headers: { [name]: "1" } });
    expect(Object.entries(sent[0] ?? {})).toContainEqual([name.toLowerCase(), "1"]);
  });

  test.each(["", "a\tb", "ñ", "a b"])("may have the value %j", async (value) => {
    const { onepay, sent } = recordingClient();
    await onepay.customers.get("cus_1", { headers: { "x-a": value } });
    expect(sent[0]?.["x-a"]).toBe(value);
  });

  test("may replace accept and content-type", async () => {
    const { onepay, sent } = recordingClient();
    const headers = {
      Accept: "application/vnd.onepay+json",
      "Content-Type": "application/json; charset=utf-8",
    };
    await onepay.customers.create(person, { headers });
    expect(sent[0]).toMatchObject({
      accept: "application/vnd.onepay+json",
      "content-type": "application/json; charset=utf-8",
    });
  });
});

describe("fetchOptions", () => {
  test("of the client and of the call are passed to fetch, and those of the call win", async () => {
    const { onepay, inits } = recordingClient({ fetchOptions: { cache: "reload", keepalive: true } });
    await onepay.customers.get("cus_1", { fetchOptions: { cache: "no-store", next: { revalidate: 0 } } });
    await onepay.customers.get("cus_1");
    expect(inits[0]).toMatchObject({ cache: "no-store", keepalive: true, next: { revalidate: 0 } });
    expect(inits[1]).toMatchObject({ cache: "reload", keepalive: true });
    expect(inits[1]).not.toHaveProperty("next");
  });

  test.each(["method", "headers", "body", "redirect", "signal", "duplex"])(
    "are refused if the client sets them: %s",
    async (name) => {
      const fetchOptions = { [name]: "x" } as FetchOptions;
      expect(() => new OnePay({ apiKey, fetchOptions })).toThrow(
        new TypeError(`OnePay: fetchOptions can't have ${name}, since the client sets it.`),
      );
      const { onepay, sent } = recordingClient();
      expect(await rejectionOf(onepay.customers.get("cus_1", { fetchOptions }))).toEqual(
        new TypeError(`customers.get: fetchOptions can't have ${name}, since the client sets it.`),
      );
      expect(sent).toEqual([]);
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

describe("an option of a call", () => {
  test.each([
    ...invalidValues,
    ["signal", "an AbortSignal", [1, {}, null, "abort", new AbortController()]],
  ] as typeof invalidValues)(
    "rejects by name if it's invalid: %s must be %s",
    async (option, expected, values) => {
      const { onepay, sent } = recordingClient();
      for (const value of values) {
        const call = onepay.customers.get("cus_1", untyped({ [option]: value }));
        expect(await rejectionOf(call)).toEqual(
          new TypeError(`customers.get: ${option} must be ${expected}.`),
        );
      }
      expect(sent).toEqual([]);
    },
  );

  test("idempotencyKey is sent as a header", async () => {
    const { onepay, sent } = recordingClient();
    await onepay.customers.create(person, { idempotencyKey: "order:1" });
    await onepay.customers.create(person, { idempotencyKey: "x".repeat(255) });
    expect(sent.map((headers) => headers["x-idempotency"])).toEqual(["order:1", "x".repeat(255)]);
  });

  test.each(["", "x".repeat(256), "order 1", "año", "a\n", 1, null])(
    "idempotencyKey rejects if it's %j",
    async (idempotencyKey) => {
      const { onepay, sent } = recordingClient();
      expect(await rejectionOf(onepay.customers.create(person, untyped({ idempotencyKey })))).toEqual(
        new TypeError(
          "customers.create: idempotencyKey must be a string of 1 to 255 visible ASCII characters.",
        ),
      );
      expect(sent).toEqual([]);
    },
  );

  test("customerToken is sent as a header, next to the secret key, with any length", async () => {
    const { onepay, sent } = recordingClient();
    const customerToken = `12|${"x".repeat(2_000)}`;
    await onepay.customerSessions.listPaymentMethods({ customerToken });
    expect(sent[0]).toMatchObject({
      "x-customer-token": customerToken,
      authorization: `Bearer ${apiKey}`,
    });
  });

  test.each(["", "12|to ken", "12|token\r\n", "12|tóken", 1, null])(
    "customerToken rejects if it's %j",
    async (customerToken) => {
      const { onepay, sent } = recordingClient();
      const options = untyped({ customerToken }) as { customerToken: string };
      expect(await rejectionOf(onepay.customerSessions.listPaymentMethods(options))).toEqual(
        new TypeError(
          "customerSessions.listPaymentMethods: customerToken must be a string of visible ASCII characters.",
        ),
      );
      expect(sent).toEqual([]);
    },
  );

  test.each([undefined, {}, { customerToken: undefined }])(
    "customerToken is required by the calls of a session: %j",
    async (options) => {
      const { onepay, sent } = recordingClient();
      expect(await rejectionOf(onepay.customerSessions.listPaymentMethods(options as never))).toEqual(
        new TypeError(
          "customerSessions.listPaymentMethods: no customerToken. Pass it in the options, as the last argument.",
        ),
      );
      expect(sent).toEqual([]);
    },
  );

  test("applies to its call only", async () => {
    const fetch = vi.fn(async () => Response.json({}));
    const { onepay, sent } = recordingClient();
    await onepay.customers.get("cus_1", { fetch });
    await onepay.customers.get("cus_1");
    expect(fetch).toHaveBeenCalledOnce();
    expect(sent).toHaveLength(1);
  });

  test("has the client's value if it's undefined", async () => {
    const { onepay, sent } = recordingClient({ headers: { "x-a": "1" } });
    await onepay.customers.get("cus_1", { fetch: undefined, headers: undefined, signal: undefined });
    expect(sent[0]).toMatchObject({ "x-a": "1" });
  });
});

describe("withOptions()", () => {
  test("returns a changed copy and leaves the client unchanged", async () => {
    const { onepay, sent } = recordingClient();
    const fetch = vi.fn(async () => Response.json({}));
    const copy = onepay.withOptions({ fetch, apiKey: "sk_live_2", baseUrl: "https://other.example" });
    await copy.customers.get("cus_1");
    await onepay.customers.get("cus_1");
    expect(copy).not.toBe(onepay);
    expect(copy.environment).toBe("live");
    expect(onepay.environment).toBe("test");
    expect(fetch).toHaveBeenCalledWith("https://other.example/customers/cus_1", expect.anything());
    expect(sent).toHaveLength(1);
  });

  test("keeps options that aren't named or undefined", async () => {
    const { onepay, sent, urls } = recordingClient({
      baseUrl: "https://api.example/v2",
      headers: { "x-a": "1" },
    });
    await onepay.withOptions({ apiKey: undefined, headers: undefined, timeout: 5 }).customers.get("cus_1");
    expect(urls).toEqual(["https://api.example/v2/customers/cus_1"]);
    expect(sent[0]).toMatchObject({ "x-a": "1", authorization: `Bearer ${apiKey}` });
  });

  test("adds headers and fetch options to those of the client, and removes a header with null", async () => {
    const { onepay, sent, inits } = recordingClient({
      headers: { "x-a": "1", "x-b": "2" },
      fetchOptions: { cache: "no-store" },
    });
    const copy = onepay.withOptions({
      headers: { "X-A": null, "x-c": "3" },
      fetchOptions: { keepalive: true },
    });
    await copy.withOptions({ headers: { "x-d": "4" } }).customers.get("cus_1");
    expect(sent[0]).toMatchObject({ "x-b": "2", "x-c": "3", "x-d": "4" });
    expect(sent[0]).not.toHaveProperty("x-a");
    expect(inits[0]).toMatchObject({ cache: "no-store", keepalive: true });
  });

  test("throws if an option is wrong or unknown", () => {
    const { onepay } = recordingClient();
    expect(() => onepay.withOptions({ timeout: -1 })).toThrow(/^OnePay\.withOptions: timeout must be /);
    expect(() => onepay.withOptions(untyped({ retries: 1 }))).toThrow(/unknown option "retries"/);
    expect(() => onepay.withOptions(5 as never)).toThrow(
      /^OnePay\.withOptions: the options must be an object/,
    );
  });

  test("keeps the API key and the base URL of the environment, even if that changed since", async () => {
    vi.stubEnv("ONEPAY_API_KEY", "sk_test_first");
    vi.stubEnv("ONEPAY_BASE_URL", "https://first.example");
    const { onepay, sent, urls } = recordingClient({ apiKey: undefined });
    vi.stubEnv("ONEPAY_API_KEY", undefined);
    vi.stubEnv("ONEPAY_BASE_URL", "https://second.example");
    await onepay.withOptions({ timeout: 5 }).customers.get("cus_1");
    expect(sent[0]?.authorization).toBe("Bearer sk_test_first");
    expect(urls).toEqual(["https://first.example/customers/cus_1"]);
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

test("options of the caller are never changed, and may be frozen", async () => {
  const headers = Object.freeze({ "X-A": "1" });
  const options = Object.freeze({ headers, timeout: 1_000 });
  const { onepay } = recordingClient(options);
  await onepay.customers.get("cus_1", options);
  onepay.withOptions(options);
  expect(options).toEqual({ headers: { "X-A": "1" }, timeout: 1_000 });
});

test("options that the caller changes later don't change the client or its copies", async () => {
  const headers = { "x-a": "1" };
  const fetchOptions = { cache: "no-store" };
  const { onepay, sent, inits } = recordingClient({ headers, fetchOptions });
  headers["x-a"] = "2";
  fetchOptions.cache = "reload";
  await onepay.customers.get("cus_1");
  await onepay.withOptions({}).customers.get("cus_1");
  expect(sent.map((sentHeaders) => sentHeaders["x-a"])).toEqual(["1", "1"]);
  expect(inits.map(({ cache }) => cache)).toEqual(["no-store", "no-store"]);
});
