// Test doubles as users write them: the client's types and classes must allow them, and treat them as the real ones.
import { afterEach, describe, expect, test, vi } from "vitest";
import {
  ApiError,
  BadRequestError,
  ConflictError,
  ConnectionError,
  type Customer,
  type ErrorDetails,
  ForbiddenError,
  InvalidResponseError,
  isOnePayError,
  NotFoundError,
  OnePay,
  OnePayError,
  RateLimitError,
  RedirectError,
  ResponseError,
  ServerError,
  TimeoutError,
  UnauthorizedError,
  UnprocessableEntityError,
} from "../../src/index.js";
import { apiKey, fetchWith, person, rejectionOf } from "./server.js";

const customer: Customer = { id: "cus_1", created_at: "2026-01-01T00:00:00Z", ...person };

afterEach(() => {
  vi.restoreAllMocks();
});

describe("a spy on a method of the client", () => {
  const onepay = new OnePay({ apiKey, fetch: async () => Response.json(customer) });

  test("returns its value", async () => {
    const spy = vi.spyOn(onepay.customers, "get").mockResolvedValue({ ...customer, first_name: "Ana" });
    expect((await onepay.customers.get("cus_9")).first_name).toBe("Ana");
    expect(spy).toHaveBeenCalledWith("cus_9");
    spy.mockRestore();
    expect((await onepay.customers.get("cus_9")).first_name).toBe("Zoraida");
  });

  test("rejects with an error that was created by hand", async () => {
    vi.spyOn(onepay.customers, "get").mockRejectedValue(new NotFoundError({}));
    const error = await rejectionOf(onepay.customers.get("cus_1"));
    expect(error).toBeInstanceOf(NotFoundError);
    expect(isOnePayError(error)).toBe(true);
  });

  test("replaces onepay.request()", async () => {
    vi.spyOn(onepay, "request").mockResolvedValue({ id: "pay_1" });
    expect(await onepay.request({ method: "GET", path: "/payments" })).toEqual({ id: "pay_1" });
  });

  test("of one client leaves other clients and copies unchanged", async () => {
    vi.spyOn(onepay.customers, "get").mockResolvedValue({ ...customer, first_name: "Ana" });
    expect((await onepay.withOptions({}).customers.get("cus_1")).first_name).toBe("Zoraida");
  });
});

describe("an error that a test creates", () => {
  test.each([
    [BadRequestError, 400],
    [UnauthorizedError, 401],
    [ForbiddenError, 403],
    [NotFoundError, 404],
    [ConflictError, 409],
    [UnprocessableEntityError, 422],
    [RateLimitError, 429],
    [ServerError, 500],
  ] as const)("has the facts of the real one: %o", async (ErrorClass, status) => {
    const idempotencyKey = "order:1";
    const onepay = new OnePay({ apiKey, fetch: fetchWith(status), maxRetries: 0 });
    const real = await rejectionOf<ApiError>(onepay.customers.create(person, { idempotencyKey }));
    const double = new ErrorClass({ operation: "createCustomer", idempotencyKey });
    expect({ ...double, name: double.name }).toEqual({ ...real, name: real.name });
    expect([double.body, double.fields, [...double.responseHeaders]]).toEqual([undefined, {}, []]);
    for (const Class of [ErrorClass, ApiError, ResponseError, OnePayError])
      expect([real instanceof Class, double instanceof Class]).toEqual([true, true]);
    expect(new ErrorClass().retryable).toBe(status === 429 || status === 500);
  });

  test.each([ConnectionError, TimeoutError])("has no response: %o", (ErrorClass) => {
    const error = new ErrorClass();
    expect(error).toBeInstanceOf(ConnectionError);
    expect(error).toMatchObject({ outcome: "unknown", retryable: true, attempts: 1 });
    expect([error.status, error.responseHeaders]).toEqual([undefined, undefined]);
  });

  test.each([InvalidResponseError, RedirectError])("has the status that is passed: %o", (ErrorClass) => {
    const expected = { status: 200, outcome: "unknown", retryable: false };
    expect(new ErrorClass({ status: 200 })).toMatchObject(expected);
  });

  test("has every fact that is passed", () => {
    const details: ErrorDetails = {
      message: "customers.create: 422 Invalid fields: email.",
      operation: "createCustomer",
      idempotencyKey: "order:1",
      attempts: 3,
      outcome: "unknown",
      retryable: true,
      status: 422,
      code: 10_500,
      codeName: "invalid",
      requestId: "req_1",
      retryAfter: 1_000,
      body: { errors: [] },
      fields: { email: ["The e-mail is taken."] },
      responseHeaders: new Headers({ "x-a": "1" }),
      cause: new Error("reason"),
    };
    const error = new UnprocessableEntityError(details);
    expect(error).toMatchObject(details);
    expect(error.responseHeaders.get("x-a")).toBe("1");
  });

  test("has a message, also without one", () => {
    expect(new NotFoundError().message).toBe("unknown: NotFoundError");
    expect(new NotFoundError({ operation: "getCustomer" }).message).toBe("getCustomer: NotFoundError");
  });
});

describe("a plain object in place of a resource", () => {
  /** What the service needs, as a user declares it. */
  interface Customers {
    get(id: string): Promise<Pick<Customer, "id" | "first_name">>;
    list(query?: { page?: number }): AsyncIterable<Pick<Customer, "id">>;
  }
  async function greet(customers: Customers): Promise<string> {
    for await (const { id } of customers.list()) return `Hello, ${(await customers.get(id)).first_name}!`;
    return "Hello!";
  }

  test("works like the client's resource", async () => {
    const standIn: Customers = {
      get: async (id) => ({ id, first_name: "Zoraida" }),
      async *list() {
        yield { id: "cus_1" };
      },
    };
    const fetch = async (url: string) => Response.json(url.endsWith("/cus_1") ? customer : [customer]);
    expect(await greet(standIn)).toBe("Hello, Zoraida!");
    expect(await greet(new OnePay({ apiKey, fetch }).customers)).toBe("Hello, Zoraida!");
  });
});
