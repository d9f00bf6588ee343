/** All messages of the client, each next to its situation, so that they can be read as a set. */
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createFetchClient, idempotencyKeyFrom, OnePay, OnePayError } from "../../src/index.js";
import type { Fetch } from "../../src/types.js";
import type { Untyped } from "./clients.js";
import { apiKey, customer, fetchError, person } from "./server.js";

beforeEach(() => {
  vi.stubEnv("ONEPAY_API_KEY", undefined);
  vi.stubEnv("ONEPAY_BASE_URL", undefined);
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.unstubAllEnvs();
});

type Situations = { readonly [situation: string]: () => unknown };

/** Each situation with the message that it leads to. */
async function messagesOf(situations: Situations): Promise<string> {
  const entries: string[] = [];
  for (const [situation, act] of Object.entries(situations)) {
    let message = "(no error)";
    try {
      await act();
    } catch (error) {
      message = (error as Error).message;
    }
    entries.push(`${situation} → ${message}`);
  }
  return entries.join("\n");
}

const fetch: Fetch = async () => Response.json(customer);
const onepay: Untyped = new OnePay({ apiKey, fetch });
const { customers, customerSessions } = onepay;
const create = (options: object) => new OnePay({ apiKey, ...options } as Untyped);

describe("messages of TypeErrors", () => {
  test("about the API key", async () => {
    const withKey = (key: string) => () => new OnePay({ apiKey: key });
    const messages = await messagesOf({
      "no key": () => new OnePay(),
      "an empty key": withKey(""),
      "a public key": withKey("pk_test_1"),
      "a key with a line break": withKey("sk_test_1\n"),
      "a key of another kind": withKey("rk_1"),
      "a number": () => create({ apiKey: 1 }),
      "a key in a browser": () => {
        vi.stubGlobal("navigator", { userAgent: "Mozilla/5.0" });
        return new OnePay({ apiKey });
      },
    });
    expect(messages).toMatchInlineSnapshot(`
      "no key → OnePay: no API key. Pass apiKey, or set the ONEPAY_API_KEY environment variable.
      an empty key → OnePay: the API key is empty. Check apiKey, or the ONEPAY_API_KEY environment variable.
      a public key → OnePay: "pk_…" is a public key. This client needs a secret key (sk_test_… or sk_live_…).
      a key with a line break → OnePay: the API key is malformed. A secret key starts with sk_test_ or sk_live_ and has no spaces or line breaks.
      a key of another kind → OnePay: the API key is malformed. A secret key starts with sk_test_ or sk_live_ and has no spaces or line breaks.
      a number → OnePay: apiKey must be a string.
      a key in a browser → OnePay: every user of a browser or an app can read the secret key. Call OnePay from your server. If only you open this page, set dangerouslyAllowBrowser: true."
    `);
  });

  test("about baseUrl", async () => {
    const withUrl =
      (baseUrl: string, key = apiKey) =>
      () =>
        new OnePay({ apiKey: key, baseUrl });
    const messages = await messagesOf({
      "not a URL": withUrl("api.onepay.la"),
      "with a password": withUrl("https://me:secret@example.com"),
      "with a query": withUrl("https://example.com?a=1"),
      "http with a live key": withUrl("http://example.com", "sk_live_1"),
    });
    expect(messages).toMatchInlineSnapshot(`
      "not a URL → OnePay: baseUrl must be a URL, such as https://api.onepay.la/v1.
      with a password → OnePay: baseUrl can't have a user name or a password.
      with a query → OnePay: baseUrl can't have a query or a fragment.
      http with a live key → OnePay: baseUrl must be https. http is allowed for a loopback address, and for any host with a test key."
    `);
  });

  test("about options", async () => {
    const get = (options: unknown) => () => customers.get("cus_1", options);
    const messages = await messagesOf({
      "a key instead of options": () => new OnePay("sk_test_1" as Untyped),
      "a string instead of the options of withOptions()": () => onepay.withOptions("x"),
      "a string instead of the options of a call": get("order:1"),
      "another spelling": () => create({ baseURL: "https://example.com" }),
      "a name that's close": () => create({ timeoutMs: 1 }),
      "an unknown name": () => create({ retries: 3 }),
      "an option of fetch": get({ cache: "no-store" }),
      "an option of the client in a call": get({ apiKey }),
      "a timeout of 0": () => create({ timeout: 0 }),
      "a deadline in a string": get({ deadline: "60" }),
      "half a retry": () => create({ maxRetries: 0.5 }),
      "a size of 0": () => create({ maxResponseBytes: 0 }),
      "Headers instead of an object": () => create({ headers: new Headers() }),
      "fetch: true": () => create({ fetch: true }),
      "onEvent: true": () => create({ onEvent: true }),
      "dangerouslyAllowBrowser: 1": () => create({ dangerouslyAllowBrowser: 1 }),
      "an AbortController instead of its signal": get({ signal: new AbortController() }),
      "fetchOptions with headers": () => create({ fetchOptions: { headers: {} } }),
      "an idempotency key with a space": () => customers.create(person, { idempotencyKey: "order 1" }),
      "a customer token with a line break": () =>
        customerSessions.listPaymentMethods({ customerToken: "1|a\n" }),
      "no customer token": () => customerSessions.listPaymentMethods(),
      "retry: true": () => onepay.request({ method: "POST", path: "/payments" }, { retry: true }),
    });
    expect(messages).toMatchInlineSnapshot(`
      "a key instead of options → OnePay: pass an object: new OnePay({ apiKey: "sk_test_…" }).
      a string instead of the options of withOptions() → OnePay.withOptions: the options must be an object, such as { timeout: 10_000 }.
      a string instead of the options of a call → customers.get: the options must be an object, such as { timeout: 10_000 }.
      another spelling → OnePay: unknown option "baseURL". Did you mean baseUrl? Available options: apiKey, baseUrl, timeout, deadline, maxRetries, maxResponseBytes, headers, fetch, fetchOptions, onEvent, responseCheck, dangerouslyAllowBrowser.
      a name that's close → OnePay: unknown option "timeoutMs". Did you mean timeout? Available options: apiKey, baseUrl, timeout, deadline, maxRetries, maxResponseBytes, headers, fetch, fetchOptions, onEvent, responseCheck, dangerouslyAllowBrowser.
      an unknown name → OnePay: unknown option "retries". Did you mean maxRetries? Available options: apiKey, baseUrl, timeout, deadline, maxRetries, maxResponseBytes, headers, fetch, fetchOptions, onEvent, responseCheck, dangerouslyAllowBrowser.
      an option of fetch → customers.get: unknown option "cache". Pass it in fetchOptions: { cache }. Available options: timeout, deadline, maxRetries, maxResponseBytes, headers, fetch, fetchOptions, onEvent, responseCheck, signal.
      an option of the client in a call → customers.get: unknown option "apiKey". It's an option of the client: pass it to new OnePay() or withOptions(). Available options: timeout, deadline, maxRetries, maxResponseBytes, headers, fetch, fetchOptions, onEvent, responseCheck, signal.
      a timeout of 0 → OnePay: timeout must be a number of milliseconds above 0 and below 1000000000.
      a deadline in a string → customers.get: deadline must be a number of milliseconds above 0 and below 1000000000.
      half a retry → OnePay: maxRetries must be a whole number of at least 0.
      a size of 0 → OnePay: maxResponseBytes must be a whole number of at least 1.
      Headers instead of an object → OnePay: headers must be a plain object. Convert Headers or a Map with Object.fromEntries().
      fetch: true → OnePay: fetch must be a function.
      onEvent: true → OnePay: onEvent must be a function.
      dangerouslyAllowBrowser: 1 → OnePay: dangerouslyAllowBrowser must be true or false.
      an AbortController instead of its signal → customers.get: signal must be an AbortSignal.
      fetchOptions with headers → OnePay: fetchOptions can't have headers, since the client sets it.
      an idempotency key with a space → customers.create: idempotencyKey must be a string of 1 to 255 visible ASCII characters.
      a customer token with a line break → customerSessions.listPaymentMethods: customerToken must be a string of visible ASCII characters.
      no customer token → customerSessions.listPaymentMethods: no customerToken. Pass it in the options, as the last argument.
      retry: true → POST /payments: retry must be "never"."
    `);
  });

  test("about headers", async () => {
    const withHeader = (name: string, value: unknown) => () => create({ headers: { [name]: value } });
    const messages = await messagesOf({
      "a name with a space": withHeader("x a", "1"),
      authorization: withHeader("Authorization", "Bearer 1"),
      "x-idempotency": withHeader("X-Idempotency", "order:1"),
      "content-length": withHeader("Content-Length", "1"),
      "a number": withHeader("x-a", 1),
      "a value with a line break": withHeader("x-a", "1\r\nx-b: 2"),
    });
    expect(messages).toMatchInlineSnapshot(`
      "a name with a space → OnePay: header "x a" has a character that names of headers can't have.
      authorization → OnePay: header "authorization" is set by the option apiKey. Pass that.
      x-idempotency → OnePay: header "x-idempotency" is set by the option idempotencyKey. Pass that.
      content-length → OnePay: header "content-length" belongs to the connection and can't be set.
      a number → OnePay: header "x-a" must be a string, or null to remove it.
      a value with a line break → OnePay: header "x-a" has a value with a line break or a character that headers can't have."
    `);
  });

  test("about arguments", async () => {
    const circular: { self?: unknown } = {};
    circular.self = circular;
    const withBody = (body: unknown) => () => customers.create(body);
    const withQuery = (query: unknown) => () => customers.list(query);
    const messages = await messagesOf({
      "no id": () => customers.get(),
      "an e-mail address as the id": () => customers.get(person.email),
      "an id with a slash": () => customers.get("cus/1"),
      "an argument too many": () => customers.get("cus_1", {}, {}),
      "an option in the body": withBody({ ...person, idempotencyKey: "order:1" }),
      "an option in the query": withQuery({ signal: new AbortController().signal }),
      "no body": withBody(undefined),
      "a string as the body": withBody("{}"),
      "FormData as the body": withBody(new FormData()),
      "a body that contains itself": withBody(circular),
      "a body that becomes a string": withBody(new Date(0)),
      "NaN in the body": withBody({ amount: Number.NaN }),
      "a Map in the body": withBody({ tags: new Map() }),
      "URLSearchParams as the query": withQuery(new URLSearchParams()),
      "a Date in the query": withQuery({ since: new Date(0) }),
      "a query that contains itself": withQuery(circular),
      "half of a character in the query": withQuery({ "\ud83d": 1 }),
      "page 0": withQuery({ page: 0 }),
    });
    expect(messages).toMatchInlineSnapshot(`
      "no id → customers.get: customer_id must be a string with an id, as OnePay returned it in the field id.
      an e-mail address as the id → customers.get: customer_id looks like an e-mail address, a phone or a document number, and servers log paths. Pass the id that OnePay returned in the field id.
      an id with a slash → customers.get: customer_id has a character that would change the path. Pass the id that OnePay returned in the field id.
      an argument too many → customers.get: too many arguments. The options are the last one.
      an option in the body → customers.create: idempotencyKey is an option, and it's in the body. Pass it in the last argument: { idempotencyKey }.
      an option in the query → customers.list: signal is an option, and it's in the query. Pass it in the last argument: { signal }.
      no body → customers.create: the request body is missing or isn't an object. Pass an object with its fields.
      a string as the body → customers.create: the request body is missing or isn't an object. Pass an object with its fields.
      FormData as the body → customers.create: the request body must be a plain object. Convert FormData or a Map with Object.fromEntries().
      a body that contains itself → customers.create: the request body can't be written as JSON: it contains itself, a BigInt, or a toJSON() that throws.
      a body that becomes a string → customers.create: the request body isn't an object. Pass an object with its fields.
      NaN in the body → customers.create: field "amount" of the request body must be a finite number.
      a Map in the body → customers.create: field "tags" must be a plain object. Convert FormData or a Map with Object.fromEntries().
      URLSearchParams as the query → customers.list: the query must be a plain object. Convert URLSearchParams or a Map with Object.fromEntries().
      a Date in the query → customers.list: query parameter since must be a string, a finite number, a boolean, a list or a plain object. Convert a Date with toISOString().
      a query that contains itself → customers.list: query parameter self[self][self][self][self][self][self][self][self][self] is nested too deeply.
      half of a character in the query → customers.list: the query has a name that can't be encoded.
      page 0 → customers.list: page must be a whole number of at least 1."
    `);
  });

  test("about idempotency keys", async () => {
    const keyFrom = (...parts: unknown[]) => idempotencyKeyFrom(...(parts as string[]));
    const messages = await messagesOf({
      "no parts": () => keyFrom(),
      "an empty part": () => keyFrom("order", ""),
      "a part that isn't finite": () => keyFrom("order", Number.NaN),
      "an unsafe integer": () => keyFrom("order", 2 ** 53),
      "half of a character": () => keyFrom("\ud83d"),
      "too many parts": () => keyFrom("x".repeat(256)),
      "a platform without random numbers": () => {
        vi.stubGlobal("crypto", {});
        return customers.create(person);
      },
    });
    expect(messages).toMatchInlineSnapshot(`
      "no parts → idempotencyKeyFrom: no parts. Pass the facts that identify the intent, such as "order" and its id.
      an empty part → idempotencyKeyFrom: part 2 must be a number or a string that isn't empty.
      a part that isn't finite → idempotencyKeyFrom: part 2 isn't a finite number.
      an unsafe integer → idempotencyKeyFrom: part 2 is too large to be exact. Pass the id as a string.
      half of a character → idempotencyKeyFrom: part 1 has half of a character (a lone surrogate).
      too many parts → idempotencyKeyFrom: the key is longer than 255 characters. Pass fewer or shorter parts.
      a platform without random numbers → customers.create: this platform has no crypto.getRandomValues. Pass idempotencyKey."
    `);
  });

  test("of onepay.request()", async () => {
    const request = (value: unknown) => () => onepay.request(value);
    const messages = await messagesOf({
      "a string": request("/payments"),
      "an unknown property": request({ method: "GET", url: "/payments" }),
      "no method": request({ path: "/payments" }),
      "a path with a query": request({ method: "GET", path: "/payments?page=1" }),
      "a path with an e-mail address": request({ method: "GET", path: `/payments/${person.email}` }),
      "a GET with a body": request({ method: "GET", path: "/payments", body: {} }),
    });
    expect(messages).toMatchInlineSnapshot(`
      "a string → onepay.request: pass an object, such as { method: "GET", path: "/payments" }.
      an unknown property → onepay.request: unknown property "url". Pass method, path, query and body, and options as the second argument.
      no method → onepay.request: method must be one of GET, HEAD, POST, PUT, PATCH, DELETE.
      a path with a query → onepay.request: path must start with a slash and have no query, such as "/payments". Pass query instead.
      a path with an e-mail address → onepay.request: path looks like an e-mail address, a phone or a document number, and servers log paths. Pass the id that OnePay returned in the field id.
      a GET with a body → onepay.request: GET takes no body. Pass a query."
    `);
  });

  test("of the openapi-fetch client", async () => {
    const client: Untyped = createFetchClient({ apiKey, fetch });
    const redirecting: Untyped = createFetchClient({ apiKey, fetch });
    redirecting.use({ onRequest: () => new Request("https://example.com/") });
    const messages = await messagesOf({
      "an undocumented path": () => client.GET("/payments"),
      "no body": () => client.POST("/customers", {}),
      "fetch for one call": () => client.GET("/customers", { fetch }),
      "another URL by a middleware": () => redirecting.GET("/customers"),
    });
    expect(messages).toMatchInlineSnapshot(`
      "an undocumented path → GET /payments: the document doesn't describe it. Use onepay.request() instead.
      no body → POST /customers: the request body is missing. Pass body.
      fetch for one call → GET /customers: fetch can't be set for one call. Pass fetch and baseUrl to createFetchClient().
      another URL by a middleware → GET /customers: a middleware changed the method or the path. Call the other operation instead."
    `);
  });

  test("of lists and of OnePayError.fromJSON()", async () => {
    const pages = [{ data: [customer], current_page: 1, last_page: 1 }];
    const { customers } = new OnePay({ apiKey, fetch: async () => Response.json(pages[0]) });
    const messages = await messagesOf({
      "no limit": () => (customers.list() as Untyped).toArray({}),
      "getNextPage() of the last page": async () => (await customers.list()).getNextPage(),
      "a plain object": () => OnePayError.fromJSON({ name: "ServerError" }),
    });
    expect(messages).toMatchInlineSnapshot(`
      "no limit → customers.list: toArray needs a limit. Pass the largest number of items: toArray({ limit: 1_000 }).
      getNextPage() of the last page → customers.list: there is no next page. Check page.hasNextPage() first.
      a plain object → OnePayError.fromJSON: pass what error.toJSON() returned."
    `);
  });
});

describe("messages of OnePayErrors", () => {
  const clientOf = (fetch: Fetch, options = {}) =>
    new OnePay({ apiKey, fetch, maxRetries: 0, timeout: 5_000, ...options });
  const write = (fetch: Fetch, options = {}) => clientOf(fetch, options).customers.create(person);
  const read = (fetch: Fetch, options = {}) => clientOf(fetch, options).customers.get("cus_1");
  const failing =
    (code?: string): Fetch =>
    () =>
      Promise.reject(fetchError(code));
  const never: Fetch = () => new Promise(() => {});
  const responding =
    (status: number, body: unknown = {}, headers: Record<string, string> = {}): Fetch =>
    async () =>
      status === 304 ? new Response(null, { status }) : Response.json(body, { status, headers });

  test("about connections", async () => {
    const messages = await messagesOf({
      "refused, a write": () => write(failing("ECONNREFUSED")),
      "unknown host": () => read(failing("ENOTFOUND")),
      "expired certificate": () => read(failing("CERT_HAS_EXPIRED")),
      "too many open files": () => write(failing("EMFILE")),
      "no free port": () => write(failing("EADDRNOTAVAIL")),
      "reset, a read": () => read(failing("ECONNRESET")),
      "reset, a write": () => write(failing("ECONNRESET")),
      "no code, a read": () => read(failing()),
      "no Response": () => read((async () => ({})) as Untyped),
      "Response.error()": () => read(async () => Response.error()),
      "a Response that was read before": () =>
        read(async () => {
          const response = Response.json({});
          await response.text();
          return response;
        }),
    });
    expect(messages).toMatchInlineSnapshot(`
      "refused, a write → customers.create: Connection failed (ECONNREFUSED). Check baseUrl and the network.
      unknown host → customers.get: Connection failed (ENOTFOUND). Check baseUrl and the network.
      expired certificate → customers.get: Connection failed (CERT_HAS_EXPIRED). Check the certificate of the server or the proxy.
      too many open files → customers.create: Connection failed (EMFILE): too many open files. Make fewer calls at once, or raise the limit.
      no free port → customers.create: Connection failed (EADDRNOTAVAIL): no free local port. Make fewer calls at once.
      reset, a read → customers.get: Connection lost (ECONNRESET).
      reset, a write → customers.create: Connection lost (ECONNRESET). The server may have acted: retry with the same idempotency key (error.idempotencyKey).
      no code, a read → customers.get: Connection failed.
      no Response → customers.get: fetch returned a value that isn't a Response. Return a Response.
      Response.error() → customers.get: fetch returned Response.error(). Return a response with a status.
      a Response that was read before → customers.get: The body of the response that fetch returned was read before. Return a new Response for each request."
    `);
  });

  test("about timeouts and signals", async () => {
    const signal = AbortSignal.abort();
    const soon = { timeout: 20 };
    const messages = await messagesOf({
      "timeout of a read": () => read(never, soon),
      "timeout of a write": () => write(never, soon),
      "deadline of a write": () => write(never, { timeout: 30_000, deadline: 20 }),
      "timeout of a one-time password": () =>
        clientOf(never, soon).customerSessions.verify({ phone: person.phone, otp: "123456" }),
      "a limit of Node.js": () => read(failing("UND_ERR_HEADERS_TIMEOUT")),
      "aborted before the call": () => clientOf(never).customers.create(person, { signal }),
      "aborted during a write": () =>
        clientOf(never).customers.create(person, { signal: AbortSignal.timeout(50) }),
    });
    expect(messages).toMatchInlineSnapshot(`
      "timeout of a read → customers.get: Request timed out after 20 ms (1 attempt).
      timeout of a write → customers.create: Request timed out after 20 ms (1 attempt). The server may have acted: retry with the same idempotency key (error.idempotencyKey).
      deadline of a write → customers.create: Request timed out after the deadline of 20 ms (1 attempt). The server may have acted: retry with the same idempotency key (error.idempotencyKey).
      timeout of a one-time password → customerSessions.verify: Request timed out after 20 ms (1 attempt). The server may have acted: check before you send it again.
      a limit of Node.js → customers.get: Request timed out at a limit of the platform's fetch, before the timeout of 5000 ms (1 attempt).
      aborted before the call → customers.create: The signal canceled the call.
      aborted during a write → customers.create: The signal canceled the call. The server may have acted: retry with the same idempotency key (error.idempotencyKey)."
    `);
  });

  test("about statuses", async () => {
    const declined = { code: 10501, code_name: "insufficient_funds" };
    const errors = { email: ["wrong"], phone: ["wrong"] };
    const messages = await messagesOf({
      "400": () => write(responding(400)),
      "401": () => read(responding(401)),
      "401 with a name": () => write(responding(401, declined)),
      "401 with a customer token": () =>
        clientOf(responding(401)).customerSessions.listPaymentMethods({ customerToken: "1|a" }),
      "403": () => read(responding(403)),
      "404": () => read(responding(404)),
      "404 of a DELETE": () => clientOf(responding(404)).customers.delete("cus_1"),
      "408": () => read(responding(408)),
      "409": () => write(responding(409)),
      "409 with a name": () => write(responding(409, { code_name: "taken" })),
      "418": () => read(responding(418)),
      "422": () => write(responding(422)),
      "422 with fields": () => write(responding(422, { errors })),
      "422 with fields and a name": () => write(responding(422, { errors, code_name: "invalid_customer" })),
      "429": () => write(responding(429)),
      "503 of a read": () => read(responding(503)),
      "503 of a write": () => write(responding(503)),
      "503 of a one-time password": () =>
        clientOf(responding(503)).customerSessions.verify({ phone: person.phone, otp: "123456" }),
      "503 of onepay.request()": () =>
        clientOf(responding(503)).request({ method: "POST", path: "/payments/9da58912", body: {} }),
      "503 of onepay.request(), sent once": () =>
        clientOf(responding(503)).request(
          { method: "POST", path: "/payments", body: {} },
          { retry: "never" },
        ),
    });
    expect(messages).toMatchInlineSnapshot(`
      "400 → customers.create: 400 Bad request. Check the arguments of the call.
      401 → customers.get: 401 Unauthorized. Check the API key.
      403 → customers.get: 403 Forbidden. Check that the company is active and that the API key has the permission.
      404 → customers.get: 404 Not found. Check the id, and that it belongs to the environment of the API key.
      408 → customers.get: 408 Request timeout.
      409 → customers.create: 409 Conflict. Another request with the same idempotency key may be in progress. The server may have acted: retry with the same idempotency key (error.idempotencyKey).
      418 → customers.get: 418 Unexpected status.
      422 → customers.create: 422 Unprocessable entity. See error.fields and error.body.
      429 → customers.create: 429 Too many requests. Retry later.
      401 with a name → customers.create: 401 Declined: insufficient_funds.
      401 with a customer token → customerSessions.listPaymentMethods: 401 Unauthorized. Check the customer token and the API key.
      404 of a DELETE → customers.delete: 404 Not found. Check the id, and that it belongs to the environment of the API key. An earlier attempt may have deleted it.
      409 with a name → customers.create: 409 Conflict: taken. Another request with the same idempotency key may be in progress. The server may have acted: retry with the same idempotency key (error.idempotencyKey).
      422 with fields → customers.create: 422 Invalid fields: email, phone. See error.fields.
      422 with fields and a name → customers.create: 422 Invalid fields (invalid_customer): email, phone. See error.fields.
      503 of a read → customers.get: 503 Server error.
      503 of a write → customers.create: 503 Server error. The server may have acted: retry with the same idempotency key (error.idempotencyKey).
      503 of a one-time password → customerSessions.verify: 503 Server error. The server may have acted: check before you send it again.
      503 of onepay.request() → POST /payments/{id}: 503 Server error. The server may have acted: retry with the same idempotency key (error.idempotencyKey).
      503 of onepay.request(), sent once → POST /payments: 503 Server error. The server may have acted: retry with the same idempotency key (error.idempotencyKey)."
    `);
  });

  test("about responses that can't be used", async () => {
    const html = async () => new Response("<p>", { headers: { "content-type": "text/html" } });
    const broken = async () =>
      new Response(new ReadableStream({ pull: (controller) => controller.error(new Error("x")) }));
    const same = { data: [customer], current_page: 1, last_page: 3 };
    const list = (body: unknown) => clientOf(responding(200, body)).customers.list();
    const messages = await messagesOf({
      "a redirect": () => read(responding(302, {}, { location: "/" })),
      "a 304": () => read(responding(304)),
      "HTML, a read": () => read(html),
      "HTML, a write": () => write(html),
      "a body that breaks off": () => write(broken),
      "a body that's too large": () => read(responding(200, customer), { maxResponseBytes: 10 }),
      "no list": () => list({ data: "none" }),
      "a page again": async () => (await list(same)).getNextPage(),
    });
    expect(messages).toMatchInlineSnapshot(`
      "a redirect → customers.get: 302 The server redirects, and the client doesn't follow. Check baseUrl.
      a 304 → customers.get: 304 The response has an unexpected status.
      HTML, a read → customers.get: 200 The response isn't JSON. Check baseUrl.
      HTML, a write → customers.create: 200 The response isn't JSON. Check baseUrl. The server may have acted: retry with the same idempotency key (error.idempotencyKey).
      a body that breaks off → customers.create: 200 The response broke off. The server may have acted: retry with the same idempotency key (error.idempotencyKey).
      a body that's too large → customers.get: 200 The response is larger than 10 bytes. Raise maxResponseBytes if that's expected.
      no list → customers.list: 200 The response isn't a list.
      a page again → customers.list: 200 The server repeats a page or hides the next one, so the list would be incomplete."
    `);
  });

  test("created by hand", () => {
    expect(new OnePayError().message).toBe("unknown: OnePayError");
    expect(new OnePayError({ operation: "getCustomer" }).message).toBe("getCustomer: OnePayError");
    expect(new OnePayError({ message: "no" }).message).toBe("no");
  });
});
