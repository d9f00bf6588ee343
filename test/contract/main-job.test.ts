import { afterAll, describe, expect, test } from "vitest";
import { readDocument } from "../../scripts/contract/lock.js";
import { startMock } from "../../scripts/mock.js";
import { isApiError, OnePay } from "../../src/index.js";

// The page "create customer" of OnePay's documentation, word for word: what this project exists for.
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
  answer: {
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

/** Sends a create call by hand, as the page's cURL does. */
async function post(body: unknown, sent: Record<string, string> = headers) {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const answer = await fetch(`${mock.url}/customers`, { method: "POST", headers: sent, body: text });
  return { status: answer.status, body: await answer.json() };
}

const onepay = new OnePay({ apiKey: "sk_test_xxx", baseUrl: mock.url, maxRetries: 0 });

/** Calls the client and gives what it throws. */
async function errorOf(body: object): Promise<unknown> {
  return onepay.customers.create(body as typeof published.request, { idempotencyKey: "customer-001" }).then(
    () => {
      throw new Error("It was accepted.");
    },
    (error: unknown) => error,
  );
}

const without = (name: string) =>
  Object.fromEntries(Object.entries(published.request).filter(([key]) => key !== name));
const withoutHeader = (name: string) =>
  Object.fromEntries(Object.entries(headers).filter(([key]) => key !== name));

describe("the published request", () => {
  test("is accepted and answered with the published response", async () => {
    expect(await post(published.request)).toEqual({ status: 201, body: published.answer });
  });

  test("comes back from the client as the published customer", async () => {
    expect(await onepay.customers.create(published.request)).toEqual(published.answer);
  });
});

const required = [
  "user_type",
  "first_name",
  "last_name",
  "email",
  "phone",
  "document_type",
  "document_number",
];
const mistakes: [string, object][] = [
  ...required.map((name): [string, object] => [`${name} missing`, without(name)]),
  ["an unknown kind of document", { ...published.request, document_type: "DNI" }],
  ["a bad e-mail address", { ...published.request, email: "juan@" }],
  ["a tax number for a person", { ...published.request, document_type: "NIT" }],
];

describe("a request that is not right gets the documented 422", () => {
  test.each(mistakes)("%s", async (_what, body) => {
    const answer = await post(body);
    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({ message: expect.any(String) });
  });

  test.each(mistakes)(
    "%s: the client throws an UnprocessableError that certainly changed nothing",
    async (_what, body) => {
      const error = await errorOf(body);
      expect(isApiError(error)).toBe(true);
      expect(error).toMatchObject({
        name: "UnprocessableError",
        status: 422,
        outcome: "rejected",
        operation: "createCustomer",
        idempotencyKey: "customer-001",
        attempts: 1,
      });
      expect(Object.keys((error as { fields: object }).fields)).not.toEqual([]);
    },
  );

  test("no idempotency header", async () => {
    expect((await post(published.request, withoutHeader("x-idempotency"))).status).toBe(422);
  });
});

describe("who does not say who they are", () => {
  test("gets the documented 401", async () => {
    const answer = await post(published.request, withoutHeader("authorization"));
    expect([answer.status, answer.body]).toEqual([
      401,
      expect.objectContaining({ message: expect.any(String) }),
    ]);
  });

  test("gets an UnauthorizedError from the client", async () => {
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

test("malformed JSON is answered with 400", async () => {
  expect((await post('{"user_type": "natural"')).status).toBe(400);
});

test("a body that is not declared as JSON is answered with the documented 415", async () => {
  expect((await post(published.request, { ...headers, "content-type": "text/plain" })).status).toBe(415);
});
