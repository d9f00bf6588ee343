import { createServer } from "node:net";
import { afterEach, describe, expect, onTestFinished, test, vi } from "vitest";
import document from "../../generated/openapi.json" with { type: "json" };
import { ApiError, createFetchClient, errorOf } from "../../src/index.js";
import type { Fetch, FetchResponse, OnePayEvent, OnePayOptions } from "../../src/types.js";
import { apiKey, customer, person, rejectionOf, reply, type Server, serve, stall } from "./server.js";

const fetchClientOf = ({ url }: Pick<Server, "url">, options: OnePayOptions = {}) =>
  createFetchClient({ apiKey, baseUrl: url, ...options });

type UntypedClient = Record<
  "GET" | "PUT" | "POST" | "DELETE" | "OPTIONS" | "HEAD" | "PATCH" | "TRACE",
  (path: string, init?: object) => Promise<{ data?: unknown; error?: unknown; response: Response }>
> & { request: (method: string, path: string, init?: object) => Promise<{ response: Response }> };

function recordingClient(
  respond: () => Response = () => Response.json(customer),
  options: OnePayOptions = {},
) {
  const fetch = vi.fn<Fetch>(async () => respond());
  const client = createFetchClient({ apiKey, fetch, ...options });
  return { client, untyped: client as unknown as UntypedClient, fetch };
}

/** The headers of each request. */
const headersOf = (fetch: ReturnType<typeof recordingClient>["fetch"]) =>
  fetch.mock.calls.map(([, { headers }]) => headers);

const params = { path: { customer_id: "cus_1" } };
const token = { customerToken: "12|token" };

afterEach(() => {
  vi.unstubAllEnvs();
});

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

  test("has no body and no content-type for GET and DELETE", async () => {
    const server = await serve(reply(200, customer), reply(204));
    const client = fetchClientOf(server);
    expect(await client.GET("/customers/{customer_id}", { params })).toMatchObject({ data: customer });
    expect(await client.DELETE("/customers/{customer_id}", { params })).toMatchObject({
      response: { status: 204 },
    });
    expect(server.requests.map(({ method, body }) => [method, body])).toEqual([
      ["GET", ""],
      ["DELETE", ""],
    ]);
    for (const { headers } of server.requests) expect(headers).not.toHaveProperty("content-type");
  });

  test("is passed to fetch as a URL and a plain init", async () => {
    const { client, fetch } = recordingClient();
    await client.GET("/customers", { params: { query: { page: 2, filter: { document_number: "1" } } } });
    await client.GET("/customers/{customer_id}", { params });
    await client.DELETE("/customers/{customer_id}", { params });
    expect(fetch.mock.calls.map(([url, { method, redirect }]) => [method, url, redirect])).toEqual([
      ["GET", "https://api.onepay.la/v1/customers?page=2&filter[document_number]=1", "manual"],
      ["GET", "https://api.onepay.la/v1/customers/cus_1", "manual"],
      ["DELETE", "https://api.onepay.la/v1/customers/cus_1", "manual"],
    ]);
  });

  test("can be made for each operation of the document, and is named after it", async () => {
    const operations: string[] = [];
    const onEvent = ({ type, operation }: OnePayEvent) => {
      if (type === "request") operations.push(operation);
    };
    const { client } = recordingClient(undefined, { onEvent });
    const charge = { payment_method_id: "pm_1", amount: 100, currency: "COP", description: "Tea" } as const;
    await client.GET("/customers");
    await client.POST("/customers", { body: person });
    await client.GET("/customers/{customer_id}", { params });
    await client.DELETE("/customers/{customer_id}", { params });
    await client.GET("/customers/{customer_id}/balance", { params });
    await client.GET("/customers/{customer_id}/transactions", { params });
    await client.POST("/customers/{customer_id}/transactions", { params, body: { amount: 1 } });
    await client.GET("/customers/{customer_id}/accounts", { params });
    await client.GET("/customers/{customer_id}/cards", { params });
    await client.POST("/customers/login/verify", { body: { phone: "1", otp: "1" } });
    await client.GET("/customers/session/payment-methods", token);
    await client.POST("/customers/session/charges", { ...token, body: charge });
    await client.GET("/customers/session/charges/{charge_id}", {
      ...token,
      params: { path: { charge_id: "ch_1" } },
    });
    const documented = Object.values(document.paths).flatMap((methods) =>
      Object.values(methods).flatMap((operation) =>
        "operationId" in operation ? [operation.operationId] : [],
      ),
    );
    expect(operations.sort()).toEqual(documented.sort());
  });

  test("may use request() instead of the method of the HTTP method", async () => {
    const { client, fetch } = recordingClient();
    await client.request("get", "/customers/{customer_id}", { params });
    expect(fetch.mock.calls[0]?.[0]).toBe("https://api.onepay.la/v1/customers/cus_1");
  });

  test("has the client's headers, and those of the call replace them", async () => {
    const { client, fetch } = recordingClient(undefined, { headers: { "x-a": "1", "x-b": "1" } });
    await client.GET("/customers", { headers: { "X-B": "2" } });
    expect(headersOf(fetch)[0]).toMatchObject({ "x-a": "1", "x-b": "2" });
  });

  test("is retried with the same idempotency key and the same bytes", async () => {
    vi.spyOn(Math, "random").mockReturnValue(0);
    const server = await serve(reply(503), reply(503), reply(201, customer));
    const { data } = await fetchClientOf(server).POST("/customers", { body: person });
    expect(data).toEqual(customer);
    const keys = server.requests.map(({ headers }) => headers["x-idempotency"]);
    expect(keys).toHaveLength(3);
    expect(new Set(keys).size).toBe(1);
    expect(new Set(server.requests.map(({ body }) => body))).toEqual(new Set([JSON.stringify(person)]));
  });

  test("is never retried if the document forbids it", async () => {
    const server = await serve(reply(503));
    const body = { phone: "+573000000099", otp: "123456" };
    const { response } = await fetchClientOf(server).POST("/customers/login/verify", { body });
    expect(response.status).toBe(503);
    expect(server.requests).toHaveLength(1);
  });

  test.each([
    ["https://API.example:443/v1/", "https://api.example/v1/customers"],
    ["https://api.example/v1//", "https://api.example/v1/customers"],
    ["https://api.example/OnePay/V1", "https://api.example/OnePay/V1/customers"],
    ["https://api.example", "https://api.example/customers"],
  ])("goes to the base URL in any spelling: %s", async (baseUrl, url) => {
    const { client, fetch } = recordingClient(undefined, { baseUrl });
    await client.GET("/customers");
    expect(fetch.mock.calls[0]?.[0]).toBe(url);
  });

  test("uses the client's query encoding, and openapi-fetch's serializers if they are passed", async () => {
    const { client, fetch } = recordingClient();
    await client.GET("/customers", { params: { query: { filter: { name: "a b" } } } });
    await client.GET("/customers", { params: { query: { page: 2 } }, querySerializer: () => "custom=1" });
    await client.POST("/customers", { body: person, bodySerializer: () => '{"custom":1}' });
    expect(fetch.mock.calls[0]?.[0]).toBe("https://api.onepay.la/v1/customers?filter[name]=a%20b");
    expect(fetch.mock.calls[1]?.[0]).toBe("https://api.onepay.la/v1/customers?custom=1");
    expect(fetch.mock.calls[2]?.[1].body).toBe('{"custom":1}');
  });
});

describe("options of one call of the openapi-fetch client", () => {
  test("idempotencyKey is sent as a header, also from params or headers", async () => {
    const { client, fetch } = recordingClient();
    await client.POST("/customers", { body: person, idempotencyKey: "order:1" });
    await client.POST("/customers", { body: person, params: { header: { "x-idempotency": "order:2" } } });
    await client.POST("/customers", { body: person, headers: { "X-Idempotency": "order:3" } });
    expect(headersOf(fetch).map((headers) => headers["x-idempotency"])).toEqual([
      "order:1",
      "order:2",
      "order:3",
    ]);
  });

  test("idempotencyKey is used if it's a getter of a class", async () => {
    const { untyped, fetch } = recordingClient();
    class Init {
      get body() {
        return person;
      }
      get idempotencyKey() {
        return "order:1";
      }
    }
    await untyped.POST("/customers", new Init());
    expect(headersOf(fetch)[0]).toMatchObject({ "x-idempotency": "order:1" });
    expect(fetch.mock.calls[0]?.[1].body).toBe(JSON.stringify(person));
  });

  test.each(["", null, 1, "order 1"])(
    "idempotencyKey rejects if it's %j, and isn't replaced",
    async (idempotencyKey) => {
      const { untyped, fetch } = recordingClient();
      expect(await rejectionOf(untyped.POST("/customers", { body: person, idempotencyKey }))).toEqual(
        new TypeError(
          "POST /customers: idempotencyKey must be a string of 1 to 255 visible ASCII characters.",
        ),
      );
      expect(fetch).not.toHaveBeenCalled();
    },
  );

  test("customerToken is sent as a header, and is required by the calls of a session", async () => {
    const { client, fetch } = recordingClient();
    await client.GET("/customers/session/payment-methods", token);
    await client.GET("/customers/session/payment-methods", { headers: { "X-Customer-Token": "13|token" } });
    expect(headersOf(fetch).map((headers) => headers["x-customer-token"])).toEqual(["12|token", "13|token"]);
    expect(await rejectionOf(client.GET("/customers/session/payment-methods"))).toEqual(
      new TypeError(
        "GET /customers/session/payment-methods: no customerToken. Pass it in the options, as the last argument.",
      ),
    );
  });

  test("timeout and maxRetries apply to the call", async () => {
    const server = await serve(stall);
    const client = fetchClientOf(server);
    const error = await rejectionOf(client.GET("/customers", { timeout: 20, maxRetries: 0 }));
    expect(error).toMatchObject({ name: "TimeoutError", attempts: 1 });
    expect((error as Error).message).toContain("after 20 ms (1 attempt)");
  });

  test("deadline applies to the call", async () => {
    const server = await serve(stall);
    const error = await rejectionOf<Error>(fetchClientOf(server).GET("/customers", { deadline: 20 }));
    expect(error.message).toContain("after the deadline of 20 ms");
  });

  test("maxResponseBytes applies to the call", async () => {
    const { client } = recordingClient();
    const error = await rejectionOf<Error>(client.GET("/customers", { maxResponseBytes: 2 }));
    expect(error).toMatchObject({ name: "InvalidResponseError" });
  });

  test("onEvent is called in addition to the client's", async () => {
    const [clientEvents, callEvents]: string[][] = [[], []];
    const { client } = recordingClient(undefined, { onEvent: ({ type }) => clientEvents?.push(type) });
    await client.GET("/customers", { onEvent: ({ type }) => callEvents?.push(type) });
    expect(callEvents).toEqual(["request", "response", "success"]);
    expect(clientEvents).toEqual(callEvents);
  });

  test("signal cancels the call", async () => {
    const client = createFetchClient({ apiKey, fetch: () => new Promise(() => {}) });
    const controller = new AbortController();
    const call = rejectionOf(client.GET("/customers", { signal: controller.signal }));
    controller.abort();
    expect(await call).toMatchObject({ name: "AbortError" });
  });

  test("options of fetch reach fetch, directly or in fetchOptions", async () => {
    const { client, fetch } = recordingClient(undefined, { fetchOptions: { keepalive: true } });
    await client.GET("/customers", { cache: "no-store", next: { revalidate: 0 } });
    await client.GET("/customers", {
      fetchOptions: { cache: "reload", dispatcher: "agent" },
      priority: "low",
    });
    expect(fetch.mock.calls[0]?.[1]).toMatchObject({
      cache: "no-store",
      next: { revalidate: 0 },
      keepalive: true,
    });
    expect(fetch.mock.calls[1]?.[1]).toMatchObject({
      cache: "reload",
      dispatcher: "agent",
      priority: "low",
      keepalive: true,
    });
  });

  test.each(["redirect", "method", "duplex"])(
    "options of fetch that the client sets are refused: %s",
    async (name) => {
      const { untyped, fetch } = recordingClient();
      expect(await rejectionOf(untyped.GET("/customers", { [name]: "x" }))).toEqual(
        new TypeError(`GET /customers: fetchOptions can't have ${name}, since the client sets it.`),
      );
      expect(fetch).not.toHaveBeenCalled();
    },
  );

  test.each(["fetch", "baseUrl", "pathSerializer", "Request"])(
    "can't be options of the client: %s",
    async (name) => {
      const { untyped, fetch } = recordingClient();
      expect(await rejectionOf(untyped.GET("/customers", { [name]: () => "x" }))).toEqual(
        new TypeError(
          `GET /customers: ${name} can't be set for one call. Pass fetch and baseUrl to createFetchClient().`,
        ),
      );
      expect(fetch).not.toHaveBeenCalled();
    },
  );

  test.each([
    ["timeout", 0],
    ["deadline", "1s"],
    ["maxRetries", -1],
    ["signal", {}],
    ["customerToken", 1],
  ])("are checked by name: %s", async (name, value) => {
    const { untyped, fetch } = recordingClient();
    const error = await rejectionOf<Error>(
      untyped.GET("/customers/session/payment-methods", { ...token, [name]: value }),
    );
    expect(error).toBeInstanceOf(TypeError);
    expect(error.message).toMatch(new RegExp(`^GET /customers/session/payment-methods: ${name} must be `));
    expect(fetch).not.toHaveBeenCalled();
  });

  test("are refused by name in the body or the query", async () => {
    const { untyped, fetch } = recordingClient();
    const inBody = untyped.POST("/customers", { body: { ...person, idempotencyKey: "order:1" } });
    const inQuery = untyped.GET("/customers", { params: { query: { signal: AbortSignal.abort() } } });
    expect(await rejectionOf(inBody)).toEqual(
      new TypeError(
        "POST /customers: idempotencyKey is an option, and it's in the body. Pass it in the last argument: { idempotencyKey }.",
      ),
    );
    expect(await rejectionOf(inQuery)).toEqual(
      new TypeError(
        "GET /customers: signal is an option, and it's in the query. Pass it in the last argument: { signal }.",
      ),
    );
    expect(fetch).not.toHaveBeenCalled();
  });
});

describe("wrong arguments of the openapi-fetch client", () => {
  test.each<[unknown, RegExp]>([
    [undefined, /^POST \/customers: the request body is missing\. Pass body\.$/],
    [null, /^POST \/customers: the request body is missing or isn't an object/],
    ["{}", /^POST \/customers: the request body is missing or isn't an object/],
    [new FormData(), /^POST \/customers: the request body must be a plain object/],
    [{ amount: Number.NaN }, /^POST \/customers: field "amount" of the request body must be a finite number/],
    [{ amount: 1n }, /^POST \/customers: the request body can't be written as JSON/],
  ])("are refused before anything is sent: body %s", async (body, message) => {
    const { untyped, fetch } = recordingClient();
    const error = await rejectionOf<Error>(untyped.POST("/customers", { body }));
    expect(error).toBeInstanceOf(TypeError);
    expect(error.message).toMatch(message);
    expect(fetch).not.toHaveBeenCalled();
  });

  test.each(["GET", "DELETE"] as const)("are refused if %s has a body", async (method) => {
    const { untyped, fetch } = recordingClient();
    expect(await rejectionOf(untyped[method]("/customers/{customer_id}", { params, body: {} }))).toEqual(
      new TypeError(`${method} /customers/{customer_id}: the operation takes no body. Remove body.`),
    );
    expect(fetch).not.toHaveBeenCalled();
  });

  test.each([Number.NaN, 0, -1, 1.5, "two"])("are refused before anything is sent: page %j", async (page) => {
    const { untyped, fetch } = recordingClient();
    expect(await rejectionOf(untyped.GET("/customers", { params: { query: { page } } }))).toEqual(
      new TypeError("GET /customers: page must be a whole number of at least 1."),
    );
    expect(fetch).not.toHaveBeenCalled();
  });

  test.each<[unknown, RegExp]>([
    [{ filter: { at: new Date(0) } }, /query parameter filter\[at\] must be a string/],
    [{ filter: { name: "\ud800" } }, /query parameter filter\[name\] must be a string/],
    [new Map([["page", 1]]), /the query must be a plain object/],
  ])("are refused before anything is sent: query %#", async (query, message) => {
    const { untyped, fetch } = recordingClient();
    const error = await rejectionOf<Error>(untyped.GET("/customers", { params: { query } }));
    expect(error).toBeInstanceOf(TypeError);
    expect(error.message).toMatch(message);
    expect(fetch).not.toHaveBeenCalled();
  });

  test.each([
    "",
    ".",
    "..",
    "%2e",
    "a/b",
    "a?b",
    "a#b",
    "a b",
    "zoraida@example.com",
    "9900112233",
    undefined,
    1,
  ])("are refused before anything is sent: id %j", async (customer_id) => {
    const { client, fetch } = recordingClient();
    const path = { customer_id: customer_id as string };
    const error = await rejectionOf<Error>(
      client.GET("/customers/{customer_id}/balance", { params: { path } }),
    );
    expect(error).toBeInstanceOf(TypeError);
    expect(error.message).toMatch(/^GET \/customers\/\{customer_id\}\/balance: customer_id /);
    expect(fetch).not.toHaveBeenCalled();
  });

  test.each([undefined, {}, { params: {} }, { params: { path: {} } }])(
    "are refused before anything is sent: %j without an id",
    async (init) => {
      const { untyped, fetch } = recordingClient();
      const error = await rejectionOf<Error>(untyped.GET("/customers/{customer_id}", init));
      expect(error.message).toMatch(/customer_id must be a string with an id/);
      expect(fetch).not.toHaveBeenCalled();
    },
  );

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
  ] as const)("are refused if the document doesn't describe them: %s %s", async (method, path) => {
    const { untyped, fetch } = recordingClient();
    const error = new TypeError(
      `${method} ${path}: the document doesn't describe it. Use onepay.request() instead.`,
    );
    expect(await rejectionOf(untyped[method](path, { body: {} }))).toEqual(error);
    expect(await rejectionOf(untyped.request(method.toLowerCase(), path))).toEqual(error);
    expect(fetch).not.toHaveBeenCalled();
  });

  test.each(["authorization", "Authorization"])("are refused if they set the header %s", async (name) => {
    const { client, fetch } = recordingClient();
    const error = await rejectionOf<Error>(client.GET("/customers", { headers: { [name]: "Bearer x" } }));
    expect(error.message).toBe(
      'GET /customers: header "authorization" is set by the option apiKey. Pass that.',
    );
    expect(fetch).not.toHaveBeenCalled();
  });

  test("are refused if a read has an idempotency key", async () => {
    const { untyped, fetch } = recordingClient();
    const asHeader = untyped.GET("/customers", { headers: { "x-idempotency": "order:1" } });
    const asOption = untyped.GET("/customers", { idempotencyKey: "order:1" });
    expect(await rejectionOf(asHeader)).toBeInstanceOf(TypeError);
    expect(await rejectionOf(asOption)).toBeInstanceOf(TypeError);
    expect(fetch).not.toHaveBeenCalled();
  });

  test("throw from createFetchClient() if they are options of the client", () => {
    vi.stubEnv("ONEPAY_API_KEY", undefined);
    expect(() => createFetchClient()).toThrow(/^OnePay: no API key/);
    expect(() => createFetchClient({ apiKey, timeout: 0 })).toThrow(/^OnePay: timeout/);
  });
});

describe("a response of the openapi-fetch client", () => {
  test.each([
    [400, { message: "no", code_name: "bad" }],
    [422, { message: "no", code_name: "bad" }],
    [500, { message: "oh" }],
    [599, { message: "oh" }],
  ])("with the status %d is returned as error", async (status, body) => {
    const { client } = recordingClient(() => Response.json(body, { status }), { maxRetries: 0 });
    const { data, error, response } = await client.POST("/customers", { body: person });
    expect({ data, error, status: response.status }).toEqual({ data: undefined, error: body, status });
  });

  test("that isn't JSON is returned as a string", async () => {
    const { client } = recordingClient(() => new Response("<h1>Bad gateway</h1>", { status: 502 }), {
      maxRetries: 0,
    });
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
    const { client } = recordingClient(() => new Response(body, { status: 500, headers }), { maxRetries: 0 });
    const { data, error, response } = await client.POST("/customers", { body: person });
    expect({ data, error }).toEqual({ data: undefined, error: {} });
    expect(response.status).toBe(500);
    expect(errorOf(response)).toMatchObject({ name: "ServerError", outcome: "unknown" });
  });

  test.each(["null", "false", "0", '""', " "])(
    "that failed has the string %j as its error if that's the JSON",
    async (text) => {
      const { client } = recordingClient(() => Response.json(text, { status: 500 }), { maxRetries: 0 });
      expect((await client.GET("/customers")).error).toBe(text);
    },
  );

  test("that failed with content-length 0 has an error over a real connection", async () => {
    const server = await serve(reply(500, undefined, { "content-length": "0" }));
    const { error, response } = await fetchClientOf(server, { maxRetries: 0 }).GET("/customers");
    expect({ error, status: response.status }).toEqual({ error: {}, status: 500 });
    expect(errorOf(response)?.responseHeaders.get("content-length")).toBe("0");
  });

  test("with 204 has no data and no error", async () => {
    const { client } = recordingClient(() => new Response(null, { status: 204 }));
    const { data, error, response } = await client.DELETE("/customers/{customer_id}", { params });
    expect({ data, error, status: response.status }).toEqual({
      data: undefined,
      error: undefined,
      status: 204,
    });
  });

  test("with an empty 200 to a deletion has no data and no error", async () => {
    const { client } = recordingClient(() => new Response(null));
    const { data, error } = await client.DELETE("/customers/{customer_id}", { params });
    expect({ data, error }).toEqual({ data: undefined, error: undefined });
  });

  test.each(["Creado – ✓", "日本", "\u00ff", ""])(
    "is returned with any reason phrase: %s",
    async (phrase) => {
      let created = 0;
      const server = createServer((socket) => {
        socket.on("error", () => {});
        socket.once("data", () => {
          created += 1;
          socket.end(
            `HTTP/1.1 201 ${phrase}\r\ncontent-type: application/json\r\ncontent-length: 10\r\nconnection: close\r\n\r\n{"id":"a"}`,
          );
        });
      });
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      onTestFinished(() => void server.close());
      const { port } = server.address() as { port: number };
      const client = fetchClientOf({ url: `http://127.0.0.1:${port}/v1` });
      const { data, response } = await client.POST("/customers", { body: person });
      expect({ data, status: response.status, created }).toEqual({
        data: { id: "a" },
        status: 201,
        created: 1,
      });
    },
  );

  test("is returned without its headers if a middleware reads it and the headers can't be copied", async () => {
    const headers = { get: (name: string) => (name === "content-type" ? "application/json" : null) };
    const unreadable = new Proxy(headers, {
      ownKeys: () => {
        throw new Error("unreadable");
      },
    });
    const fetch: Fetch = async () => ({ ok: true, status: 200, headers: unreadable, text: async () => "{}" });
    const client = createFetchClient({ apiKey, fetch });
    client.use({ onResponse: () => undefined });
    const { data, response } = await client.GET("/customers");
    expect({ data, headers: [...response.headers.keys()] }).toEqual({
      data: {},
      headers: ["content-type"],
    });
  });

  test.each([
    ["the same object each time", (response: object) => response],
    ["a frozen object", Object.freeze],
  ])("is returned if the replaced fetch returns %s", async (_, prepare) => {
    const headers = new Headers({ "content-type": "application/json" });
    const shared = prepare({ ok: true, status: 200, headers, text: async () => '{"id":"cus_1"}' });
    const client = createFetchClient({ apiKey, fetch: async () => shared as FetchResponse });
    for (const _call of [1, 2]) {
      const { data } = await client.GET("/customers/{customer_id}", { params });
      expect(data).toEqual({ id: "cus_1" });
    }
  });

  test("can be read as text", async () => {
    const { client } = recordingClient();
    const { data } = await client.GET("/customers", { parseAs: "text" });
    expect(data).toBe(JSON.stringify(customer));
  });
});

describe("errorOf()", () => {
  const failing = (status = 503) =>
    recordingClient(() => Response.json({ code_name: "bad" }, { status }), { maxRetries: 0 });

  test("returns the error with outcome, idempotency key and attempts", async () => {
    const { client } = failing();
    const { response } = await client.POST("/customers", { body: person, idempotencyKey: "order:1" });
    const error = errorOf(response);
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({
      operation: "createCustomer",
      idempotencyKey: "order:1",
      outcome: "unknown",
      codeName: "bad",
      attempts: 1,
    });
    expect(error?.message).toMatch(/^POST \/customers: 503 Server error: bad\./);
  });

  test("returns undefined for a success and for another response", async () => {
    const { response } = await recordingClient().client.GET("/customers");
    expect(errorOf(response)).toBeUndefined();
    expect(errorOf(new Response(null, { status: 404 }))).toBeUndefined();
  });

  test("returns the error if a middleware has returned a copy of the response", async () => {
    const { client } = failing(422);
    client.use({ onResponse: ({ response }) => new Response(response.body, response) });
    const { response } = await client.GET("/customers/{customer_id}", { params });
    expect(errorOf(response)).toMatchObject({ name: "UnprocessableEntityError", status: 422 });
  });

  test("returns undefined if a middleware has returned a success instead", async () => {
    const { client } = failing(404);
    client.use({ onResponse: () => Response.json(customer) });
    const { data, response } = await client.GET("/customers/{customer_id}", { params });
    expect(data).toEqual(customer);
    expect(errorOf(response)).toBeUndefined();
  });

  test("returns the error of another copy of the package", async () => {
    vi.resetModules();
    const copy = await import("../../src/index.js");
    expect(copy.errorOf).not.toBe(errorOf);
    const { response } = await failing().client.GET("/customers");
    expect(copy.errorOf(response)).toMatchObject({ name: "ServerError", status: 503 });
  });

  test("doesn't show up in a log of the response", async () => {
    const { response } = await failing().client.GET("/customers");
    expect(Object.keys(response)).toEqual([]);
    expect(JSON.stringify(response)).toBe("{}");
  });
});

describe("the openapi-fetch client rejects", () => {
  test.each<[string, () => Promise<Response>, string]>([
    ["if the connection breaks", () => Promise.reject(new TypeError("fetch failed")), "ConnectionError"],
    ["after the timeout", () => new Promise(() => {}), "TimeoutError"],
    [
      "on a redirect",
      async () => new Response(null, { status: 302, headers: { location: "/" } }),
      "RedirectError",
    ],
    ["on a success that isn't JSON", async () => new Response("<html>"), "InvalidResponseError"],
  ])("%s", async (_, fetch, name) => {
    const client = createFetchClient({ apiKey, fetch, maxRetries: 0, timeout: 20 });
    expect(await rejectionOf(client.GET("/customers"))).toMatchObject({ name });
  });

  test("with the cause of the failure", async () => {
    const cause = new Error("proxy down");
    const client = createFetchClient({ apiKey, fetch: () => Promise.reject(cause), maxRetries: 0 });
    const error = await rejectionOf<Error>(client.POST("/customers", { body: person }));
    expect(error.cause).toBe(cause);
  });

  test.each([600, 999])("with an ApiError for the status %d, which no Response can have", async (status) => {
    const server = await serve(
      ({ socket }) => void socket.end(`HTTP/1.1 ${status} No\r\ncontent-length: 0\r\n\r\n`),
    );
    const error = await rejectionOf(fetchClientOf(server).POST("/customers", { body: person }));
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ name: "ServerError", status, outcome: "unknown" });
  });
});

describe("middleware of the openapi-fetch client", () => {
  test("may change headers", async () => {
    const { client, fetch } = recordingClient();
    client.use({
      onRequest: ({ request }) => {
        request.headers.set("x-trace", "1");
      },
    });
    await client.GET("/customers");
    expect(headersOf(fetch)[0]).toMatchObject({ "x-trace": "1" });
  });

  test("may change the query", async () => {
    const { client, fetch } = recordingClient();
    client.use({ onRequest: ({ request }) => new Request(`${request.url}?trace=1`, request) });
    await client.GET("/customers");
    expect(fetch.mock.calls[0]?.[0]).toBe("https://api.onepay.la/v1/customers?trace=1");
  });

  test("may be passed for one call, and be ejected", async () => {
    const { client, fetch } = recordingClient();
    const middleware = {
      onRequest: ({ request }: { request: Request }) => {
        request.headers.set("x-trace", "1");
      },
    };
    await client.GET("/customers", { middleware: [middleware] });
    client.use(middleware);
    client.eject(middleware);
    await client.GET("/customers");
    expect(headersOf(fetch).map((headers) => headers["x-trace"])).toEqual(["1", undefined]);
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
    const { client, fetch } = recordingClient();
    client.use({ onRequest: ({ request }) => change(request) });
    expect(await rejectionOf(client.GET("/customers/{customer_id}", { params }))).toEqual(
      new TypeError(
        "GET /customers/{customer_id}: a middleware changed the method or the path. Call the other operation instead.",
      ),
    );
    expect(fetch).not.toHaveBeenCalled();
  });

  test("may change the id", async () => {
    const { client, fetch } = recordingClient();
    client.use({ onRequest: () => new Request("https://api.onepay.la/v1/customers/cus_2") });
    await client.GET("/customers/{customer_id}", { params });
    expect(fetch.mock.calls[0]?.[0]).toBe("https://api.onepay.la/v1/customers/cus_2");
  });

  test("may respond without a request", async () => {
    const { client, fetch } = recordingClient();
    client.use({ onRequest: () => Response.json(customer) });
    expect((await client.GET("/customers/{customer_id}", { params })).data).toEqual(customer);
    expect(fetch).not.toHaveBeenCalled();
  });
});
