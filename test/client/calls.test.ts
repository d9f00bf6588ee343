import fc from "fast-check";
import { createQuerySerializer } from "openapi-fetch";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import document from "../../generated/openapi.json" with { type: "json" };
import { OnePay, OnePayError } from "../../src/index.js";
import type { Fetch, OnePayPromise } from "../../src/types.js";
import { apiKey, clientOf, customer, faultOf, person, reply, serve } from "./server.js";

const session = { phone: "+573000000099", otp: "123456" };
const charge = { payment_method_id: "pm_1", amount: 100, currency: "COP", description: "Tea" } as const;
const token = { customerToken: "12|token" };

/** Every operation of the document: how it is called, and what arrives. */
const calls: [
  operation: string,
  path: string,
  call: (onepay: OnePay) => OnePayPromise<unknown>,
  body?: object,
][] = [
  ["GET /customers", "", ({ customers }) => customers.list()],
  ["POST /customers", "", ({ customers }) => customers.create(person), person],
  ["GET /customers/{customer_id}", "/customers/cus_1", ({ customers }) => customers.get("cus_1")],
  ["DELETE /customers/{customer_id}", "/customers/cus_1", ({ customers }) => customers.delete("cus_1")],
  [
    "GET /customers/{customer_id}/balance",
    "/customers/cus_1/balance",
    ({ customers }) => customers.getBalance("cus_1"),
  ],
  [
    "GET /customers/{customer_id}/transactions",
    "/customers/cus_1/transactions?page=2&per_page=5",
    ({ customers }) => customers.listTransactions("cus_1", { page: 2, per_page: 5 }),
  ],
  [
    "POST /customers/{customer_id}/transactions",
    "/customers/cus_1/transactions",
    ({ customers }) => customers.createTransaction("cus_1", { amount: 1_000 }),
    { amount: 1_000 },
  ],
  [
    "GET /customers/{customer_id}/accounts",
    "/customers/cus_1/accounts",
    ({ customers }) => customers.listAccounts("cus_1", {}),
  ],
  [
    "GET /customers/{customer_id}/cards",
    "/customers/cus_1/cards",
    ({ customers }) => customers.listCards("cus_1", undefined, {}),
  ],
  ["POST /customers/login/verify", "", ({ customerSessions }) => customerSessions.verify(session), session],
  [
    "GET /customers/session/payment-methods",
    "",
    ({ customerSessions }) => customerSessions.listPaymentMethods(token),
  ],
  [
    "POST /customers/session/charges",
    "",
    ({ customerSessions }) => customerSessions.createCharge(charge, token),
    charge,
  ],
];

describe("a call", () => {
  test("is tried here for every operation of the document", () => {
    const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods)
        .filter((method) => ["get", "post", "put", "patch", "delete"].includes(method))
        .map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(calls.map(([operation]) => operation).sort()).toEqual(operations.sort());
  });

  test.each(calls)(
    "%s arrives with its method, its path and its body",
    async (operation, path, call, body) => {
      const [method, template = ""] = operation.split(" ");
      const server = await serve(reply(200, { data: [] }));
      await call(clientOf(server));
      expect(server.requests).toEqual([
        expect.objectContaining({
          method,
          path: `/v1${path || template}`,
          body: body ? JSON.stringify(body) : "",
        }),
      ]);
    },
  );

  test.each(calls)(
    "%s carries the headers that it needs, and no others",
    async (operation, _path, call, body) => {
      const fetch = vi.fn<Fetch>(async () => Response.json({ data: [] }));
      await call(new OnePay({ apiKey, fetch }));
      const isKeyed = body && !operation.endsWith("verify");
      expect(fetch.mock.calls[0]?.[1].headers).toEqual({
        accept: "application/json",
        authorization: `Bearer ${apiKey}`,
        ...(body && { "content-type": "application/json" }),
        ...(isKeyed && {
          "x-idempotency": expect.stringMatching(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/),
        }),
        ...(operation.includes("/session/") && { "x-customer-token": "12|token" }),
      });
    },
  );

  test("goes to fetch as a URL and a plain init that follows no redirect, never as a Request", async () => {
    const fetch = vi.fn<Fetch>(async () => Response.json({}));
    await new OnePay({ apiKey, fetch }).customers.create(person);
    expect(fetch.mock.calls[0]).toEqual([
      "https://api.onepay.la/v1/customers",
      {
        method: "POST",
        headers: expect.any(Object),
        body: JSON.stringify(person),
        redirect: "manual",
        signal: expect.any(AbortSignal),
      },
    ]);
  });

  test("gives the plain data, whatever the status of the success", async () => {
    const server = await serve(reply(200, customer), reply(201, customer), reply(299, customer));
    const { customers } = clientOf(server);
    expect(await customers.get("cus_1")).toEqual(customer);
    expect(await customers.create(person)).toEqual(customer);
    expect(await customers.create(person)).toEqual(customer);
  });

  test.each([[null], [0], [""], [false], [[]]])(
    "gives %j where that is what the server says",
    async (data) => {
      const fetch: Fetch = async () => Response.json(data);
      expect(await new OnePay({ apiKey, fetch }).customers.get("cus_1")).toEqual(data);
    },
  );

  test("works when its method is taken off the client", async () => {
    const server = await serve(reply(200, customer));
    const { get } = clientOf(server).customers;
    expect(await get("cus_1")).toEqual(customer);
  });

  test("leaves alone what stands after its options", async () => {
    const fetch = vi.fn<Fetch>(async () => Response.json(customer));
    const get = new OnePay({ apiKey, fetch }).customers.get as (...args: unknown[]) => Promise<unknown>;
    await get("cus_1", { headers: { "x-a": "1" } }, { headers: { "x-a": "2" } });
    expect(fetch.mock.calls[0]?.[1].headers).toMatchObject({ "x-a": "1" });
  });

  test("uses the fetch that is the global one when it is made", async () => {
    const onepay = new OnePay({ apiKey });
    vi.stubGlobal("fetch", async () => Response.json(customer));
    expect(await onepay.customers.get("cus_1")).toEqual(customer);
    vi.unstubAllGlobals();
  });

  test("keeps odd characters of an id in its one segment", async () => {
    const server = await serve(reply(200, customer));
    await clientOf(server).customers.get("ñ&=+:@日");
    expect(decodeURIComponent(server.requests[0]?.path ?? "")).toBe("/v1/customers/ñ&=+:@日");
  });
});

describe("a query", () => {
  const pathOf = async (query: object) => {
    const fetch = vi.fn<Fetch>(async () => Response.json([]));
    await new OnePay({ apiKey, fetch }).customers.list(query);
    return fetch.mock.calls[0]?.[0].replace("https://api.onepay.la/v1/customers", "");
  };

  test("spells a filter as OnePay's lists do", async () => {
    expect(await pathOf({ sort: "-created_at", filter: { document_number: "1060500333" } })).toBe(
      "?sort=-created_at&filter[document_number]=1060500333",
    );
  });

  test("leaves out what is undefined or null, and itself where nothing is left", async () => {
    expect(await pathOf({ page: undefined, sort: null, filter: {} })).toBe("");
    expect(await pathOf({ page: 0, sort: "" })).toBe("?page=0&sort=");
  });

  test("says a list as many times as it has values", async () => {
    expect(await pathOf({ filter: { status: ["a", "b"] }, id: [1, 2] })).toBe(
      "?filter[status]=a&filter[status]=b&id=1&id=2",
    );
  });

  test("says the same at both doors, and arrives as it was meant", async () => {
    const value = fc.string({ unit: "grapheme" }).filter((text) => !/\p{Cs}/u.test(text));
    const name = fc.stringMatching(/^[a-z_]{1,8}$/);
    const query = fc.record(
      { page: fc.nat(), per_page: fc.nat(), sort: value, filter: fc.dictionary(name, value, { minKeys: 1 }) },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(query, async (asked) => {
        const path = (await pathOf(asked)) ?? "";
        const { filter, ...flat } = asked;
        expect(path.replace("?", "")).toBe(createQuerySerializer()(asked));
        const pairs = [
          ...Object.entries(flat),
          ...Object.entries(filter ?? {}).map(([key, text]) => [`filter[${key}]`, text] as const),
        ];
        const read = new URLSearchParams(path);
        for (const [key, text] of pairs) expect(read.get(key)).toBe(String(text));
        expect([...read.keys()].sort()).toEqual(pairs.map(([key]) => key).sort());
      }),
    );
  });

  test("cannot smuggle in another parameter through a name or a value", async () => {
    const path = await pathOf({ sort: "a&page=9", filter: { "x&page=9&y": "#2" }, "y&page=9&z": 1 });
    expect(new URLSearchParams(path).has("page")).toBe(false);
    expect(path).not.toContain("#");
  });
});

describe("withResponse", () => {
  test("gives the data with the response, the key and the number of attempts", async () => {
    const server = await serve(reply(201, customer, { "x-request-id": "req_1" }));
    const { response, ...told } = await clientOf(server)
      .customers.create(person, { idempotencyKey: "order:1" })
      .withResponse();
    expect(response.status).toBe(201);
    expect(response.headers.get("x-request-id")).toBe("req_1");
    expect(told).toEqual({ data: customer, idempotencyKey: "order:1", attempts: 1 });
  });

  test("gives nothing beside them, for a single thing and for a page", async () => {
    const onepay = new OnePay({ apiKey, fetch: async () => Response.json({ data: [] }) });
    for (const call of [onepay.customers.get("cus_1"), onepay.customers.list()] as OnePayPromise<unknown>[])
      expect(Object.keys(await call.withResponse()).sort()).toEqual([
        "attempts",
        "data",
        "idempotencyKey",
        "response",
      ]);
  });

  test("counts the attempts, and gives the response of the last one", async () => {
    vi.spyOn(Math, "random").mockReturnValue(0);
    const server = await serve(reply(503), reply(200, customer));
    const { response, attempts, idempotencyKey } = await clientOf(server)
      .customers.get("cus_1")
      .withResponse();
    expect({ status: response.status, attempts, idempotencyKey }).toEqual({
      status: 200,
      attempts: 2,
      idempotencyKey: undefined,
    });
  });

  test("is the same call, however often it is asked", async () => {
    const server = await serve(reply(200, customer));
    const call = clientOf(server).customers.get("cus_1");
    const [one, other] = [await call.withResponse(), await call.withResponse()];
    expect(one.data).toBe(await call);
    expect(other.data).toBe(one.data);
    expect(server.requests).toHaveLength(1);
  });

  test("rejects with the error of the call", async () => {
    const server = await serve(reply(404));
    const call = clientOf(server).customers.get("cus_1");
    const error = await faultOf(call.withResponse());
    expect(error).toBeInstanceOf(OnePayError);
    expect(error).toBe(await faultOf(call));
  });

  test("gives a page where the call is a list", async () => {
    const server = await serve(reply(200, { data: [customer] }));
    const { data, attempts } = await clientOf(server).customers.list().withResponse();
    expect(data.items).toEqual([customer]);
    expect(attempts).toBe(1);
  });

  describe("of a call that fails leaves no rejection behind", () => {
    let unhandled: unknown[];
    const heard = (reason: unknown) => void unhandled.push(reason);
    beforeEach(() => {
      unhandled = [];
      process.on("unhandledRejection", heard);
    });
    afterEach(() => {
      process.off("unhandledRejection", heard);
    });

    test.each([
      ["the plain call", (call: OnePayPromise<unknown>) => faultOf(call)],
      ["withResponse alone", (call: OnePayPromise<unknown>) => faultOf(call.withResponse())],
    ])("that is caught at %s", async (_, caught) => {
      const onepay = new OnePay({ apiKey, fetch: async () => new Response(null, { status: 404 }) });
      await caught(onepay.customers.get("cus_1"));
      await caught(onepay.customers.list());
      await caught(onepay.customers.get(""));
      await new Promise((resolve) => setTimeout(resolve, 5));
      expect(unhandled).toEqual([]);
    });
  });
});

describe("a method", () => {
  const onepay = new OnePay({ apiKey, fetch: async () => Response.json({ data: [] }) });
  const methods = [onepay.customers, onepay.customerSessions].flatMap((resource) =>
    Object.values(resource),
  ) as ((...args: unknown[]) => OnePayPromise<unknown>)[];

  test("never throws: whatever it is given, it gives a promise", async () => {
    const args = fc.array(fc.oneof(fc.anything(), fc.constant(Symbol("s")), fc.bigInt()), { maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...methods), args, async (method, given) => {
        const promise = method(...given);
        expect(promise).toBeInstanceOf(Promise);
        await promise.catch((fault: unknown) => expect(fault).toBeInstanceOf(Error));
      }),
      { numRuns: 300 },
    );
  });

  test.each<[what: string, body: () => unknown]>([
    [
      "holds itself",
      () => {
        const body: Record<string, unknown> = {};
        body.self = body;
        return body;
      },
    ],
    ["holds a bigint", () => ({ amount: 1n })],
    [
      "throws when it is read",
      () => ({
        toJSON: () => {
          throw new Error("unreadable");
        },
      }),
    ],
  ])("rejects a body that %s, and sends nothing", async (_, body) => {
    const fetch = vi.fn();
    const create = new OnePay({ apiKey, fetch }).customers.create as (body: unknown) => Promise<unknown>;
    expect(await faultOf(create(body()))).toBeInstanceOf(Error);
    expect(fetch).not.toHaveBeenCalled();
  });
});
