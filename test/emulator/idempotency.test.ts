import { describe, expect, test } from "vitest";
import { ana, send, start } from "./client.js";

const create = (emulator: ReturnType<typeof start>["emulator"], options: object = {}) =>
  send(emulator, "POST", "/customers", { body: ana, "x-idempotency": "signup-1", ...options });

describe("an idempotency key in the emulator", () => {
  test("replays the stored response byte for byte", async () => {
    const { emulator } = start();
    const first = await (await create(emulator)).text();
    expect(await (await create(emulator)).text()).toBe(first);
    expect(emulator.customers).toHaveLength(1);
    expect(emulator.requests.map(({ isReplay }) => isReplay)).toEqual([false, true]);
  });

  test("acts once for concurrent requests, and all get the same response", async () => {
    const { emulator } = start();
    const responses = await Promise.all(Array.from({ length: 5 }, () => create(emulator)));
    const texts = await Promise.all(responses.map((response) => response.text()));
    expect(new Set(texts).size).toBe(1);
    expect(emulator.customers).toHaveLength(1);
  });

  test("gets 422 with another body, and nothing is created", async () => {
    const { emulator } = start();
    await create(emulator);
    const response = await create(emulator, { body: { ...ana, first_name: "Eva" } });
    expect(response.status).toBe(422);
    expect(emulator.customers).toHaveLength(1);
  });

  test("belongs to one API key", async () => {
    const { emulator } = start();
    await create(emulator);
    await create(emulator, { authorization: "Bearer sk_test_other" });
    expect(emulator.customers).toHaveLength(2);
  });

  test("belongs to one operation", async () => {
    const { emulator } = start();
    const { id } = (await (await create(emulator)).json()) as { id: string };
    const topUp = await send(emulator, "POST", `/customers/${id}/transactions`, {
      body: { amount: 50_000, concept: "Bono" },
      "x-idempotency": "signup-1",
    });
    expect(topUp.status).toBe(201);
    expect(emulator.balance(id)).toBe(50_000);
  });

  test("can be used again after a refused request", async () => {
    const { emulator } = start();
    expect((await create(emulator, { body: { ...ana, phone: "300" } })).status).toBe(422);
    expect((await create(emulator)).status).toBe(201);
  });
});
