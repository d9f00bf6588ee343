import fc from "fast-check";
import { createQuerySerializer } from "openapi-fetch";
import { describe, expect, test, vi } from "vitest";
import { readArguments } from "../../src/arguments.js";
import { OnePay } from "../../src/index.js";
import type { Fetch, Operation } from "../../src/types.js";
import { apiKey, customer, person, rejectionOf } from "./server.js";

/** A client whose types don't restrict the arguments, and the requests that it sends. */
function untypedClient() {
  const fetch = vi.fn<Fetch>(async () => Response.json([]));
  const { customers, customerSessions } = new OnePay({ apiKey, fetch }) as unknown as Record<
    "customers" | "customerSessions",
    Record<string, (...args: unknown[]) => Promise<unknown>>
  >;
  const call = (name: string, ...args: unknown[]) => {
    const method = customers[name] ?? customerSessions[name];
    if (!method) throw new Error(`There is no method ${name}.`);
    return method(...args);
  };
  return { call, fetch };
}

/** Calls a method that must reject with a TypeError and send nothing; returns the message. */
async function refusal(name: string, ...args: unknown[]): Promise<string> {
  const { call, fetch } = untypedClient();
  const error = await rejectionOf<Error>(call(name, ...args));
  expect(error).toBeInstanceOf(TypeError);
  expect(fetch).not.toHaveBeenCalled();
  return error.message;
}

const circular: Record<string, unknown> = {};
circular.self = circular;

describe("an id", () => {
  test.each([undefined, null, "", 1, {}, ["cus_1"], true, Symbol("cus_1")])(
    "is refused if it's %s instead of a string",
    async (id) => {
      expect(await refusal("get", id)).toMatch(/^customers\.get: customer_id must be a string with an id/);
    },
  );

  test.each(["zoraida@example.com", "@", "9900112233", "+573000000099", "٣٤٥", "1"])(
    "is refused if it looks like personal data: %s",
    async (id) => {
      const message = await refusal("get", id);
      expect(message).toMatch(
        /^customers\.get: customer_id looks like an e-mail address, a phone or a document/,
      );
      expect(message).toContain("Pass the id that OnePay returned in the field id.");
      if (id.length > 1) expect(message).not.toContain(id);
    },
  );

  test.each([
    ".",
    "..",
    "a/b",
    "a\\b",
    "a?b",
    "a#b",
    "a%2fb",
    "%2e%2e",
    "a b",
    "a\n",
    "a\u200b",
    "\u0000",
    "\ud800",
  ])("is refused if a character would change the path: %j", async (id) => {
    expect(await refusal("getBalance", id)).toMatch(
      /^customers\.getBalance: customer_id has a character that would change the path\./,
    );
  });

  test.each(["cus_1", "9da58912-101d-46f8-86c9-20a52119c0bf", "1a", "a.b", "...", "ñ&=+:日", "a:b"])(
    "may have any other form: %s",
    async (id) => {
      const { call, fetch } = untypedClient();
      await call("get", id);
      const path = new URL(fetch.mock.calls[0]?.[0] ?? "").pathname;
      expect(decodeURIComponent(path)).toBe(`/v1/customers/${id}`);
      expect(path.split("/")).toHaveLength(4);
    },
  );
});

describe("a request body", () => {
  test.each([
    ["undefined", undefined],
    ["null", null],
    ["a string", "{}"],
    ["a number", 1],
  ])("is refused if it's %s", async (_, body) => {
    expect(await refusal("create", body)).toBe(
      "customers.create: the request body is missing or isn't an object. Pass an object with its fields.",
    );
  });

  test.each([
    ["a FormData", new FormData()],
    ["a URLSearchParams", new URLSearchParams("a=1")],
    ["a Map", new Map([["amount", 1]])],
    ["a Set", new Set([1])],
    ["a buffer", new Uint8Array(2)],
  ])("is refused if it's %s, which JSON would empty", async (_, body) => {
    expect(await refusal("create", body)).toBe(
      "customers.create: the request body must be a plain object. Convert FormData or a Map with Object.fromEntries().",
    );
  });

  test("is refused if one of its fields is a Map", async () => {
    expect(await refusal("create", { address: new Map([["city", "Cali"]]) })).toContain(
      'field "address" must be a plain object',
    );
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
    "is refused if a number in it is %d, which JSON would turn into null",
    async (amount) => {
      expect(await refusal("topUp", "cus_1", { amount })).toBe(
        'customers.topUp: field "amount" of the request body must be a finite number.',
      );
      expect(await refusal("create", { items: [{ amount }] })).toContain('field "amount"');
    },
  );

  test("is refused if a Date in it is invalid, which JSON would turn into null", async () => {
    expect(await refusal("create", { birthdate: new Date("soon") })).toBe(
      'customers.create: field "birthdate" of the request body has no JSON value, such as an invalid Date.',
    );
  });

  test("may have a field that is null", async () => {
    const bodies: string[] = [];
    const fetch: Fetch = async (_, { body }) => {
      bodies.push(String(body));
      return Response.json(customer, { status: 201 });
    };
    await new OnePay({ apiKey, fetch }).customers.create({ ...person, nationality: null });
    expect(JSON.parse(bodies[0] ?? "")).toMatchObject({ nationality: null });
  });

  test.each<[string, unknown]>([
    ["contains itself", circular],
    ["contains a BigInt", { amount: 1n }],
    [
      "has a toJSON() that throws",
      {
        toJSON: () => {
          throw new Error("unreadable");
        },
      },
    ],
  ])("is refused if it %s", async (_, body) => {
    expect(await refusal("create", body)).toMatch(
      /^customers\.create: the request body can't be written as JSON/,
    );
  });

  test.each<[string, unknown]>([
    ["a string", "text"],
    ["nothing", undefined],
    ["null", null],
  ])("is refused if its toJSON() returns %s", async (_, value) => {
    expect(await refusal("create", { toJSON: () => value })).toMatch(/isn't an object/);
  });

  test.each<[string, object, string]>([
    ["a Date as ISO 8601", { at: new Date(0) }, '{"at":"1970-01-01T00:00:00.000Z"}'],
    ["null and an empty object", { a: null, b: {} }, '{"a":null,"b":{}}'],
    ["undefined as absent", { a: 1, b: undefined }, '{"a":1}'],
    [
      "an instance of a class",
      new (class Person {
        name = "Ana";
      })(),
      '{"name":"Ana"}',
    ],
    ["an object without a prototype", Object.assign(Object.create(null), { a: 1 }), '{"a":1}'],
  ])("may have %s", async (_, body, text) => {
    const { call, fetch } = untypedClient();
    await call("create", body);
    expect(fetch.mock.calls[0]?.[1].body).toBe(text);
  });

  test("keeps the cause of a failed conversion on the error", async () => {
    const { call } = untypedClient();
    const error = await rejectionOf<Error>(call("create", circular));
    expect(error.cause).toBeInstanceOf(TypeError);
  });

  test("that is optional may be missing, and must be an object otherwise", () => {
    const operation: Operation = {
      method: "post",
      path: "/payments",
      resource: "payments",
      name: "create",
      retry: "with-key",
      body: "optional",
    };
    expect(readArguments(operation, "payments.create", []).body).toBeUndefined();
    expect(readArguments(operation, "payments.create", [{ a: 1 }]).body).toBe('{"a":1}');
    expect(() => readArguments(operation, "payments.create", [1])).toThrow(TypeError);
  });
});

describe("a query", () => {
  const searchOf = async (query: unknown) => {
    const { call, fetch } = untypedClient();
    await call("list", query);
    return new URL(fetch.mock.calls[0]?.[0] ?? "").href.replace("https://api.onepay.la/v1/customers", "");
  };

  test("writes a filter as OnePay's lists do", async () => {
    expect(await searchOf({ sort: "-created_at", filter: { document_number: "1060500333" } })).toBe(
      "?sort=-created_at&filter[document_number]=1060500333",
    );
  });

  test.each([[undefined], [null], [{}], [{ page: undefined, sort: null, filter: {} }]])(
    "%j adds nothing to the URL",
    async (query) => {
      expect(await searchOf(query)).toBe("");
    },
  );

  test("keeps an empty string, zero and false", async () => {
    expect(await searchOf({ sort: "", filter: { a: 0, b: false } })).toBe(
      "?sort=&filter[a]=0&filter[b]=false",
    );
  });

  test("repeats the name for each value of a list", async () => {
    expect(await searchOf({ filter: { status: ["a", "b"] }, id: [1, 2] })).toBe(
      "?filter[status]=a&filter[status]=b&id=1&id=2",
    );
  });

  test("is encoded as openapi-fetch encodes it, and servers read back the same values", async () => {
    const value = fc.string({ unit: "grapheme" }).filter((text) => !/\p{Cs}/u.test(text));
    const name = fc.stringMatching(/^[a-z_]{1,8}$/);
    const anyQuery = fc.record(
      {
        page: fc.integer({ min: 1 }),
        per_page: fc.nat(),
        sort: value,
        filter: fc.dictionary(name, value, { minKeys: 1 }),
      },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(anyQuery, async (query) => {
        const search = await searchOf(query);
        const { filter, ...flat } = query;
        expect(search.replace("?", "")).toBe(createQuerySerializer()(query).replaceAll("'", "%27"));
        const pairs = [
          ...Object.entries(flat),
          ...Object.entries(filter ?? {}).map(([key, text]) => [`filter[${key}]`, text] as const),
        ];
        const read = new URLSearchParams(search);
        for (const [key, text] of pairs) expect(read.get(key)).toBe(String(text));
        expect([...read.keys()].sort()).toEqual(pairs.map(([key]) => key).sort());
      }),
    );
  });

  test("can't add another parameter through a name or a value", async () => {
    const search = await searchOf({ sort: "a&page=9", filter: { "x&page=9&y": "#2" }, "y&page=9&z": 1 });
    expect(new URLSearchParams(search).has("page")).toBe(false);
    expect(search).not.toContain("#");
  });

  test.each<[string, unknown]>([
    ["a URLSearchParams", new URLSearchParams("filter[document_number]=1")],
    ["a Map", new Map([["page", 1]])],
    ["an array", [["page", 1]]],
    ["a string", "page=1"],
    ["a number", 1],
  ])("is refused if it's %s", async (_, query) => {
    expect(await refusal("list", query)).toBe(
      "customers.list: the query must be a plain object. Convert URLSearchParams or a Map with Object.fromEntries().",
    );
  });

  test.each<[string, unknown]>([
    ["a Date", new Date(0)],
    ["a Map", new Map([["document_number", "1"]])],
    ["NaN", Number.NaN],
    ["Infinity", Number.POSITIVE_INFINITY],
    ["a BigInt", 1n],
    ["a function", () => "1"],
    ["a Symbol", Symbol("1")],
    ["a string with half of a character", "\ud800"],
  ])("is refused if a value is %s", async (_, value) => {
    const message = await refusal("list", { filter: { created_at: value } });
    expect(message).toMatch(
      /^customers\.list: query parameter filter\[created_at\] must be a string, a finite/,
    );
  });

  test("is refused if a name has half of a character", async () => {
    const message = "customers.list: the query has a name that can't be encoded.";
    expect(await refusal("list", { "\ud800": 1 })).toBe(message);
    expect(await refusal("list", { filter: { "\ud800": 1 } })).toBe(message);
  });

  test("is refused if it contains itself", async () => {
    expect(await refusal("list", { filter: circular })).toMatch(/is nested too deeply\.$/);
  });
});

describe("a numeric query parameter", () => {
  test.each([Number.NaN, 0, -1, 1.5, Number.POSITIVE_INFINITY, "", " 1", "two", "0", "1e3", true, [1], {}])(
    "page is refused if it's %j",
    async (page) => {
      expect(await refusal("list", { page })).toBe(
        "customers.list: page must be a whole number of at least 1.",
      );
      expect(await refusal("listCards", "cus_1", { page })).toMatch(/^customers\.listCards: page must be/);
    },
  );

  test.each([1, 2, "3", undefined, null])("page may be %j", async (page) => {
    const { call, fetch } = untypedClient();
    await call("list", { page });
    expect(fetch).toHaveBeenCalledOnce();
  });

  test.each([Number.NaN, 1.5, "many"])("per_page is refused if it's %j", async (per_page) => {
    expect(await refusal("listTransactions", "cus_1", { per_page })).toBe(
      "customers.listTransactions: per_page must be a whole number.",
    );
  });

  test.each([
    [{ minimum: 1, maximum: 100 }, 101, "a number from 1 to 100"],
    [{ minimum: 1, maximum: 100 }, 0.5, "a number from 1 to 100"],
    [{ maximum: 100 }, 101, "a number of at most 100"],
    [{ integer: true, minimum: 2 } as const, 1, "a whole number of at least 2"],
    [{}, "many", "a number"],
  ])("is checked against the bounds %j of the document: %j", (bounds, value, expected) => {
    const operation: Operation = {
      method: "get",
      path: "/payments",
      resource: "payments",
      name: "list",
      retry: "safe",
      query: "optional",
      numbers: { size: bounds },
    };
    const read = (size: unknown) => readArguments(operation, "payments.list", [{ size }]);
    expect(() => read(value)).toThrow(new TypeError(`payments.list: size must be ${expected}.`));
    expect(read(50).query).toEqual([["size", "50"]]);
    expect(read("50").query).toEqual([["size", "50"]]);
  });
});

describe("call options in the data", () => {
  test.each([
    "idempotencyKey",
    "customerToken",
    "timeout",
    "deadline",
    "maxRetries",
    "maxResponseBytes",
    "signal",
    "headers",
    "fetch",
    "fetchOptions",
    "onEvent",
    "responseCheck",
    "apiKey",
    "baseUrl",
    "retry",
  ])("are refused by name in a body: %s", async (option) => {
    const message = `${option} is an option, and it's in the body. Pass it in the last argument: { ${option} }.`;
    expect(await refusal("topUp", "cus_1", { amount: 5_000, [option]: "x" })).toBe(
      `customers.topUp: ${message}`,
    );
  });

  test("are refused by name in a query", async () => {
    expect(await refusal("list", { signal: AbortSignal.abort() })).toBe(
      "customers.list: signal is an option, and it's in the query. Pass it in the last argument: { signal }.",
    );
    expect(await refusal("listCards", "cus_1", { timeout: 5_000 })).toContain("timeout is an option");
  });

  test("are refused even if they are undefined, since the caller meant to set one", async () => {
    expect(await refusal("create", { ...person, idempotencyKey: undefined })).toContain("idempotencyKey");
  });

  test("aren't confused with the document's own fields", () => {
    const operation: Operation = {
      method: "post",
      path: "/webhooks",
      resource: "webhooks",
      name: "create",
      retry: "with-key",
      body: "required",
      ownFields: ["timeout", "headers"],
    };
    const { body } = readArguments(operation, "webhooks.create", [{ timeout: 1, headers: {} }]);
    expect(body).toBe('{"timeout":1,"headers":{}}');
    expect(() => readArguments(operation, "webhooks.create", [{ timeout: 1, signal: 1 }])).toThrow(
      /signal is an option/,
    );
  });
});

describe("too many arguments", () => {
  test("are refused, since options in the wrong place would have no effect", async () => {
    const message = "customers.get: too many arguments. The options are the last one.";
    expect(await refusal("get", "cus_1", {}, { timeout: 1 })).toBe(message);
    expect(await refusal("get", "cus_1", undefined, null)).toBe(message);
  });

  test("are accepted if they are undefined", async () => {
    const { call, fetch } = untypedClient();
    await call("get", "cus_1", undefined, undefined);
    expect(fetch).toHaveBeenCalledOnce();
  });
});

describe("arguments that the caller changes after the call", () => {
  test("have no effect on the request: body, options and headers", async () => {
    const { call, fetch } = untypedClient();
    const body = { amount: 5_000, details: { concept: "a" } };
    const options = {
      idempotencyKey: "order:1",
      headers: { "x-a": "1" },
      fetchOptions: { cache: "no-store" },
    };
    const promise = call("topUp", "cus_1", body, options);
    body.amount = 9_000;
    body.details.concept = "b";
    options.idempotencyKey = "order:2";
    options.headers["x-a"] = "2";
    options.fetchOptions.cache = "reload";
    await promise;
    const init = fetch.mock.calls[0]?.[1];
    expect(init?.body).toBe('{"amount":5000,"details":{"concept":"a"}}');
    expect(init?.headers).toMatchObject({ "x-idempotency": "order:1", "x-a": "1" });
    expect(init).toMatchObject({ cache: "no-store" });
  });

  test("have no effect on a retry", async () => {
    vi.spyOn(Math, "random").mockReturnValue(0);
    const body = { amount: 5_000 };
    const options = { idempotencyKey: "order:1", headers: { "x-a": "1" } };
    const received: unknown[] = [];
    const fetch: Fetch = async (_url, init) => {
      received.push({ ...init.headers, body: init.body });
      body.amount += 1;
      options.idempotencyKey = "order:2";
      options.headers["x-a"] = "2";
      init.headers["x-a"] = "changed by fetch";
      return Response.json({}, { status: received.length < 3 ? 503 : 201 });
    };
    await new OnePay({ apiKey, fetch }).customers.topUp("cus_1", body, options);
    expect(received).toHaveLength(3);
    for (const request of received)
      expect(request).toMatchObject({ "x-idempotency": "order:1", "x-a": "1", body: '{"amount":5000}' });
  });

  test("have no effect on the later pages of a list", async () => {
    const customers = ["A", "B", "C"].flatMap((status) =>
      [1, 2, 3].map((number) => ({ id: `${status}${number}`, status })),
    );
    const fetch: Fetch = async (url) => {
      const { searchParams } = new URL(url);
      const page = Number(searchParams.get("page") ?? 1);
      const matches = customers.filter(({ status }) => status === searchParams.get("filter[status]"));
      return Response.json({ data: matches.slice(page - 1, page), current_page: page, last_page: 3 });
    };
    const onepay = new OnePay({ apiKey, fetch });
    const query = { filter: { status: "" } };
    const lists: Promise<{ id: string }[]>[] = [];
    for (const status of ["A", "B", "C"]) {
      query.filter.status = status;
      lists.push(onepay.customers.list(query).toArray({ limit: 100 }));
    }
    const ids = (await Promise.all(lists)).map((list) => list.map(({ id }) => id).join(" "));
    expect(ids).toEqual(["A1 A2 A3", "B1 B2 B3", "C1 C2 C3"]);
  });

  test("have no effect on the options of the later pages", async () => {
    const received: unknown[] = [];
    const fetch: Fetch = async (_url, { headers }) => {
      received.push(headers["x-a"]);
      return Response.json({ data: [{ id: "a" }], current_page: received.length, last_page: 2 });
    };
    const options: Record<string, unknown> & { headers: Record<string, string> } = {
      headers: { "x-a": "1" },
    };
    const first = await new OnePay({ apiKey, fetch }).customers.list({}, options);
    options.headers["x-a"] = "2";
    options.signal = AbortSignal.abort();
    await first.getNextPage();
    expect(received).toEqual(["1", "1"]);
  });
});
