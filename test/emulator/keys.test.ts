import { afterEach, describe, expect, test, vi } from "vitest";
import { ana, send, start } from "./client.js";

afterEach(() => {
  vi.restoreAllMocks();
});

describe("an API key in the emulator", () => {
  test.each(["sk_live_secret", "pk_live_secret", "Sk_Live_secret"])(
    "that is live (%s) is refused loudly, and neither it nor the data is recorded",
    async (key) => {
      const printed = vi.spyOn(console, "error").mockImplementation(() => {});
      const { emulator } = start();
      const authorization = `Bearer ${key}`;
      emulator.injectFault("createCustomer", "lose-response");
      const request = { authorization, "x-idempotency": "signup-1", body: ana };
      const response = await send(emulator, "POST", "/customers?filter[email]=ana@example.com", request);
      expect(response.status).toBe(401);
      expect(await response.text()).toContain("a live key was refused");
      expect(printed.mock.calls).toEqual([[expect.stringContaining("a live key was refused")]]);
      expect(emulator.customers).toEqual([]);
      const everything = JSON.stringify([printed.mock.calls, emulator.requests, emulator.state()]);
      expect(everything).not.toMatch(/secret|ana@example\.com|signup-1|3000000101/i);
      expect(emulator.requests).toMatchObject([{ method: "POST", path: "/customers", status: 401 }]);
    },
  );

  test.each([
    ["is missing", ""],
    ["is a public key", "Bearer pk_test_1"],
    ["isn't a test key", "Bearer token"],
    ["has another scheme", "Basic sk_test_1"],
  ])("that %s gets 401, even if the body is invalid", async (_name, authorization) => {
    const { emulator } = start();
    const response = await send(emulator, "POST", "/customers", { authorization, body: {} });
    expect(response.status).toBe(401);
    expect(await response.json()).toEqual({ message: "No autenticado." });
  });
});

describe("a request that the document doesn't describe", () => {
  test("gets 404 for an unknown path and 405 for another method", async () => {
    const { emulator } = start();
    expect((await send(emulator, "GET", "/payments")).status).toBe(404);
    expect((await send(emulator, "PUT", "/customers", { body: {} })).status).toBe(405);
    expect((await send(emulator, "GET", "")).status).toBe(404);
    const unknown = { operation: undefined };
    expect(emulator.requests).toMatchObject([unknown, unknown, { ...unknown, path: "/" }]);
  });
});

describe("a request with a body that isn't valid", () => {
  test("gets the invalid fields in OnePay's shape, and creates nothing", async () => {
    const { emulator } = start();
    const { email: _email, ...rest } = ana;
    const body = { ...rest, phone: "300", nickname: "Anita" };
    const response = await send(emulator, "POST", "/customers", { body, "x-idempotency": "signup-1" });
    const { message, errors } = (await response.json()) as { message: string; errors: { key: string }[] };
    expect([response.status, message]).toEqual([422, "Los datos enviados no son válidos."]);
    expect(errors.map(({ key }) => key).sort()).toEqual(["email", "nickname", "phone"]);
    expect(emulator.customers).toEqual([]);
    expect(emulator.requests[0]?.reason).toMatch(/^invalid fields: /);
  });
});
