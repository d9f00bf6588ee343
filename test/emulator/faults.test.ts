import { describe, expect, test } from "vitest";
import { faultKinds } from "../../src/emulator/index.js";
import { ana, start } from "./client.js";

const fast = { timeout: 100 };

describe("a fault of the emulator", () => {
  const retried = faultKinds.filter((kind) => kind !== "latency" && kind !== "html");

  test.each(
    retried.flatMap(
      (kind) =>
        [
          [kind, "before"],
          [kind, "after"],
        ] as const,
    ),
  )("%s %s the operation acts: the client retries and one customer exists", async (kind, when) => {
    const { emulator, onepay } = start({}, fast);
    emulator.injectFault("createCustomer", kind, { when });
    const { data, attempts } = await onepay.customers.create(ana).withResponse();
    expect(attempts).toBe(2);
    expect(emulator.customers).toMatchObject([{ id: data.id }]);
    expect(emulator.requests.map(({ fault, isReplay }) => [fault, isReplay])).toEqual([
      [kind, false],
      [undefined, when === "after"],
    ]);
    expect(await onepay.customers.get(data.id)).toEqual(data);
  });

  test("html is an InvalidResponseError with an unknown outcome", async () => {
    const { emulator, onepay } = start({}, { ...fast, maxRetries: 0 });
    emulator.injectFault("createCustomer", "html");
    await expect(onepay.customers.create(ana)).rejects.toMatchObject({
      name: "InvalidResponseError",
      outcome: "unknown",
    });
  });

  test("latency delays the response", async () => {
    const { emulator, onepay } = start();
    emulator.injectFault("*", "latency", { delay: 50 });
    const begin = performance.now();
    await onepay.customers.list();
    expect(performance.now() - begin).toBeGreaterThan(40);
  });

  test("happens as often as times states, and only to its operation", async () => {
    const { emulator, onepay } = start({}, { ...fast, maxRetries: 0 });
    emulator.injectFault("createCustomer", "500", { times: 2 });
    await onepay.customers.list();
    await expect(onepay.customers.create(ana)).rejects.toMatchObject({ status: 500 });
    await expect(onepay.customers.create(ana)).rejects.toMatchObject({ status: 500 });
    await onepay.customers.create(ana);
  });

  test("429 has the Retry-After that was passed", async () => {
    const { emulator, onepay } = start({}, { ...fast, maxRetries: 0 });
    emulator.injectFault("listCustomers", "429", { retryAfter: 7 });
    await expect(onepay.customers.list()).rejects.toMatchObject({ status: 429, retryAfter: 7_000 });
  });

  test.each([
    ["an unknown kind", "explode", {}],
    ["times of 0", "reset", { times: 0 }],
    ["a negative delay", "latency", { delay: -1 }],
  ])("with %s is a TypeError", (_name, kind, options) => {
    const { emulator } = start();
    expect(() => emulator.injectFault("*", kind as "reset", options)).toThrow(TypeError);
  });
});
