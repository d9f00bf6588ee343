import fc from "fast-check";
import { createQuerySerializer } from "openapi-fetch";
import { afterEach, describe, expect, test, vi } from "vitest";
import { readArguments } from "../../src/arguments.js";
import { OnePay } from "../../src/index.js";
import type { Fetch, Operation } from "../../src/types.js";
import { recordingClients, refusal, type Untyped } from "./clients.js";
import { apiKey, person } from "./server.js";

/** The request that a method of the customers sends. */
async function requestOf(name: string, ...args: unknown[]) {
  const { onepay, sent } = recordingClients({}, () => Response.json([]));
  await (onepay as Untyped).customers[name](...args);
  expect(sent).toHaveLength(1);
  return { ...sent[0], url: sent[0]?.url ?? "" };
}

/** The message with which a method of the customers refuses its arguments before it sends anything. */
const refusalOf = (name: string, ...args: unknown[]) =>
  refusal(({ onepay }) => onepay.customers[name](...args));

afterEach(() => vi.restoreAllMocks());

const payment = {
  method: "post",
  path: "/payments",
  resource: "payments",
  name: "create",
  retry: "with-key",
} as const;

const circular: Record<string, unknown> = {};
circular.self = circular;

describe("an id", () => {
  const noId = /^customers\.getBalance: customer_id must be a string with an id/;
  const personal = /^customers\.getBalance: customer_id looks like an e-mail address, a phone or a document/;
  const otherPath = /^customers\.getBalance: customer_id has a character that would change the path\./;
  test.each<[string, RegExp, unknown[]]>([
    ["isn't a string", noId, [undefined, null, "", 1, {}, ["cus_1"], true, Symbol("cus_1")]],
    [
      "looks like personal data",
      personal,
      ["zoraida@example.com", "9900112233", "+573000000099", "٣٤٥", "@", "1"],
    ],
    ["is a relative path", otherPath, [".", "..", "%2e%2e"]],
    ["has a delimiter of a URL", otherPath, ["a/b", "a\\b", "a?b", "a#b", "a%2fb"]],
    ["has a space or an invisible character", otherPath, ["a b", "a\n", "a\u200b", "\u0000", "\ud800"]],
  ])("is refused without the id if it %s", async (_, problem, ids) => {
    for (const id of ids) {
      const message = await refusalOf("getBalance", id);
      expect(message, String(id)).toMatch(problem);
      if (typeof id === "string" && id.length > 3) expect(message).not.toContain(id);
    }
  });

  test.each(["cus_1", "9da58912-101d-46f8-86c9-20a52119c0bf", "1a", "a.b", "...", "ñ&=+:日", "a:b"])(
    "may have any other form: %s",
    async (id) => {
      const path = new URL((await requestOf("get", id)).url).pathname;
      expect(decodeURIComponent(path)).toBe(`/v1/customers/${id}`);
      expect(path.split("/")).toHaveLength(4);
    },
  );
});

describe("a request body", () => {
  const missing = /^customers\.create: the request body is missing or isn't an object/;
  const collection =
    /^customers\.create: the request body must be a plain object\. Convert FormData or a Map/;
  const notFinite = 'customers.create: field "amount" of the request body must be a finite number.';
  const noJson = "customers.create: the request body can't be written as JSON";
  const toJSON = () => {
    throw new Error("unreadable");
  };
  test.each<[string, unknown, string | RegExp]>([
    ["undefined", undefined, missing],
    ["null", null, missing],
    ["a string", "{}", missing],
    ["a number", 1, missing],
    ["a FormData", new FormData(), collection],
    ["a URLSearchParams", new URLSearchParams("a=1"), collection],
    ["a Map", new Map([["amount", 1]]), collection],
    ["a Set", new Set([1]), collection],
    ["a buffer", new Uint8Array(2), collection],
    [
      "an object with a Map in it",
      { address: new Map([["city", "Cali"]]) },
      'field "address" must be a plain object',
    ],
    ["an object with NaN in it", { amount: Number.NaN }, notFinite],
    ["an object with Infinity in it", { amount: Number.POSITIVE_INFINITY }, notFinite],
    ["an object with -Infinity deep in it", { items: [{ amount: Number.NEGATIVE_INFINITY }] }, notFinite],
    [
      "an object with an invalid Date in it",
      { at: new Date("soon") },
      'field "at" of the request body has no JSON value',
    ],
    ["an object that contains itself", circular, noJson],
    ["an object with a BigInt in it", { amount: 1n }, noJson],
    ["an object whose toJSON() throws", { toJSON }, noJson],
    ["an object whose toJSON() returns a string", { toJSON: () => "text" }, "isn't an object"],
    ["an object whose toJSON() returns nothing", { toJSON: () => undefined }, "isn't an object"],
    ["an object whose toJSON() returns null", { toJSON: () => null }, "isn't an object"],
  ])("is refused if it's %s, since JSON would change it", async (_, body, problem) => {
    expect(await refusalOf("create", body)).toMatch(problem);
  });

  test.each<[string, object, string]>([
    ["a Date as ISO 8601", { at: new Date(0) }, '{"at":"1970-01-01T00:00:00.000Z"}'],
    ["null and an empty object", { a: null, b: {} }, '{"a":null,"b":{}}'],
    ["undefined as absent", { a: 1, b: undefined }, '{"a":1}'],
    ["an instance of a class", Object.assign(new (class Person {})(), { name: "Ana" }), '{"name":"Ana"}'],
    ["an object without a prototype", Object.assign(Object.create(null), { a: 1 }), '{"a":1}'],
  ])("may have %s", async (_, body, text) => {
    expect((await requestOf("create", body)).body).toBe(text);
  });

  test("keeps the cause of a failed conversion on the error", async () => {
    const error = await new OnePay({ apiKey }).customers
      .create(circular as Untyped)
      .catch((reason) => reason);
    expect(error.cause).toBeInstanceOf(TypeError);
  });

  test("that is optional may be missing, and must be an object otherwise", () => {
    const operation: Operation = { ...payment, body: "optional" };
    expect(readArguments(operation, "payments.create", []).body).toBeUndefined();
    expect(readArguments(operation, "payments.create", [{ a: 1 }]).body).toBe('{"a":1}');
    expect(() => readArguments(operation, "payments.create", [1])).toThrow(TypeError);
  });
});

describe("a query", () => {
  const searchOf = async (query: unknown) =>
    (await requestOf("list", query)).url.replace("https://api.onepay.la/v1/customers", "");

  test.each<[string, unknown, string]>([
    ["undefined adds nothing", undefined, ""],
    ["null adds nothing", null, ""],
    ["an empty object adds nothing", {}, ""],
    ["undefined, null and an empty filter add nothing", { page: undefined, sort: null, filter: {} }, ""],
    [
      "a filter has brackets",
      { sort: "-at", filter: { document_number: "1" } },
      "?sort=-at&filter[document_number]=1",
    ],
    [
      "an empty string, zero and false are kept",
      { sort: "", filter: { a: 0, b: false } },
      "?sort=&filter[a]=0&filter[b]=false",
    ],
    [
      "a list repeats its name",
      { filter: { status: ["a", "b"] }, id: [1, 2] },
      "?filter[status]=a&filter[status]=b&id=1&id=2",
    ],
  ])("is written as OnePay's lists expect it: %s", async (_, query, search) => {
    expect(await searchOf(query)).toBe(search);
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
        expect(search.replace("?", "")).toBe(createQuerySerializer()(query));
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

  const notPlain = /^customers\.list: the query must be a plain object\. Convert URLSearchParams or a Map/;
  const notWritable = /^customers\.list: query parameter filter\[at\] must be a string, a finite number/;
  const lone = "customers.list: the query has a name that can't be encoded.";
  const at = (value: unknown) => ({ filter: { at: value } });
  test.each<[string, unknown, string | RegExp]>([
    ["it's a URLSearchParams", new URLSearchParams("filter[document_number]=1"), notPlain],
    ["it's a Map", new Map([["page", 1]]), notPlain],
    ["it's an array", [["page", 1]], notPlain],
    ["it's a string", "page=1", notPlain],
    ["it's a number", 1, notPlain],
    ["a value is a Date", at(new Date(0)), notWritable],
    ["a value is a Map", at(new Map([["document_number", "1"]])), notWritable],
    ["a value is NaN", at(Number.NaN), notWritable],
    ["a value is Infinity", at(Number.POSITIVE_INFINITY), notWritable],
    ["a value is a BigInt", at(1n), notWritable],
    ["a value is a function", at(() => "1"), notWritable],
    ["a value is a Symbol", at(Symbol("1")), notWritable],
    ["a value has half of a character", at("\ud800"), notWritable],
    ["a name has half of a character", { "\ud800": 1 }, lone],
    ["a name in a filter has half of a character", { filter: { "\ud800": 1 } }, lone],
    ["it contains itself", { filter: circular }, /is nested too deeply\.$/],
  ])("is refused if %s", async (_, query, problem) => {
    expect(await refusalOf("list", query)).toMatch(problem);
  });
});

describe("a numeric query parameter", () => {
  test.each([Number.NaN, 0, -1, 1.5, Number.POSITIVE_INFINITY, "", " 1", "two", "0", "1e3", true, [1], {}])(
    "page is refused if it's %j",
    async (page) => {
      const problem = "page must be a whole number of at least 1.";
      const query = { params: { query: { page } } };
      expect(await refusalOf("list", { page })).toBe(`customers.list: ${problem}`);
      expect(await refusalOf("listCards", "cus_1", { page })).toBe(`customers.listCards: ${problem}`);
      expect(await refusal(({ client }) => client.GET("/customers", query))).toBe(
        `GET /customers: ${problem}`,
      );
    },
  );

  test.each([1, 2, "3", undefined, null])("page may be %j", async (page) => {
    expect((await requestOf("list", { page })).url).toMatch(page ? `?page=${page}` : /customers$/);
  });

  test.each([Number.NaN, 1.5, "many"])("per_page is refused if it's %j", async (per_page) => {
    expect(await refusalOf("listTransactions", "cus_1", { per_page })).toBe(
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
    const operation: Operation = { ...payment, method: "get", query: "optional", numbers: { size: bounds } };
    const read = (size: unknown) => readArguments(operation, "payments.list", [{ size }]);
    expect(() => read(value)).toThrow(new TypeError(`payments.list: size must be ${expected}.`));
    expect(read(50).query).toEqual([["size", "50"]]);
    expect(read("50").query).toEqual([["size", "50"]]);
  });
});

describe("call options in the data", () => {
  const headerOptions = ["idempotencyKey", "customerToken", "headers"];
  const limits = ["timeout", "deadline", "maxRetries", "maxResponseBytes", "signal", "retry"];
  const others = ["fetch", "fetchOptions", "onEvent", "responseCheck", "apiKey", "baseUrl"];
  test.each([...headerOptions, ...limits, ...others])("are refused by name: %s", async (option) => {
    const problem = (place: string) =>
      `${option} is an option, and it's in the ${place}. Pass it in the last argument: { ${option} }.`;
    const body = { amount: 5_000, [option]: "x" };
    const query = { params: { query: { [option]: "x" } } };
    expect(await refusalOf("topUp", "cus_1", body)).toBe(`customers.topUp: ${problem("body")}`);
    expect(await refusalOf("list", { [option]: "x" })).toBe(`customers.list: ${problem("query")}`);
    expect(await refusal(({ client }) => client.POST("/customers", { body }))).toContain(problem("body"));
    expect(await refusal(({ client }) => client.GET("/customers", query))).toContain(problem("query"));
  });

  test("are refused even if they are undefined, since the caller meant to set one", async () => {
    const body = { ...person, idempotencyKey: undefined };
    expect(await refusalOf("create", body)).toContain("idempotencyKey is an option");
  });

  test("aren't confused with the document's own fields", () => {
    const operation: Operation = { ...payment, body: "required", ownFields: ["timeout", "headers"] };
    const read = (body: object) => readArguments(operation, "payments.create", [body]).body;
    expect(read({ timeout: 1, headers: {} })).toBe('{"timeout":1,"headers":{}}');
    expect(() => read({ timeout: 1, signal: 1 })).toThrow(/signal is an option/);
  });
});

describe("too many arguments", () => {
  test("are refused, since options in the wrong place would have no effect", async () => {
    const message = "customers.get: too many arguments. The options are the last one.";
    expect(await refusalOf("get", "cus_1", {}, { timeout: 1 })).toBe(message);
    expect(await refusalOf("get", "cus_1", undefined, null)).toBe(message);
  });

  test("are accepted if they are undefined", async () => {
    expect((await requestOf("get", "cus_1", undefined, undefined)).method).toBe("GET");
  });
});

describe("arguments that the caller changes after the call", () => {
  test("have no effect on the request or a retry: body, options and headers", async () => {
    vi.spyOn(Math, "random").mockReturnValue(0);
    const body = { amount: 5_000, concept: "a", details: { concept: "a" } };
    const [headers, fetchOptions] = [{ "x-a": "1" }, { cache: "no-store" }];
    const options = { idempotencyKey: "order:1", headers, fetchOptions };
    const change = () => {
      body.amount += 1;
      body.details.concept = "b";
      options.idempotencyKey = "order:2";
      headers["x-a"] = "2";
      fetchOptions.cache = "reload";
    };
    const received: unknown[] = [];
    const fetch: Fetch = async (_url, init) => {
      received.push({ ...init, headers: { ...init.headers } });
      change();
      init.headers["x-a"] = "changed by fetch";
      return Response.json({}, { status: received.length < 3 ? 503 : 201 });
    };
    const call = new OnePay({ apiKey, fetch }).customers.topUp("cus_1", body, options);
    change();
    await call;
    expect(received).toHaveLength(3);
    for (const request of received) {
      expect(request).toMatchObject({
        body: '{"amount":5000,"concept":"a","details":{"concept":"a"}}',
        cache: "no-store",
        headers: { "x-idempotency": "order:1", "x-a": "1" },
      });
    }
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
