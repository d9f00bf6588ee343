// The page "create customer" of OnePay's documentation, word for word.
import { afterAll, describe, expect, test } from "vitest";
import { startMock } from "../../scripts/mock.js";
import { readDocument } from "../../scripts/openapi/load.js";
import { isOnePayError, OnePay } from "../../src/index.js";

const published = {
  request: {
    user_type: "natural",
    first_name: "Juan",
    last_name: "Pérez",
    email: "juan@example.com",
    phone: "+573001234567",
    document_type: "CC",
    document_number: "1234567890",
    enable_notifications: true,
  },
  response: {
    id: "9da58912-101d-46f8-86c9-20a52119c0bf",
    first_name: "John",
    last_name: "Doe",
    email: "john.doe@example.com",
    phone: "+573100001020",
    document_type: "CC",
    document_number: "1060500333",
    nationality: "CO",
    birthdate: "1990-01-01",
    created_at: "2024-12-04T20:09:08.000000Z",
  },
} as const;
const headers = {
  authorization: "Bearer sk_test_xxx",
  "content-type": "application/json",
  "x-idempotency": "customer-001",
};

const mock = await startMock({ document: await readDocument() });
afterAll(() => mock.close());
const onepay = new OnePay({ apiKey: "sk_test_xxx", baseUrl: mock.url, maxRetries: 0 });

/** Sends a create request without the client, as the page's cURL does. */
async function post(body: unknown, changed: Record<string, string | undefined> = {}) {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const sent = Object.entries({ ...headers, ...changed }).filter(([, value]) => value !== undefined);
  const response = await fetch(`${mock.url}/customers`, {
    method: "POST",
    headers: Object.fromEntries(sent) as Record<string, string>,
    body: text,
  });
  return { status: response.status, body: await response.json() };
}

const hasMessage = expect.objectContaining({ message: expect.any(String) });

describe("the published create request", () => {
  test("gets the published response from the mock server", async () => {
    expect(await post(published.request)).toEqual({ status: 201, body: published.response });
  });

  test("gets the published customer from the client", async () => {
    expect(await onepay.customers.create(published.request)).toEqual(published.response);
  });
});

const required = [
  ...["user_type", "first_name", "last_name", "email", "phone"],
  ...["document_type", "document_number"],
];

describe("a create request", () => {
  test.each<[string, object]>([
    ...required.map((name): [string, object] => [`without ${name}`, { [name]: undefined }]),
    ["with an unknown document type", { document_type: "DNI" }],
    ["with an invalid email address", { email: "juan@" }],
    ["with a NIT for a natural person", { document_type: "NIT" }],
  ])("%s gets a 422, and the client throws an error with the outcome rejected", async (_what, change) => {
    const body = { ...published.request, ...change } as typeof published.request;
    expect(await post(body)).toEqual({ status: 422, body: hasMessage });
    const call = onepay.customers.create(body, { idempotencyKey: "customer-001" });
    const error = await call.catch((thrown: unknown) => thrown);
    expect(isOnePayError(error)).toBe(true);
    expect(error).toMatchObject({
      status: 422,
      outcome: "rejected",
      operation: "createCustomer",
      idempotencyKey: "customer-001",
      attempts: 1,
    });
    expect((error as { fields: object }).fields).not.toEqual({});
  });

  test.each([
    ["without an idempotency key", 422, published.request, { "x-idempotency": undefined }],
    ["without an API key", 401, published.request, { authorization: undefined }],
    ["with malformed JSON", 400, '{"user_type": "natural"', {}],
    ["with another content type", 415, published.request, { "content-type": "text/plain" }],
  ])("%s gets a %i", async (_what, status, body, changed) => {
    expect((await post(body, changed)).status).toBe(status);
  });

  test("without an API key makes the client throw an UnauthorizedError with the message", async () => {
    expect((await post(published.request, { authorization: undefined })).body).toEqual(hasMessage);
    const unauthorized = new OnePay({
      apiKey: "sk_test_xxx",
      baseUrl: mock.url,
      fetch: (url, init) => fetch(url, { ...init, headers: { "content-type": "application/json" } }),
    });
    await expect(unauthorized.customers.create(published.request)).rejects.toMatchObject({
      name: "UnauthorizedError",
      status: 401,
      outcome: "rejected",
    });
  });
});
