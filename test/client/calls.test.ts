import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import document from "../../generated/openapi.json" with { type: "json" };
import { OnePay, OnePayError } from "../../src/index.js";
import type { Fetch, OnePayPromise } from "../../src/types.js";
import {
  apiKey,
  clientOf,
  customer,
  fetchWith,
  person,
  rejectionOf,
  reply,
  serve,
  unhandledRejections,
} from "./server.js";

const session = { phone: "+573000000099", otp: "123456" };
const charge = { payment_method_id: "pm_1", amount: 100, currency: "COP", description: "Tea" } as const;
const token = { customerToken: "12|token" };

/** Every operation of the document: how it's called, and the request that the server receives. */
const calls: [
  operation: string,
  request: { readonly path?: string; readonly body?: object },
  call: (onepay: OnePay) => OnePayPromise<unknown>,
][] = [
  ["GET /customers", {}, ({ customers }) => customers.list()],
  ["POST /customers", { body: person }, ({ customers }) => customers.create(person)],
  ["GET /customers/{customer_id}", { path: "/customers/cus_1" }, ({ customers }) => customers.get("cus_1")],
  [
    "DELETE /customers/{customer_id}",
    { path: "/customers/cus_1" },
    ({ customers }) => customers.delete("cus_1"),
  ],
  [
    "GET /customers/{customer_id}/balance",
    { path: "/customers/cus_1/balance" },
    ({ customers }) => customers.getBalance("cus_1"),
  ],
  [
    "GET /customers/{customer_id}/transactions",
    { path: "/customers/cus_1/transactions?page=2&per_page=5" },
    ({ customers }) => customers.listTransactions("cus_1", { page: 2, per_page: 5 }),
  ],
  [
    "POST /customers/{customer_id}/transactions",
    { path: "/customers/cus_1/transactions", body: { amount: 1_000 } },
    ({ customers }) => customers.topUp("cus_1", { amount: 1_000 }),
  ],
  [
    "GET /customers/{customer_id}/accounts",
    { path: "/customers/cus_1/accounts" },
    ({ customers }) => customers.listAccounts("cus_1", {}),
  ],
  [
    "GET /customers/{customer_id}/cards",
    { path: "/customers/cus_1/cards" },
    ({ customers }) => customers.listCards("cus_1", undefined, {}),
  ],
  [
    "POST /customers/login/verify",
    { body: session },
    ({ customerSessions }) => customerSessions.verify(session),
  ],
  [
    "GET /customers/session/payment-methods",
    {},
    ({ customerSessions }) => customerSessions.listPaymentMethods(token),
  ],
  [
    "POST /customers/session/charges",
    { body: charge },
    ({ customerSessions }) => customerSessions.createCharge(charge, token),
  ],
  [
    "GET /customers/session/charges/{charge_id}",
    { path: "/customers/session/charges/ch_1" },
    ({ customerSessions }) => customerSessions.getCharge("ch_1", token),
  ],
];

describe("methods of the client", () => {
  test("cover every operation of the document", () => {
    const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods)
        .filter((method) => ["get", "post", "put", "patch", "delete"].includes(method))
        .map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(calls.map(([operation]) => operation).sort()).toEqual(operations.sort());
  });

  test.each(calls)("send %s with its method, path and body", async (operation, request, call) => {
    const [method, template] = operation.split(" ");
    const { path = template, body } = request;
    const server = await serve(reply(200, { data: [] }));
    await call(clientOf(server));
    expect(server.requests).toEqual([
      expect.objectContaining({ method, path: `/v1${path}`, body: body ? JSON.stringify(body) : "" }),
    ]);
  });

  test.each(calls)(
    "send %s with the headers that it needs, and no others",
    async (operation, { body }, call) => {
      const fetch = vi.fn<Fetch>(async () => Response.json({ data: [] }));
      await call(new OnePay({ apiKey, fetch }));
      const hasIdempotencyKey = body && !operation.endsWith("verify");
      expect(fetch.mock.calls[0]?.[1].headers).toEqual({
        accept: "application/json",
        authorization: `Bearer ${apiKey}`,
        ...(body && { "content-type": "application/json" }),
        ...(hasIdempotencyKey && {
          "x-idempotency": expect.stringMatching(
            /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/,
          ),
        }),
        ...(operation.includes("/session/") && { "x-customer-token": "12|token" }),
      });
    },
  );

  test("call fetch with a URL and a plain init that follows no redirect, never with a Request", async () => {
    const fetch = vi.fn<Fetch>(async () => Response.json({}));
    await new OnePay({ apiKey, fetch }).customers.create(person);
    const [url, init] = fetch.mock.calls[0] ?? [];
    expect(url).toBe("https://api.onepay.la/v1/customers");
    expect({ ...init }).toEqual({
      method: "POST",
      headers: expect.any(Object),
      body: JSON.stringify(person),
      redirect: "manual",
      signal: expect.any(AbortSignal),
    });
  });

  test.each([200, 201, 299])(
    "return the data of a %d, with fields and values that the document doesn't have",
    async (status) => {
      const strange = { ...customer, user_type: "robot", status: "on_the_moon", next: { deeper: [1, null] } };
      const { customers } = clientOf(await serve(reply(status, strange)));
      expect(await customers.get("cus_1")).toEqual(strange);
      expect(await customers.create(person)).toEqual(strange);
    },
  );

  test.each([[null], [0], [""], [false], [{}], [[]]])(
    "return %j if the response is that JSON",
    async (data) => {
      const server = await serve(reply(200, JSON.stringify(data)));
      expect(await clientOf(server).customers.get("cus_1")).toEqual(data);
    },
  );

  test("work without their resource as this", async () => {
    const server = await serve(reply(200, customer));
    const { get } = clientOf(server).customers;
    expect(await get("cus_1")).toEqual(customer);
  });

  test("use the global fetch of the time of the call", async () => {
    const onepay = new OnePay({ apiKey });
    vi.stubGlobal("fetch", async () => Response.json(customer));
    expect(await onepay.customers.get("cus_1")).toEqual(customer);
    vi.unstubAllGlobals();
  });

  test("never throw synchronously, with any arguments", async () => {
    const onepay = new OnePay({ apiKey, fetch: async () => Response.json({ data: [] }) });
    const methods = [
      ...[onepay.customers, onepay.customerSessions].flatMap((resource) => Object.values(resource)),
      onepay.request.bind(onepay),
    ] as ((...args: unknown[]) => OnePayPromise<unknown>)[];
    const args = fc.array(fc.oneof(fc.anything(), fc.constant(Symbol("s")), fc.bigInt()), { maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...methods), args, async (method, someArgs) => {
        const promise = method(...someArgs);
        expect(promise).toBeInstanceOf(Promise);
        await promise.catch((error: unknown) => expect(error).toBeInstanceOf(TypeError));
      }),
      { numRuns: 300 },
    );
  });
});

describe("withResponse", () => {
  test("returns the data with the response, the idempotency key and the number of attempts", async () => {
    const server = await serve(reply(201, customer, { "x-request-id": "req_1" }));
    const { response, ...rest } = await clientOf(server)
      .customers.create(person, { idempotencyKey: "order:1" })
      .withResponse();
    expect(response.status).toBe(201);
    expect(response.headers.get("x-request-id")).toBe("req_1");
    expect(rest).toEqual({ data: customer, idempotencyKey: "order:1", attempts: 1 });
  });

  test("returns the same four properties for a single object and for a list", async () => {
    const onepay = new OnePay({ apiKey, fetch: async () => Response.json({ data: [] }) });
    for (const call of [onepay.customers.get("cus_1"), onepay.customers.list()] as OnePayPromise<unknown>[])
      expect(Object.keys(await call.withResponse()).sort()).toEqual([
        "attempts",
        "data",
        "idempotencyKey",
        "response",
      ]);
  });

  test("counts the attempts and returns the response of the last one", async () => {
    vi.spyOn(Math, "random").mockReturnValue(0);
    const { customers } = new OnePay({ apiKey, fetch: fetchWith(503, 200) });
    const { response, attempts, idempotencyKey } = await customers.get("cus_1").withResponse();
    expect([response.status, attempts, idempotencyKey]).toEqual([200, 2, undefined]);
  });

  test("sends nothing a second time, even if it's called twice", async () => {
    const server = await serve(reply(200, customer));
    const call = clientOf(server).customers.get("cus_1");
    const [first, second] = [await call.withResponse(), await call.withResponse()];
    expect(first.data).toBe(await call);
    expect(second.data).toBe(first.data);
    expect(server.requests).toHaveLength(1);
  });

  test("rejects with the error of the call", async () => {
    const server = await serve(reply(404));
    const call = clientOf(server).customers.get("cus_1");
    const error = await rejectionOf(call.withResponse());
    expect(error).toBeInstanceOf(OnePayError);
    expect(error).toBe(await rejectionOf(call));
  });

  test("returns a page for a list", async () => {
    const server = await serve(reply(200, { data: [customer] }));
    const { data, attempts } = await clientOf(server).customers.list().withResponse();
    expect(data.items).toEqual([customer]);
    expect(attempts).toBe(1);
  });
});

describe("a failed call", () => {
  const onepay = new OnePay({ apiKey, fetch: fetchWith(404) });
  const raw = { method: "GET", path: "/payments" } as const;

  test.each<[string, (onepay: OnePay) => Promise<unknown>]>([
    ["the promise", ({ customers }) => customers.get("cus_1")],
    ["the promise of a list", ({ customers }) => customers.list()],
    ["the promise of wrong arguments", ({ customers }) => customers.get("")],
    ["the promise of onepay.request()", (client) => client.request(raw)],
    ["withResponse()", ({ customers }) => customers.get("cus_1").withResponse()],
    ["withResponse() of a list", ({ customers }) => customers.list().withResponse()],
    ["withResponse() of wrong arguments", ({ customers }) => customers.get("").withResponse()],
    ["withResponse() of onepay.request()", (client) => client.request(raw).withResponse()],
    ["toArray()", ({ customers }) => customers.list().toArray({ limit: 10 })],
    ["toArray() with a wrong limit", ({ customers }) => customers.list().toArray({ limit: 0 })],
    ["pages()", async ({ customers }) => customers.list().pages().next()],
    ["the iterator", async ({ customers }) => customers.list()[Symbol.asyncIterator]().next()],
  ])("leaves no unhandled rejection if %s is handled", async (_, call) => {
    expect(await unhandledRejections(() => rejectionOf(call(onepay)))).toEqual([]);
  });
});
