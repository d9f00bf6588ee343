import { afterEach, describe, expect, test, vi } from "vitest";
import document from "../../generated/openapi.json" with { type: "json" };
import { operations } from "../../generated/operations.js";
import { ApiError, createFetchClient, errorOf } from "../../src/index.js";
import type { FetchResponse, OnePayOptions, Operation } from "../../src/types.js";
import { recordingClients, refusal, type Untyped } from "./clients.js";
import { apiKey, customer, person, rejectionOf, reply, type Server, serve, stall } from "./server.js";

const fetchClientOf = ({ url }: Pick<Server, "url">, options: OnePayOptions = {}) =>
  createFetchClient({ apiKey, baseUrl: url, ...options });

/** A client whose requests get this response. */
const respondingClient = (respond: () => unknown, options: OnePayOptions = {}) =>
  recordingClients({ maxRetries: 0, ...options }, respond).client;

const params = { path: { customer_id: "cus_1" } };
const token = { customerToken: "12|token" };

afterEach(() => vi.restoreAllMocks());

describe("a request of the openapi-fetch client", () => {
  test("has the API key, an idempotency key and the same bytes as one of OnePay", async () => {
    const server = await serve(reply(201, customer, { "x-request-id": "req_1" }));
    const { data, error, response } = await fetchClientOf(server).POST("/customers", { body: person });
    expect({ data, error, status: response.status }).toEqual({
      data: customer,
      error: undefined,
      status: 201,
    });
    expect(response.headers.get("x-request-id")).toBe("req_1");
    const [request, ...others] = server.requests;
    expect(request).toMatchObject({ method: "POST", path: "/v1/customers", body: JSON.stringify(person) });
    expect(request?.headers).toMatchObject({
      accept: "application/json",
      authorization: `Bearer ${apiKey}`,
      "content-type": "application/json",
      "x-idempotency": expect.stringMatching(/^[\da-f-]{36}$/),
    });
    expect(others).toEqual([]);
  });

  test("has no body and no content-type for GET and DELETE", async () => {
    const server = await serve(reply(200, customer), reply(204));
    const client = fetchClientOf(server);
    const found = await client.GET("/customers/{customer_id}", { params });
    const deleted = await client.DELETE("/customers/{customer_id}", { params });
    expect([found.data, deleted.response.status]).toEqual([customer, 204]);
    expect(server.requests).toMatchObject([
      { method: "GET", body: "" },
      { method: "DELETE", body: "" },
    ]);
    for (const { headers } of server.requests) expect(headers).not.toHaveProperty("content-type");
  });

  test("is passed to fetch as a URL and a plain init", async () => {
    const { client, sent } = recordingClients();
    await client.GET("/customers", { params: { query: { page: 2, filter: { name: "a b" } } } });
    await client.request("get", "/customers/{customer_id}", { params });
    await client.DELETE("/customers/{customer_id}", { params });
    expect(sent.map(({ method, url, redirect }) => [method, url, redirect])).toEqual([
      ["GET", "https://api.onepay.la/v1/customers?page=2&filter[name]=a%20b", "manual"],
      ["GET", "https://api.onepay.la/v1/customers/cus_1", "manual"],
      ["DELETE", "https://api.onepay.la/v1/customers/cus_1", "manual"],
    ]);
  });

  test("can be made for each operation of the document, and is named after it", async () => {
    const named: string[] = [];
    const { client } = recordingClients({
      onEvent: ({ type, operation }) => type === "request" && named.push(operation),
    });
    const ids = { customer_id: "cus_1", charge_id: "ch_1" };
    for (const { method, path, body, headers } of Object.values<Operation>(operations)) {
      const init = { params: { path: ids }, ...(body && { body: {} }), ...(headers?.customerToken && token) };
      await (client as Untyped).request(method, path, init);
    }
    const documented = Object.values<object>(document.paths).flatMap((methods) =>
      Object.values(methods).map(({ operationId }) => operationId),
    );
    expect(named.sort()).toEqual(documented.filter(Boolean).sort());
  });

  test("is retried with the same idempotency key and the same bytes", async () => {
    vi.spyOn(Math, "random").mockReturnValue(0);
    const server = await serve(reply(503), reply(503), reply(201, customer));
    const { data } = await fetchClientOf(server).POST("/customers", { body: person });
    expect(data).toEqual(customer);
    expect(server.requests).toHaveLength(3);
    const requests = server.requests.map(({ headers, body }) => `${headers["x-idempotency"]} ${body}`);
    expect(new Set(requests).size).toBe(1);
  });

  test("is never retried if the document forbids it", async () => {
    const server = await serve(reply(503));
    const body = { phone: "+573000000099", otp: "123456" };
    const { response } = await fetchClientOf(server).POST("/customers/login/verify", { body });
    expect(response.status).toBe(503);
    expect(server.requests).toHaveLength(1);
  });

  test("uses openapi-fetch's serializers if they are passed", async () => {
    const { client, sent } = recordingClients();
    await client.GET("/customers", { params: { query: { page: 2 } }, querySerializer: () => "custom=1" });
    await client.POST("/customers", { body: person, bodySerializer: () => '{"custom":1}' });
    expect(sent[0]?.url).toBe("https://api.onepay.la/v1/customers?custom=1");
    expect(sent[1]?.body).toBe('{"custom":1}');
  });
});

describe("options of one call of the openapi-fetch client", () => {
  test("idempotencyKey and customerToken are sent as headers, also from params or headers", async () => {
    const { client, sent } = recordingClients();
    await client.POST("/customers", { body: person, idempotencyKey: "order:1" });
    await client.POST("/customers", { body: person, params: { header: { "x-idempotency": "order:2" } } });
    await client.POST("/customers", { body: person, headers: { "X-Idempotency": "order:3" } });
    await client.GET("/customers/session/payment-methods", token);
    await client.GET("/customers/session/payment-methods", { headers: { "X-Customer-Token": "13|token" } });
    const keys = sent.map(({ headers }) => headers["x-idempotency"] ?? headers["x-customer-token"]);
    expect(keys).toEqual(["order:1", "order:2", "order:3", "12|token", "13|token"]);
  });

  test("timeout, deadline and maxRetries apply to the call", async () => {
    const client = fetchClientOf(await serve(stall));
    const error = await rejectionOf<Error>(client.GET("/customers", { timeout: 20, maxRetries: 0 }));
    expect(error).toMatchObject({ name: "TimeoutError", attempts: 1 });
    expect(error.message).toContain("after 20 ms (1 attempt)");
    const late = await rejectionOf<Error>(client.GET("/customers", { deadline: 20 }));
    expect(late.message).toContain("after the deadline of 20 ms");
  });

  test("maxResponseBytes applies to the call", async () => {
    const call = respondingClient(() => Response.json(customer)).GET("/customers", { maxResponseBytes: 2 });
    expect(await rejectionOf(call)).toMatchObject({ name: "InvalidResponseError" });
  });

  test("onEvent is called in addition to the client's", async () => {
    const events: string[] = [];
    const { client } = recordingClients({ onEvent: ({ type }) => events.push(`client: ${type}`) });
    await client.GET("/customers", { onEvent: ({ type }) => events.push(`call: ${type}`) });
    const types = ["request", "response", "success"];
    expect(events).toEqual(types.flatMap((type) => [`client: ${type}`, `call: ${type}`]));
  });

  test("signal cancels the call", async () => {
    const controller = new AbortController();
    const client = respondingClient(() => new Promise(() => {}));
    const call = rejectionOf(client.GET("/customers", { signal: controller.signal }));
    controller.abort();
    expect(await call).toMatchObject({ name: "AbortError" });
  });

  test("options of fetch reach fetch, directly or in fetchOptions", async () => {
    const { client, sent } = recordingClients({ fetchOptions: { keepalive: true } });
    await client.GET("/customers", { cache: "no-store", next: { revalidate: 0 } });
    await client.GET("/customers", {
      fetchOptions: { cache: "reload", dispatcher: "agent" },
      priority: "low",
    });
    expect(sent).toMatchObject([
      { cache: "no-store", next: { revalidate: 0 }, keepalive: true },
      { cache: "reload", dispatcher: "agent", priority: "low", keepalive: true },
    ]);
  });
});

describe("the openapi-fetch client refuses before anything is sent", () => {
  const customerPath = "/customers/{customer_id}";
  const list = (init: object) => (client: Untyped) => client.GET("/customers", init);
  const get = (init?: object) => (client: Untyped) => client.GET(customerPath, init);
  const post = (body?: unknown) => (client: Untyped) => client.POST("/customers", { body });
  const noId = /customer_id must be a string with an id/;
  test.each<[string, (client: Untyped) => unknown, RegExp]>([
    ["no body", post(), /^POST \/customers: the request body is missing\. Pass body\.$/],
    ["null as the body", post(null), /the request body is missing or isn't an object/],
    ["a string as the body", post("{}"), /the request body is missing or isn't an object/],
    ["FormData as the body", post(new FormData()), /the request body must be a plain object/],
    ["NaN in the body", post({ amount: Number.NaN }), /field "amount" .* must be a finite number/],
    [
      "a body of a list",
      list({ body: {} }),
      /^GET \/customers: the operation takes no body\. Remove body\.$/,
    ],
    ["a body of DELETE", ({ DELETE }) => DELETE(customerPath, { params, body: {} }), /takes no body/],
    ["a Map as the query", list({ params: { query: new Map([["a", 1]]) } }), /the query must be a plain/],
    ["a Date in the query", list({ params: { query: { at: new Date(0) } } }), /parameter at must be/],
    ["an id with dots", get({ params: { path: { customer_id: ".." } } }), /would change the path/],
    ["an empty id", get({ params: { path: { customer_id: "" } } }), noId],
    ["no id", get({ params: { path: {} } }), noId],
    ["no path", get({ params: {} }), noId],
    ["no params", get({}), noId],
    ["no init", get(), noId],
    ["a key in a header of a read", list({ headers: { "x-idempotency": "order:1" } }), /idempotencyKey/],
  ])("%s", async (_, act, message) => {
    expect(await refusal(({ client }) => act(client))).toMatch(message);
  });

  const clientOptions = ["fetch", "baseUrl", "pathSerializer", "Request"];
  test.each(clientOptions)("%s for one call, since it belongs to the client", async (name) => {
    expect(await refusal(({ client }) => client.GET("/customers", { [name]: () => "x" }))).toBe(
      `GET /customers: ${name} can't be set for one call. Pass fetch and baseUrl to createFetchClient().`,
    );
  });

  test.each(["redirect", "method", "duplex"])("%s, since the client sets it", async (name) => {
    const message = await refusal(({ client }) => client.GET("/customers", { [name]: "x" }));
    expect(message).toBe(`GET /customers: fetchOptions can't have ${name}, since the client sets it.`);
  });

  test.each([
    ["PUT", "/customers"],
    ["GET", "/payments"],
    ["POST", "/payments"],
    ["GET", "/customers/cus_1/secrets"],
    ["GET", "/customers/"],
    ["OPTIONS", "/customers"],
    ["HEAD", "/customers"],
    ["PATCH", "/customers"],
    ["TRACE", "/customers"],
  ])("what the document doesn't describe: %s %s", async (method, path) => {
    const message = `${method} ${path}: the document doesn't describe it. Use onepay.request() instead.`;
    expect(await refusal(({ client }) => client[method](path, { body: {} }))).toBe(message);
    expect(await refusal(({ client }) => client.request(method.toLowerCase(), path))).toBe(message);
  });
});

describe("a response of the openapi-fetch client", () => {
  test.each<[number, unknown]>([
    [400, { message: "no", code_name: "bad" }],
    [422, { message: "no", code_name: "bad" }],
    [500, { message: "oh" }],
    [599, { message: "oh" }],
    // Even if these strings are the JSON.
    [500, "null"],
    [500, "false"],
    [500, "0"],
    [500, '""'],
    [500, " "],
  ])("with the status %d is returned with its body as error: %j", async (status, body) => {
    const client = respondingClient(() => Response.json(body, { status }));
    const { data, error, response } = await client.POST("/customers", { body: person });
    expect({ data, error, status: response.status }).toEqual({ data: undefined, error: body, status });
  });

  test("that isn't JSON is returned as a string", async () => {
    const client = respondingClient(() => new Response("<h1>Bad gateway</h1>", { status: 502 }));
    expect(await client.GET("/customers")).toMatchObject({ error: "<h1>Bad gateway</h1>" });
  });

  test.each<[string, string | null, Record<string, string>]>([
    ["nothing", null, {}],
    ["nothing and content-length 0", null, { "content-length": "0" }],
    ["null", "null", {}],
    ["false", "false", {}],
    ["zero", "0", {}],
    ["an empty string", '""', {}],
    ["JSON that is nested too deeply", "[".repeat(30_000) + "]".repeat(30_000), {}],
  ])("that failed has an error that is truthy, with the body %s", async (_, body, headers) => {
    const client = respondingClient(() => new Response(body, { status: 500, headers }));
    const { data, error, response } = await client.POST("/customers", { body: person });
    expect({ data, error, status: response.status }).toEqual({ data: undefined, error: {}, status: 500 });
    expect(errorOf(response)).toMatchObject({ name: "ServerError", outcome: "unknown" });
  });

  test("that failed with content-length 0 has an error over a real connection", async () => {
    const server = await serve(reply(500, undefined, { "content-length": "0" }));
    const { error, response } = await fetchClientOf(server, { maxRetries: 0 }).GET("/customers");
    expect({ error, status: response.status }).toEqual({ error: {}, status: 500 });
    expect(errorOf(response)?.responseHeaders.get("content-length")).toBe("0");
  });

  test.each([
    [204, "an empty 204"],
    [200, "an empty 200 to a deletion"],
  ])("with the status %d has no data and no error: %s", async (status) => {
    const client = respondingClient(() => new Response(null, { status }));
    const { data, error, response } = await client.DELETE("/customers/{customer_id}", { params });
    expect({ data, error, status: response.status }).toEqual({ data: undefined, error: undefined, status });
  });

  test.each(["Creado – ✓", "日本", "\u00ff", ""])(
    "is returned with any reason phrase: %s",
    async (phrase) => {
      const headers = "content-type: application/json\r\ncontent-length: 10\r\nconnection: close";
      const response = `HTTP/1.1 201 ${phrase}\r\n${headers}\r\n\r\n{"id":"a"}`;
      const server = await serve(({ socket }) => void socket.end(response));
      const created = await fetchClientOf(server).POST("/customers", { body: person });
      expect([created.data, created.response.status]).toEqual([{ id: "a" }, 201]);
      expect(server.requests).toHaveLength(1);
    },
  );

  test("is returned without its headers if a middleware reads it and the headers can't be copied", async () => {
    const headers = { get: (name: string) => (name === "content-type" ? "application/json" : null) };
    const ownKeys = () => {
      throw new Error("unreadable");
    };
    const unreadable = new Proxy(headers, { ownKeys });
    const success = { ok: true, status: 200, headers: unreadable, text: async () => "{}" };
    const client = respondingClient(() => success);
    client.use({ onResponse: () => undefined });
    const { data, response } = await client.GET("/customers");
    expect({ data, headers: [...response.headers.keys()] }).toEqual({ data: {}, headers: ["content-type"] });
  });

  test.each([
    ["the same object each time", (response: object) => response],
    ["a frozen object", Object.freeze],
  ])("is returned if the replaced fetch returns %s", async (_, prepare) => {
    const headers = new Headers({ "content-type": "application/json" });
    const shared = prepare({ ok: true, status: 200, headers, text: async () => '{"id":"cus_1"}' });
    const client = respondingClient(() => shared as FetchResponse);
    for (const _call of [1, 2])
      expect((await client.GET("/customers/{customer_id}", { params })).data).toEqual({ id: "cus_1" });
  });

  test("can be read as text", async () => {
    const client = respondingClient(() => Response.json(customer));
    expect((await client.GET("/customers", { parseAs: "text" })).data).toBe(JSON.stringify(customer));
  });
});

describe("errorOf()", () => {
  const failing = (status = 503) => respondingClient(() => Response.json({ code_name: "bad" }, { status }));

  test("returns the error with outcome, idempotency key and attempts", async () => {
    const client = failing();
    const { response } = await client.POST("/customers", { body: person, idempotencyKey: "order:1" });
    const error = errorOf(response);
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ operation: "createCustomer", idempotencyKey: "order:1", attempts: 1 });
    expect(error).toMatchObject({ outcome: "unknown", codeName: "bad" });
    expect(error?.message).toMatch(/^POST \/customers: 503 Server error: bad\./);
  });

  test("returns undefined for a success and for another response", async () => {
    const { response } = await recordingClients().client.GET("/customers");
    expect(errorOf(response)).toBeUndefined();
    expect(errorOf(new Response(null, { status: 404 }))).toBeUndefined();
  });

  test.each([
    [
      "the error",
      "a copy of the response",
      (response: Response) => new Response(response.body, response),
      422,
    ],
    ["undefined", "a success instead", () => Response.json(customer), undefined],
  ])("returns %s if a middleware has returned %s", async (_result, _replacement, replace, status) => {
    const client = failing(422);
    client.use({ onResponse: ({ response }) => replace(response) });
    const { response } = await client.GET("/customers/{customer_id}", { params });
    expect(errorOf(response)?.status).toBe(status);
  });

  test("returns the error of another copy of the package", async () => {
    vi.resetModules();
    const copy = await import("../../src/index.js");
    expect(copy.errorOf).not.toBe(errorOf);
    const { response } = await failing().GET("/customers");
    expect(copy.errorOf(response)).toMatchObject({ name: "ServerError", status: 503 });
  });

  test("doesn't show up in a log of the response", async () => {
    const { response } = await failing().GET("/customers");
    expect(Object.keys(response)).toEqual([]);
    expect(JSON.stringify(response)).toBe("{}");
  });
});

describe("the openapi-fetch client rejects", () => {
  const redirect = () => new Response(null, { status: 302, headers: { location: "/" } });
  test.each<[string, () => unknown, string]>([
    ["if the connection breaks", () => Promise.reject(new TypeError("fetch failed")), "ConnectionError"],
    ["after the timeout", () => new Promise(() => {}), "TimeoutError"],
    ["on a redirect", redirect, "RedirectError"],
    ["on a success that isn't JSON", () => new Response("<html>"), "InvalidResponseError"],
  ])("%s", async (_, respond, name) => {
    const client = respondingClient(respond, { timeout: 20 });
    expect(await rejectionOf(client.GET("/customers"))).toMatchObject({ name });
  });

  test("with the cause of the failure", async () => {
    const cause = new Error("proxy down");
    const client = respondingClient(() => Promise.reject(cause));
    expect(await rejectionOf(client.POST("/customers", { body: person }))).toMatchObject({ cause });
  });

  test.each([600, 999])("with an ApiError for the status %d, which no Response can have", async (status) => {
    const response = `HTTP/1.1 ${status} No\r\ncontent-length: 0\r\n\r\n`;
    const server = await serve(({ socket }) => void socket.end(response));
    const error = await rejectionOf(fetchClientOf(server).POST("/customers", { body: person }));
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ name: "ServerError", status, outcome: "unknown" });
  });
});

describe("middleware of the openapi-fetch client", () => {
  const onRequest = ({ request }: { request: Request }) => request.headers.set("x-trace", "1");
  const addTrace = { onRequest };

  test("may change headers, be passed for one call, and be ejected", async () => {
    const { client, sent } = recordingClients();
    await client.GET("/customers", { middleware: [addTrace] });
    await client.GET("/customers");
    client.use(addTrace);
    await client.GET("/customers");
    client.eject(addTrace);
    await client.GET("/customers");
    expect(sent.map(({ headers }) => headers["x-trace"])).toEqual(["1", undefined, "1", undefined]);
  });

  test("receives a response without a body after a 204", async () => {
    const client = respondingClient(() => new Response(null, { status: 204 }));
    const bodies: unknown[] = [];
    client.use({ onResponse: ({ response }) => void bodies.push(response.body) });
    const { response } = await client.DELETE("/customers/{customer_id}", { params });
    expect({ status: response.status, bodies }).toEqual({ status: 204, bodies: [null] });
  });

  test.each<[string, (request: Request) => Request, string]>([
    ["the query", (request) => new Request(`${request.url}?trace=1`, request), "/v1/customers/cus_1?trace=1"],
    ["the id", () => new Request("https://api.onepay.la/v1/customers/cus_2"), "/v1/customers/cus_2"],
  ])("may change %s", async (_, change, path) => {
    const { client, sent } = recordingClients();
    client.use({ onRequest: ({ request }) => change(request) });
    await client.GET("/customers/{customer_id}", { params });
    expect(sent[0]?.url).toBe(`https://api.onepay.la${path}`);
  });

  test.each([
    ["another host", () => new Request("https://evil.example/v1/customers/cus_1")],
    ["another path", () => new Request("https://api.onepay.la/v1/customers/cus_1/balance")],
    ["another version", () => new Request("https://api.onepay.la/v2/customers/cus_1")],
    ["an empty id", () => new Request("https://api.onepay.la/v1/customers/")],
    ["another scheme", () => new Request("http://api.onepay.la/v1/customers/cus_1")],
    ["another port", () => new Request("https://api.onepay.la:444/v1/customers/cus_1")],
    ["another method", ({ url }: Request) => new Request(url, { method: "DELETE" })],
  ])("can't send the API key to %s", async (_, change) => {
    const message = await refusal(({ client }) => {
      client.use({ onRequest: ({ request }: { request: Request }) => change(request) });
      return client.GET("/customers/{customer_id}", { params });
    });
    expect(message).toMatch(/^GET \/customers\/{customer_id}: a middleware changed the method or the path/);
  });

  test("may respond without a request", async () => {
    const { client, sent } = recordingClients();
    client.use({ onRequest: () => Response.json(customer) });
    expect((await client.GET("/customers/{customer_id}", { params })).data).toEqual(customer);
    expect(sent).toEqual([]);
  });
});
