import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import document from "../../generated/openapi.json" with { type: "json" };
import { OnePay, OnePayError } from "../../src/index.js";
import type { Fetch, OnePayPromise } from "../../src/types.js";
import { apiKey, clientOf, customer, person, rejectionOf, reply, serve } from "./server.js";

const session = { phone: "+573000000099", otp: "123456" };
const charge = { payment_method_id: "pm_1", amount: 100, currency: "COP", description: "Tea" } as const;
const token = { customerToken: "12|token" };

/** Every operation of the document: how it's called, and the request that the server receives. */
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
    ({ customers }) => customers.topUp("cus_1", { amount: 1_000 }),
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
  [
    "GET /customers/session/charges/{charge_id}",
    "/customers/session/charges/ch_1",
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

  test.each(calls)("send %s with its method, path and body", async (operation, path, call, body) => {
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
  });

  test.each(calls)(
    "send %s with the headers that it needs, and no others",
    async (operation, _path, call, body) => {
      const fetch = vi.fn<Fetch>(async () => Response.json({ data: [] }));
      await call(new OnePay({ apiKey, fetch }));
      const hasIdempotencyKey = body && !operation.endsWith("verify");
      expect(fetch.mock.calls[0]?.[1].headers).toEqual({
        accept: "application/json",
        authorization: `Bearer ${apiKey}`,
        ...(body && { "content-type": "application/json" }),
        ...(hasIdempotencyKey && {
          "x-idempotency": expect.stringMatching(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/),
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

  test("return the data for every 2xx status", async () => {
    const server = await serve(reply(200, customer), reply(201, customer), reply(299, customer));
    const { customers } = clientOf(server);
    expect(await customers.get("cus_1")).toEqual(customer);
    expect(await customers.create(person)).toEqual(customer);
    expect(await customers.create(person)).toEqual(customer);
  });

  test.each([[null], [0], [""], [false], [[]]])("return %j if the response is that JSON", async (data) => {
    const fetch: Fetch = async () => Response.json(data);
    expect(await new OnePay({ apiKey, fetch }).customers.get("cus_1")).toEqual(data);
  });

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
  let unhandled: unknown[];
  const onUnhandled = (reason: unknown) => void unhandled.push(reason);
  beforeEach(() => {
    unhandled = [];
    process.on("unhandledRejection", onUnhandled);
  });
  afterEach(() => {
    process.off("unhandledRejection", onUnhandled);
  });
  const onepay = new OnePay({ apiKey, fetch: async () => new Response(null, { status: 404 }) });

  test.each([
    ["the promise", (call: OnePayPromise<unknown>) => rejectionOf(call)],
    ["withResponse() alone", (call: OnePayPromise<unknown>) => rejectionOf(call.withResponse())],
  ])("leaves no unhandled rejection if %s is handled", async (_, handle) => {
    await handle(onepay.customers.get("cus_1"));
    await handle(onepay.customers.list());
    await handle(onepay.customers.get(""));
    await handle(onepay.request({ method: "GET", path: "/payments" }));
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(unhandled).toEqual([]);
  });

  test.each<[string, (call: ReturnType<typeof onepay.customers.list>) => Promise<unknown>]>([
    ["toArray()", (call) => call.toArray({ limit: 10 })],
    ["toArray() with a wrong limit", (call) => call.toArray({ limit: 0 })],
    ["pages()", async (call) => call.pages().next()],
    ["the iterator", async (call) => call[Symbol.asyncIterator]().next()],
  ])("of a list leaves no unhandled rejection if %s is handled", async (_, read) => {
    await rejectionOf(read(onepay.customers.list()));
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(unhandled).toEqual([]);
  });
});
