import { describe, expect, expectTypeOf, test, vi } from "vitest";
import { NotFoundError, OnePay, type OnePayError } from "../../src/index.js";
import type { Fetch, OnePayEvent, OnePayOptions, RawRequest, RawRequestOptions } from "../../src/types.js";
import { apiKey, clientOf, rejectionOf, reply, reset, retryImmediately, serve } from "./server.js";

const id = "9da58912-101d-46f8-86c9-20a52119c0bf";

function recordingClient(respond: () => Response = () => Response.json({}), options: OnePayOptions = {}) {
  const fetch = vi.fn<Fetch>(async () => respond());
  const onepay = new OnePay({ apiKey, fetch, ...options });
  const request = (parts: unknown, callOptions?: unknown) =>
    onepay.request(parts as RawRequest, callOptions as RawRequestOptions);
  return { onepay, request, fetch };
}

/** Sends a request that must be refused before anything is sent; returns the message. */
async function refusal(parts: unknown, options?: unknown): Promise<string> {
  const { request, fetch } = recordingClient();
  const error = await rejectionOf<Error>(request(parts, options));
  expect(error).toBeInstanceOf(TypeError);
  expect(fetch).not.toHaveBeenCalled();
  return error.message;
}

retryImmediately();

describe("onepay.request()", () => {
  test("sends method, path, query and body with the same headers as the other methods", async () => {
    const server = await serve(reply(201, { id }));
    const payment = await clientOf(server).request({
      method: "POST",
      path: "/payments",
      query: { expand: ["customer", "card"], filter: { status: "paid" } },
      body: { amount: 50_000 },
    });
    expect(payment).toEqual({ id });
    expect(server.requests).toEqual([
      expect.objectContaining({
        method: "POST",
        path: "/v1/payments?expand=customer&expand=card&filter[status]=paid",
        body: '{"amount":50000}',
      }),
    ]);
    expect(server.requests[0]?.headers).toMatchObject({
      accept: "application/json",
      authorization: `Bearer ${apiKey}`,
      "content-type": "application/json",
      "x-idempotency": expect.stringMatching(/^[\da-f-]{36}$/),
    });
  });

  test.each<[RawRequest["method"], object | undefined]>([
    ["GET", undefined],
    ["HEAD", undefined],
    ["POST", { amount: 5_000 }],
    ["PUT", { amount: 5_000 }],
    ["PATCH", { amount: 5_000 }],
    ["DELETE", undefined],
  ])(
    "sends %s, and repeats it with the same body and idempotency key; reads have none",
    async (method, body) => {
      const server = await serve(reply(503), reset, reply(200, {}));
      const path = `/payments/${id}`;
      const { attempts, idempotencyKey } = await clientOf(server)
        .request({ method, path, body })
        .withResponse();
      expect(attempts).toBe(3);
      expect(idempotencyKey !== undefined).toBe(method !== "GET" && method !== "HEAD");
      const text = body ? JSON.stringify(body) : "";
      for (const { headers, ...request } of server.requests) {
        expect(request).toEqual({ method, path: `/v1${path}`, body: text });
        expect(headers["x-idempotency"]).toBe(idempotencyKey);
      }
    },
  );

  test("accepts a method in lower case, and sends it in upper case", async () => {
    const { request, fetch } = recordingClient();
    await request({ method: "patch", path: "/payments", body: {} });
    expect(fetch.mock.calls[0]?.[1].method).toBe("PATCH");
  });

  test("returns the type of its type argument, unknown by default", async () => {
    const { onepay } = recordingClient(() => Response.json({ amount: 1 }));
    const parts = { method: "GET", path: "/payments" } as const;
    const typed = onepay.request<{ amount: number }>(parts);
    expectTypeOf(onepay.request(parts)).resolves.toBeUnknown();
    expectTypeOf(typed).resolves.toEqualTypeOf<{ amount: number }>();
    const { data, response } = await typed.withResponse();
    expectTypeOf(data).toEqualTypeOf<{ amount: number }>();
    expectTypeOf(response).toEqualTypeOf<Response>();
    expect(data.amount).toBe(1);
  });

  test("returns the response with withResponse()", async () => {
    const { onepay } = recordingClient(() => Response.json({ id }, { status: 201 }));
    const { data, response, idempotencyKey, attempts } = await onepay
      .request({ method: "POST", path: "/payments", body: {} }, { idempotencyKey: "order:1" })
      .withResponse();
    expect({ data, status: response.status, idempotencyKey, attempts }).toEqual({
      data: { id },
      status: 201,
      idempotencyKey: "order:1",
      attempts: 1,
    });
  });

  test.each([200, 201, 202, 204])("returns undefined for an empty success: %d", async (status) => {
    const server = await serve(reply(status));
    const onepay = clientOf(server);
    expect(await onepay.request({ method: "POST", path: "/webhooks", body: {} })).toBeUndefined();
    expect(await onepay.request({ method: "DELETE", path: `/webhooks/${id}` })).toBeUndefined();
  });

  test("returns undefined for HEAD, even if the response announces a body", async () => {
    const server = await serve(({ response }) => {
      response.writeHead(200, { "content-type": "application/json", "content-length": "1000" }).end();
    });
    expect(await clientOf(server).request({ method: "HEAD", path: "/payments" })).toBeUndefined();
  });

  test("rejects with an InvalidResponseError if a success isn't JSON", async () => {
    const html = { headers: { "content-type": "text/html" } };
    const { request } = recordingClient(() => new Response("<html>", html));
    const error = await rejectionOf(request({ method: "GET", path: "/payments" }));
    expect(error).toMatchObject({
      name: "InvalidResponseError",
      message: "GET /payments: 200 The response isn't JSON. Check baseUrl.",
    });
  });

  test("takes its parts when it's called", async () => {
    const { request, fetch } = recordingClient();
    const parts = { method: "POST", path: "/payments", query: { a: 1 }, body: { amount: 5 } };
    const promise = request(parts);
    parts.path = "/refunds";
    parts.query.a = 2;
    parts.body.amount = 6;
    await promise;
    expect(fetch.mock.calls[0]?.[0]).toBe("https://api.onepay.la/v1/payments?a=1");
    expect(fetch.mock.calls[0]?.[1].body).toBe('{"amount":5}');
  });
});

describe("the path of onepay.request()", () => {
  const absent = ["", "payments", "/", "//evil.example", "/payments/", "https://evil.example/", 1, undefined];
  test.each([...absent, "/payments?amount=1", "/payments#a"])(
    "must start with a slash and have no query: %j",
    async (path) => {
      expect(await refusal({ method: "GET", path })).toBe(
        'onepay.request: path must start with a slash and have no query, such as "/payments". Pass query instead.',
      );
    },
  );

  const dots = ["/payments/..", "/./payments", "/../admin", "/payments/%2e%2e"];
  test.each([...dots, "/payments/a b", "/a\\b", "/payments/a\n", "/a//b"])(
    "has segments that are checked like ids: %j",
    async (path) => {
      expect(await refusal({ method: "GET", path })).toMatch(/^onepay\.request: path /);
    },
  );

  test.each(["/customers/zoraida@example.com", "/customers/9900112233/payments", "/customers/+573000000099"])(
    "can't contain personal data: %s",
    async (path) => {
      const message = await refusal({ method: "GET", path });
      expect(message).toContain("path looks like an e-mail address, a phone or a document number");
      expect(message).not.toMatch(/zoraida|9900112233|573000000099/);
    },
  );

  test.each([
    ["/payments", "/payments"],
    ["/payment-links", "/payment-links"],
    ["/payment_links", "/payment_links"],
    [`/payments/${id}`, "/payments/{id}"],
    [`/payments/${id}/refunds`, "/payments/{id}/refunds"],
    ["/payments/pay_1a2b/refunds/x9", "/payments/{id}/refunds/{id}"],
    ["/payments/ABC-123", "/payments/{id}"],
    ["/payments/año", "/payments/{id}"],
  ])("%s is %s in errors, messages and events", async (path, template) => {
    const events: OnePayEvent[] = [];
    const { request } = recordingClient(() => new Response(null, { status: 404 }), {
      onEvent: (event) => events.push(event),
    });
    const error = await rejectionOf<NotFoundError>(request({ method: "GET", path }));
    expect(error).toBeInstanceOf(NotFoundError);
    expect(error.operation).toBe(`GET ${template}`);
    expect(error.message).toMatch(new RegExp(`^GET ${template.replace(/[{}]/g, "\\$&")}: 404 `));
    expect(events.map(({ type }) => type)).toEqual(["request", "response", "error"]);
    for (const event of events)
      expect(event).toMatchObject({ operation: `GET ${template}`, method: "GET", path: template });
    if (template.includes("{id}")) expect(JSON.stringify([error, events])).not.toContain(path);
  });

  test("is below the base URL", async () => {
    const { request, fetch } = recordingClient(undefined, { baseUrl: "https://api.example/v2" });
    await request({ method: "GET", path: "/payments/ñ" });
    expect(fetch.mock.calls[0]?.[0]).toBe("https://api.example/v2/payments/%C3%B1");
  });
});

describe("the parts of onepay.request()", () => {
  const notAnObject = 'pass an object, such as { method: "GET", path: "/payments" }.';
  const wrongMethod = "method must be one of GET, HEAD, POST, PUT, PATCH, DELETE.";
  const path = "/payments";
  const unknown = (name: string): [object, string] => [
    { method: "POST", path, [name]: "x" },
    `unknown property "${name}". Pass method, path, query and body, and options as the second argument.`,
  ];
  test.each<[unknown, string]>([
    ...[undefined, null, "/payments", 1].map((parts): [unknown, string] => [parts, notAnObject]),
    ...["idempotencyKey", "headers", "url", "data"].map(unknown),
    ...[undefined, "", "OPTIONS", "TRACE", "CONNECT", "GETT", 1, {}].map((method): [object, string] => [
      { method, path },
      wrongMethod,
    ]),
    [{ method: "GET", path, body: { a: 1 } }, "GET takes no body. Pass a query."],
    [{ method: "HEAD", path, body: { a: 1 } }, "HEAD takes no body. Pass a query."],
  ])("are refused before anything is sent: %j", async (parts, message) => {
    expect(await refusal(parts)).toBe(`onepay.request: ${message}`);
  });

  test("are read from getters and classes", async () => {
    const { request, fetch } = recordingClient();
    class Parts {
      readonly path = "/payments";
      get method() {
        return "POST";
      }
      get body() {
        return { amount: 1 };
      }
    }
    await request(new Parts());
    expect(fetch.mock.calls[0]?.[1]).toMatchObject({ method: "POST", body: '{"amount":1}' });
  });

  test.each<[string, unknown, RegExp]>([
    ["body", { amount: Number.NaN }, /field "amount" of the request body must be a finite number/],
    ["body", new Map(), /the request body must be a plain object/],
    ["body", "text", /the request body is missing or isn't an object/],
    ["body", null, /the request body is missing or isn't an object/],
    ["query", new URLSearchParams("a=1"), /the query must be a plain object/],
    ["query", { at: new Date(0) }, /query parameter at must be a string/],
    ["query", { a: "\ud800" }, /query parameter a must be a string/],
  ])("can't have a %s that would lose a value: %j", async (part, value, message) => {
    expect(await refusal({ method: "POST", path, [part]: value })).toMatch(message);
  });
});

describe("the options of onepay.request()", () => {
  const camelCase = ["idempotencyKey", "maxRetries", "maxResponseBytes", "onEvent", "customerToken"];
  test.each([...camelCase, "fetchOptions", "apiKey"])(
    "are refused by name in the body and the query: %s",
    async (name) => {
      const message = (place: string) =>
        `onepay.request: ${name} is an option, and it's in ${place}. Pass it in the last argument: { ${name} }.`;
      const parts = { method: "POST", path: "/payments" };
      expect(await refusal({ ...parts, body: { amount: 1, [name]: "x" } })).toBe(message("the body"));
      expect(await refusal({ ...parts, query: { [name]: "x" } })).toBe(message("the query"));
    },
  );

  test.each(["timeout", "deadline", "signal", "headers", "fetch", "retry"])(
    "aren't confused with a field of the API that has the same name in lower case: %s",
    async (name) => {
      const { request, fetch } = recordingClient();
      await request({ method: "POST", path: "/webhooks", body: { [name]: "x" }, query: { [name]: "x" } });
      expect(fetch.mock.calls[0]?.[1].body).toBe(JSON.stringify({ [name]: "x" }));
    },
  );

  test.each<[unknown, string]>([
    [{ timeout: 0 }, ": timeout must be"],
    [{ retries: 1 }, ': unknown option "retries". Did you mean maxRetries?'],
    [{ retry: "always" }, ': retry must be "never".'],
    [{ idempotencyKey: "" }, ": idempotencyKey must be"],
    [{ headers: { authorization: "x" } }, "set by the option apiKey"],
    ["order:1", ": the options must be an object"],
  ])("are checked by name: %j", async (options, message) => {
    const refused = await refusal({ method: "POST", path: `/payments/${id}/refunds` }, options);
    expect(refused).toMatch(/^POST \/payments\/\{id\}\/refunds: /);
    expect(refused).toContain(message);
  });

  test.each(["GET", "HEAD"])("can't have an idempotency key for %s", async (method) => {
    const message = await refusal({ method, path: "/payments" }, { idempotencyKey: "order:1" });
    expect(message).toContain('unknown option "idempotencyKey"');
  });

  test("may have a customer token, which is optional", async () => {
    const { request, fetch } = recordingClient();
    await request({ method: "GET", path: "/payments" }, { customerToken: "12|token" });
    await request({ method: "GET", path: "/payments" });
    expect(fetch.mock.calls[0]?.[1].headers).toMatchObject({ "x-customer-token": "12|token" });
    expect(fetch.mock.calls[1]?.[1].headers).not.toHaveProperty("x-customer-token");
  });

  test("may cancel the call", async () => {
    const { request, fetch } = recordingClient();
    const error = await rejectionOf(
      request({ method: "GET", path: "/payments" }, { signal: AbortSignal.abort() }),
    );
    expect(error).toMatchObject({ name: "AbortError", operation: "GET /payments", attempts: 0 });
    expect(fetch).not.toHaveBeenCalled();
  });

  test("may have an idempotency key, which is sent", async () => {
    const { request, fetch } = recordingClient();
    await request({ method: "DELETE", path: `/payments/${id}` }, { idempotencyKey: "order:1" });
    expect(fetch.mock.calls[0]?.[1].headers["x-idempotency"]).toBe("order:1");
  });

  test.each([
    ["GET", 503, "unknown"],
    ["POST", 503, "unknown"],
    ["POST", 429, "rejected"],
  ] as const)('turn off retries of %s after a %d with retry: "never"', async (method, status, outcome) => {
    const server = await serve(reply(status));
    const call = clientOf(server).request(
      { method, path: "/payments", ...(method === "POST" && { body: {} }) },
      { retry: "never" },
    );
    const error = await rejectionOf<OnePayError>(call);
    expect(error).toMatchObject({ operation: `${method} /payments`, status, attempts: 1, outcome });
    expect(server.requests).toHaveLength(1);
    expect(server.requests[0]?.headers["x-idempotency"]).toBe(error.idempotencyKey);
  });
});

test("errors and events of onepay.request() never show the body, the query or the token", async () => {
  const events: OnePayEvent[] = [];
  const server = await serve(reply(422, { message: "zoraida@example.com is taken" }));
  const data = { query: { name: "Zoraida" }, body: { email: "zoraida@example.com" } };
  const error = await rejectionOf(
    clientOf(server, { onEvent: (event) => events.push(event) }).request(
      { method: "POST", path: "/payments", ...data },
      { customerToken: "12|token" },
    ),
  );
  expect(JSON.stringify([error, events, String(error)])).not.toMatch(/zoraida|12\|token|sk_test/i);
});
