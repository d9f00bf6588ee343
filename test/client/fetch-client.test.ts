import { describe, expect, test, vi } from "vitest";
import { ApiError, createFetchClient, errorOf, isApiError } from "../../src/index.js";
import type { Fetch, OnePayEvent, OnePayOptions } from "../../src/types.js";
import { apiKey, customer, faultOf, person, reply, type Server, serve } from "./server.js";

const clientOf = ({ url }: Server, options: OnePayOptions = {}) =>
  createFetchClient({ apiKey, baseUrl: url, ...options });

/** A client, and what it sends. */
function recording(answer: () => Response = () => Response.json(customer), options: OnePayOptions = {}) {
  const fetch = vi.fn<Fetch>(async () => answer());
  return { client: createFetchClient({ apiKey, fetch, ...options }), fetch };
}

const id = { params: { path: { customer_id: "cus_1" } } };

describe("the fetch client", () => {
  test("sends what the flat door sends: the key, an idempotency key, the same bytes", async () => {
    const server = await serve(reply(201, customer, { "x-request-id": "req_1" }));
    const { data, error, response } = await clientOf(server).POST("/customers", { body: person });
    expect({ data, error, status: response.status }).toEqual({
      data: customer,
      error: undefined,
      status: 201,
    });
    expect(response.headers.get("x-request-id")).toBe("req_1");
    expect(server.requests).toEqual([
      expect.objectContaining({ method: "POST", path: "/v1/customers", body: JSON.stringify(person) }),
    ]);
    expect(server.requests[0]?.headers).toMatchObject({
      accept: "application/json",
      authorization: `Bearer ${apiKey}`,
      "content-type": "application/json",
      "x-idempotency": expect.stringMatching(/^[\da-f-]{36}$/),
    });
  });

  test("sends a read and a deletion without a body, and without a type for it", async () => {
    const server = await serve(reply(200, customer), reply(204));
    const client = clientOf(server);
    expect(await client.GET("/customers/{customer_id}", id)).toMatchObject({ data: customer });
    expect(await client.DELETE("/customers/{customer_id}", id)).toMatchObject({ response: { status: 204 } });
    expect(server.requests.map(({ method, body }) => [method, body])).toEqual([
      ["GET", ""],
      ["DELETE", ""],
    ]);
    for (const { headers } of server.requests) expect(headers).not.toHaveProperty("content-type");
  });

  test("takes the idempotency key as the header that the document names", async () => {
    const { client, fetch } = recording();
    await client.POST("/customers", { body: person, params: { header: { "x-idempotency": "order:1" } } });
    await client.POST("/customers", { body: person, headers: { "X-Idempotency": "order:2" } });
    expect(
      fetch.mock.calls.map(([, { headers }]) => (headers as Record<string, string>)["x-idempotency"]),
    ).toEqual(["order:1", "order:2"]);
  });

  test("takes the customer's token as its header, and needs it", async () => {
    const { client, fetch } = recording();
    await client.GET("/customers/session/payment-methods", { headers: { "X-Customer-Token": "12|token" } });
    expect(fetch.mock.calls[0]?.[1].headers).toMatchObject({ "x-customer-token": "12|token" });
    expect(await faultOf<Error>(client.GET("/customers/session/payment-methods"))).toMatchObject({
      name: "TypeError",
      message: expect.stringContaining("customerToken"),
    });
  });

  test("calls fetch with a URL and a plain init, query and id in their places", async () => {
    const { client, fetch } = recording();
    await client.GET("/customers", { params: { query: { page: 2, filter: { document_number: "1" } } } });
    await client.GET("/customers/{customer_id}", id);
    await client.DELETE("/customers/{customer_id}", id);
    expect(fetch.mock.calls.map(([url, { method, redirect }]) => [method, url, redirect])).toEqual([
      ["GET", "https://api.onepay.la/v1/customers?page=2&filter[document_number]=1", "manual"],
      ["GET", "https://api.onepay.la/v1/customers/cus_1", "manual"],
      ["DELETE", "https://api.onepay.la/v1/customers/cus_1", "manual"],
    ]);
  });

  test("keeps the cause of a failure where the body is empty, too", async () => {
    const cause = new Error("proxy down");
    const client = createFetchClient({ apiKey, fetch: () => Promise.reject(cause), maxRetries: 0 });
    const error = await faultOf<Error>(client.POST("/customers", {} as never));
    expect(error.cause).toBe(cause);
  });

  test("repeats a write under its key, and a read, as the document says", async () => {
    vi.spyOn(Math, "random").mockReturnValue(0);
    const server = await serve(reply(503), reply(503), reply(201, customer));
    const { data } = await clientOf(server).POST("/customers", { body: person });
    expect(data).toEqual(customer);
    const keys = server.requests.map(({ headers }) => headers["x-idempotency"]);
    expect(keys).toHaveLength(3);
    expect(new Set(keys).size).toBe(1);
    expect(new Set(server.requests.map(({ body }) => body))).toEqual(new Set([JSON.stringify(person)]));
  });

  test("never repeats what the document forbids", async () => {
    const server = await serve(reply(503));
    const body = { phone: "+573000000099", otp: "123456" };
    const { response } = await clientOf(server).POST("/customers/login/verify", { body });
    expect(response.status).toBe(503);
    expect(server.requests).toHaveLength(1);
  });

  test("finds the operation of each path of the document", async () => {
    const { client, fetch } = recording();
    const operations: string[] = [];
    const onEvent = ({ type, operation }: OnePayEvent) => type === "request" && operations.push(operation);
    const told = createFetchClient({ apiKey, fetch, onEvent: (event) => void onEvent(event) });
    const token = { headers: { "X-Customer-Token": "12|token" } };
    const charge = { payment_method_id: "pm_1", amount: 100, currency: "COP", description: "Tea" } as const;
    expect(client).not.toBe(told);
    await told.GET("/customers");
    await told.POST("/customers", { body: person });
    await told.GET("/customers/{customer_id}", id);
    await told.DELETE("/customers/{customer_id}", id);
    await told.GET("/customers/{customer_id}/balance", id);
    await told.GET("/customers/{customer_id}/transactions", id);
    await told.POST("/customers/{customer_id}/transactions", { ...id, body: { amount: 1 } });
    await told.GET("/customers/{customer_id}/accounts", id);
    await told.GET("/customers/{customer_id}/cards", id);
    await told.POST("/customers/login/verify", { body: { phone: "1", otp: "1" } });
    await told.GET("/customers/session/payment-methods", token);
    await told.POST("/customers/session/charges", { ...token, body: charge });
    expect(operations).toEqual([
      "listCustomers",
      "createCustomer",
      "getCustomer",
      "deleteCustomer",
      "getCustomerBalance",
      "listCustomerTransactions",
      "createCustomerTransaction",
      "listCustomerAccounts",
      "listCustomerCards",
      "verifyCustomerSession",
      "listCustomerSessionPaymentMethods",
      "createCustomerSessionCharge",
    ]);
  });

  test("lets openapi-fetch's middleware do its work", async () => {
    const { client, fetch } = recording();
    client.use({
      onRequest: ({ request }) => {
        request.headers.set("x-trace", "1");
        return request;
      },
    });
    await client.GET("/customers");
    expect(fetch.mock.calls[0]?.[1].headers).toMatchObject({ "x-trace": "1" });
  });

  test("sends the client's headers, and the call's over them", async () => {
    const { client, fetch } = recording(undefined, { headers: { "x-a": "1", "x-b": "1" } });
    await client.GET("/customers", { headers: { "X-B": "2" } });
    expect(fetch.mock.calls[0]?.[1].headers).toMatchObject({ "x-a": "1", "x-b": "2" });
  });
});

describe("an answer of the fetch client", () => {
  test.each([
    [422, { message: "no", code_name: "bad" }],
    [500, { message: "oh" }],
    [599, { message: "oh" }],
  ])("with the status %d is an error value, not a throw", async (status, body) => {
    const { client } = recording(() => Response.json(body, { status }), { maxRetries: 0 });
    const { data, error, response } = await client.POST("/customers", { body: person });
    expect({ data, error, status: response.status }).toEqual({ data: undefined, error: body, status });
  });

  test("that is no JSON keeps its text as the error", async () => {
    const { client } = recording(() => new Response("<h1>Bad gateway</h1>", { status: 502 }), {
      maxRetries: 0,
    });
    expect(await client.GET("/customers")).toMatchObject({ error: "<h1>Bad gateway</h1>" });
  });

  test.each<[string, string | null, Record<string, string>]>([
    ["nothing", null, {}],
    ["nothing, and says so", null, { "content-length": "0" }],
    ["null", "null", {}],
    ["false", "false", {}],
    ["zero", "0", {}],
    ["an empty text", '""', {}],
    ["JSON of a depth that cannot be written", "[".repeat(30_000) + "]".repeat(30_000), {}],
  ])("that failed with %s for a body has a value that counts as an error", async (_, body, headers) => {
    const { client } = recording(() => new Response(body, { status: 500, headers }), { maxRetries: 0 });
    const { data, error, response } = await client.POST("/customers", { body: person });
    expect({ data, error }).toEqual({ data: undefined, error: {} });
    expect(response.status).toBe(500);
    expect(errorOf(response)).toMatchObject({ name: "ServerError", outcome: "unknown" });
  });

  test.each(["null", "false", "0", '""', " "])(
    "that failed with the text %j for a body, as JSON, has it as its error",
    async (text) => {
      const { client } = recording(() => Response.json(text, { status: 500 }), { maxRetries: 0 });
      const { error } = await client.GET("/customers");
      expect(error).toBe(text);
    },
  );

  test("that failed and says that it is empty is an error over a real connection, too", async () => {
    const server = await serve(reply(500, undefined, { "content-length": "0" }));
    const { error, response } = await clientOf(server, { maxRetries: 0 }).GET("/customers");
    expect({ error, status: response.status }).toEqual({ error: {}, status: 500 });
    expect(errorOf(response)?.headers.get("content-length")).toBe("0");
  });

  test("with 204 has no data and no error", async () => {
    const { client } = recording(() => new Response(null, { status: 204 }));
    expect(await client.DELETE("/customers/{customer_id}", id)).toMatchObject({ response: { status: 204 } });
  });

  test("leads to its error in the client's own terms, by errorOf", async () => {
    const { client } = recording(() => Response.json({ code_name: "bad" }, { status: 503 }), {
      maxRetries: 0,
    });
    const { response } = await client.POST("/customers", {
      body: person,
      params: { header: { "x-idempotency": "order:1" } },
    });
    const error = errorOf(response);
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({
      idempotencyKey: "order:1",
      outcome: "unknown",
      codeName: "bad",
      attempts: 1,
    });
  });

  test("that is a success leads to no error", async () => {
    const { response } = await recording().client.GET("/customers");
    expect(errorOf(response)).toBeUndefined();
  });
});

describe("the fetch client throws", () => {
  test.each<[string, () => Promise<Response>, string]>([
    ["at a broken connection", () => Promise.reject(new TypeError("fetch failed")), "ConnectionError"],
    ["at a time limit", () => new Promise(() => {}), "TimeoutError"],
    ["at a redirect", async () => new Response(null, { status: 302 }), "RedirectError"],
    ["at a success that cannot be read", async () => new Response("<html>"), "InvalidResponseError"],
  ])("%s", async (_, fetch, name) => {
    const client = createFetchClient({ apiKey, fetch, maxRetries: 0, timeout: 20 });
    expect(await faultOf(client.GET("/customers"))).toMatchObject({ name });
  });

  test.each([600, 999])("where the status is %d, which no Response can have", async (status) => {
    const server = await serve(
      ({ socket }) => void socket.end(`HTTP/1.1 ${status} No\r\ncontent-length: 0\r\n\r\n`),
    );
    const error = await faultOf(clientOf(server).POST("/customers", { body: person }));
    expect(error).toMatchObject({ name: "ServerError", status, outcome: "unknown" });
    expect(isApiError(error)).toBe(true);
  });

  test("where the caller's signal aborts", async () => {
    const client = createFetchClient({ apiKey, fetch: () => new Promise(() => {}) });
    const controller = new AbortController();
    const call = faultOf(client.GET("/customers", { signal: controller.signal }));
    controller.abort();
    expect(await call).toMatchObject({ name: "AbortError" });
  });

  test.each(["authorization", "Authorization"])("where %s is set beside the key", async (name) => {
    const { client, fetch } = recording();
    const fault = await faultOf<Error>(client.GET("/customers", { headers: { [name]: "Bearer x" } }));
    expect(fault.message).toContain("option apiKey");
    expect(fetch).not.toHaveBeenCalled();
  });

  test("where a read is given an idempotency key, as the flat door does", async () => {
    const { client, fetch } = recording();
    const fault = await faultOf<Error>(client.GET("/customers", { headers: { "x-idempotency": "order:1" } }));
    expect(fault).toBeInstanceOf(TypeError);
    expect(fetch).not.toHaveBeenCalled();
  });

  test.each(["", ".", "..", "%2e", "a/b", "a?b", "a#b", "a b", undefined])(
    "before the network at the id %j",
    async (customer_id) => {
      const { client, fetch } = recording();
      const path = { customer_id: customer_id as string };
      expect(
        await faultOf(client.GET("/customers/{customer_id}/balance", { params: { path } })),
      ).toMatchObject({
        name: "TypeError",
        message: expect.stringMatching(/^customer_id must be an OnePay id/),
      });
      expect(fetch).not.toHaveBeenCalled();
    },
  );

  test("before the network where the id is left out", async () => {
    const { client, fetch } = recording();
    const get = client.GET as unknown as (path: string, init?: object) => Promise<unknown>;
    expect(await faultOf(get("/customers/{customer_id}"))).toBeInstanceOf(TypeError);
    expect(await faultOf(get("/customers/{customer_id}", { params: { path: {} } }))).toBeInstanceOf(
      TypeError,
    );
    expect(fetch).not.toHaveBeenCalled();
  });

  test.each([
    ["another method", "PUT", "/customers", {}],
    ["another path", "GET", "/payments", {}],
    ["a path below one of the document", "GET", "/customers/cus_1/secrets", {}],
    ["the path of an id that is empty", "GET", "/customers/", {}],
    ["another address", "GET", "/customers", { baseUrl: "https://elsewhere.example/v1" }],
    ["another address of the same length", "GET", "/customers", { baseUrl: "https://api.onepay.ly/v1" }],
    ["an address that only begins alike", "GET", "/customers", { baseUrl: "https://api.onepay.la/v1x" }],
  ])("at %s, so that the key goes nowhere else", async (_, method, path, init) => {
    const { client, fetch } = recording();
    const request = client.request as unknown as (
      method: string,
      path: string,
      init: object,
    ) => Promise<unknown>;
    expect(await faultOf(request(method, path, init))).toMatchObject({
      name: "TypeError",
      message: expect.stringMatching(/document has no (GET|PUT) /),
    });
    expect(fetch).not.toHaveBeenCalled();
  });

  test("with the path that is unknown, and nothing of the query; with none of another address", async () => {
    const { client } = recording();
    const get = client.GET as unknown as (path: string, init: object) => Promise<unknown>;
    const messageOf = async (path: string, init: object) => (await faultOf<Error>(get(path, init))).message;
    expect(await messageOf("/payments", { params: { query: { of: person.email } } })).toBe(
      "The document has no GET /payments.",
    );
    expect(await messageOf("/customers", { baseUrl: "https://elsewhere.example" })).toBe(
      "The document has no GET outside baseUrl.",
    );
  });

  test("when it is made without a key, or with a wrong option", () => {
    vi.stubEnv("ONEPAY_API_KEY", undefined);
    expect(() => createFetchClient()).toThrow(TypeError);
    expect(() => createFetchClient({ apiKey, timeout: 0 })).toThrow(/timeout/);
    vi.unstubAllEnvs();
  });
});

test("a base URL in another spelling is the same address to the fetch client", async () => {
  const { client, fetch } = recording(undefined, { baseUrl: "https://API.example:443/v1/" });
  await client.GET("/customers");
  expect(fetch.mock.calls[0]?.[0]).toBe("https://api.example/v1/customers");
  const slashes = recording(undefined, { baseUrl: "https://api.example/v1//" });
  await slashes.client.GET("/customers");
  expect(slashes.fetch.mock.calls[0]?.[0]).toBe("https://api.example/v1/customers");
  const other = recording(undefined, { baseUrl: "https://api.example/OnePay/V1" });
  await other.client.GET("/customers");
  expect(other.fetch.mock.calls[0]?.[0]).toBe("https://api.example/OnePay/V1/customers");
});
