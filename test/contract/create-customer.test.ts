// The page "create customer" of OnePay's documentation, word for word.
import { afterAll, describe, expect, test } from "vitest";
import { startMock } from "../../scripts/mock.js";
import { readDocument } from "../../scripts/openapi/load.js";
import { isOnePayError, OnePay, type OnePayError } from "../../src/index.js";

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

/** Sends a create request without the client, as the page's cURL does. */
async function post(body: unknown, sent: Record<string, string> = headers) {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const response = await fetch(`${mock.url}/customers`, { method: "POST", headers: sent, body: text });
  return { status: response.status, body: await response.json() };
}

const onepay = new OnePay({ apiKey: "sk_test_xxx", baseUrl: mock.url, maxRetries: 0 });

/** The error that the client throws for a body. */
const errorOf = (body: object): Promise<OnePayError> =>
  onepay.customers.create(body as typeof published.request, { idempotencyKey: "customer-001" }).then(
    () => {
      throw new Error("The request was accepted.");
    },
    (error: unknown) => error as OnePayError,
  );

const withoutField = (name: string) =>
  Object.fromEntries(Object.entries(published.request).filter(([key]) => key !== name));
const withoutHeader = (name: string) =>
  Object.fromEntries(Object.entries(headers).filter(([key]) => key !== name));

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
const invalidBodies: [string, object][] = [
  ...required.map((name): [string, object] => [`without ${name}`, withoutField(name)]),
  ["with an unknown document type", { ...published.request, document_type: "DNI" }],
  ["with an invalid email address", { ...published.request, email: "juan@" }],
  ["with a NIT for a natural person", { ...published.request, document_type: "NIT" }],
];

describe("a create request", () => {
  test.each(invalidBodies)("%s gets a 422", async (_what, body) => {
    const response = await post(body);
    expect([response.status, response.body]).toEqual([
      422,
      expect.objectContaining({ message: expect.any(String) }),
    ]);
  });

  test.each(invalidBodies)(
    "%s makes the client throw a 422 with the outcome rejected",
    async (_what, body) => {
      const error = await errorOf(body);
      expect(isOnePayError(error)).toBe(true);
      expect(error).toMatchObject({
        status: 422,
        outcome: "rejected",
        operation: "createCustomer",
        idempotencyKey: "customer-001",
        attempts: 1,
      });
      expect(Object.keys((error as unknown as { fields: object }).fields)).not.toEqual([]);
    },
  );

  test("without an idempotency key gets a 422", async () => {
    expect((await post(published.request, withoutHeader("x-idempotency"))).status).toBe(422);
  });

  test("without an API key gets a 401", async () => {
    const response = await post(published.request, withoutHeader("authorization"));
    expect([response.status, response.body]).toEqual([
      401,
      expect.objectContaining({ message: expect.any(String) }),
    ]);
  });

  test("without an API key makes the client throw an UnauthorizedError", async () => {
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

  test("with malformed JSON gets a 400", async () => {
    expect((await post('{"user_type": "natural"')).status).toBe(400);
  });

  test("with another content type gets a 415", async () => {
    expect((await post(published.request, { ...headers, "content-type": "text/plain" })).status).toBe(415);
  });
});
