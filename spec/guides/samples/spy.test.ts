import {
  type Customer,
  OnePay,
  UnauthorizedError,
} from "onepay-client";
import { afterEach, expect, test, vi } from "vitest";

const onepay = new OnePay({ apiKey: "sk_test_xxx" });

/** The code under test. */
async function greet(id: string): Promise<string> {
  const customer = await onepay.customers.get(id);
  return `Hola, ${customer.first_name}`;
}

afterEach(() => {
  vi.restoreAllMocks();
});

test("greets the customer by name", async () => {
  vi.spyOn(onepay.customers, "get").mockResolvedValue({
    id: "abc",
    first_name: "Ana",
  } as Customer);
  expect(await greet("abc")).toBe("Hola, Ana");
});

test("passes a declined request on", async () => {
  // Without details, an error has the status and the
  // outcome of its class.
  const declined = new UnauthorizedError({
    codeName: "insufficient_funds",
  });
  vi.spyOn(onepay.customers, "get").mockRejectedValue(
    declined,
  );
  await expect(greet("abc")).rejects.toMatchObject({
    status: 401,
    outcome: "rejected",
    codeName: "insufficient_funds",
  });
});
