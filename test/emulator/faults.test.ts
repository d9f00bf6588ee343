import { describe, expect, test } from "vitest";
import { ana, retriedFaults, send, start } from "./client.js";

const fast = { timeout: 100 };

describe("a fault of the emulator", () => {
  test.each(retriedFaults)(
    "%s %s the operation acts: the client retries and one customer exists",
    async (kind, when) => {
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
    },
  );

  test("html is an InvalidResponseError with an unknown outcome", async () => {
    const { emulator, onepay } = start({}, { ...fast, maxRetries: 0 });
    emulator.injectFault("createCustomer", "html");
    await expect(onepay.customers.create(ana)).rejects.toMatchObject({
      name: "InvalidResponseError",
      outcome: "unknown",
    });
  });

  test.each(["before", "after"] as const)(
    "latency %s the operation acts delays the response",
    async (when) => {
      const { emulator, onepay } = start();
      emulator.injectFault("createCustomer", "latency", { delay: 50, when });
      const begin = performance.now();
      const creating = onepay.customers.create(ana);
      await new Promise((resolve) => setTimeout(resolve, 10));
      expect(emulator.customers).toHaveLength(when === "after" ? 1 : 0);
      await creating;
      expect(performance.now() - begin).toBeGreaterThan(40);
      expect(emulator.requests).toMatchObject([{ status: 201, fault: "latency" }]);
    },
  );

  test("latency above the timeout: the client retries, and one customer exists", async () => {
    const { emulator, onepay } = start({}, { timeout: 30 });
    emulator.injectFault("createCustomer", "latency", { delay: 2_000 });
    const { attempts } = await onepay.customers.create(ana).withResponse();
    expect([attempts, emulator.customers.length]).toEqual([2, 1]);
  });

  test.each(["stall-headers", "stall-body", "latency"] as const)(
    "%s ends at once if the caller aborts",
    async (kind) => {
      const { emulator, onepay } = start();
      emulator.injectFault("*", kind, { when: "after", delay: 60_000 });
      const controller = new AbortController();
      const listing = onepay.customers.list({}, { signal: controller.signal });
      setTimeout(() => controller.abort(), 10);
      await expect(listing).rejects.toMatchObject({ name: "AbortError" });
    },
  );

  test("stalled in the body ends if the signal aborted before the body was read", async () => {
    const { emulator } = start();
    emulator.injectFault("*", "stall-body");
    const controller = new AbortController();
    const response = await emulator.fetch("https://api.onepay.la/v1/customers", {
      method: "GET",
      headers: { authorization: "Bearer sk_test_1" },
      redirect: "manual",
      signal: controller.signal,
    });
    controller.abort(new Error("stopped"));
    await expect(response.text()).rejects.toThrow("stopped");
  });

  test("stalled in the body never ends for a caller without a signal", async () => {
    const { emulator } = start();
    emulator.injectFault("*", "stall-body");
    const response = await emulator.fetch("https://api.onepay.la/v1/customers");
    const waiting = new Promise((resolve) => setTimeout(resolve, 50, "still waiting"));
    expect(await Promise.race([response.text(), waiting])).toBe("still waiting");
  });

  test.each(["stall-body", "truncate-body"] as const)(
    "%s of a response without a body loses the response",
    async (kind) => {
      const { emulator, onepay } = start({}, { ...fast, maxRetries: 0 });
      const { id } = await onepay.customers.create(ana);
      emulator.injectFault("deleteCustomer", kind);
      await expect(onepay.customers.delete(id)).rejects.toMatchObject({ outcome: "unknown" });
      expect(emulator.customers).toEqual([]);
      expect(emulator.requests.at(-1)).toMatchObject({ status: undefined, fault: kind });
    },
  );

  test("of the connection is Response.error() for a server such as MSW", async () => {
    const { emulator } = start();
    emulator.injectFault("*", "reset");
    expect((await send(emulator, "GET", "/customers")).type).toBe("error");
    const controller = new AbortController();
    controller.abort();
    const { signal } = controller;
    const request = new Request("https://api.onepay.la/v1/customers", { signal });
    expect((await emulator.handle(request)).type).toBe("error");
  });

  test("of `*` happens to any operation, and injected faults happen in their order", async () => {
    const { emulator, onepay } = start({}, { maxRetries: 0 });
    emulator.injectFault("*", "500", { times: 2 });
    emulator.injectFault("createCustomer", "503");
    const statuses = [];
    for (const call of [
      () => onepay.customers.list(),
      () => onepay.customers.create(ana),
      () => onepay.customers.create(ana),
      () => onepay.customers.list(),
    ])
      statuses.push(
        await call().then(
          () => 200,
          (error: { status: number }) => error.status,
        ),
      );
    expect(statuses).toEqual([500, 500, 503, 200]);
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

  test.each<[string, string, string, unknown, string]>([
    ["an unknown kind", "*", "explode", {}, "kind must be one of lose-response, "],
    ["an unknown operation", "createCustomers", "reset", {}, "operation must be one of listCustomers, "],
    ["times of 0", "*", "reset", { times: 0 }, "times must be a whole number of at least 1"],
    ["a negative delay", "*", "latency", { delay: -1 }, "delay must be a number from 0"],
    ["a delay above the longest timer", "*", "latency", { delay: 1e10 }, "delay must be a number from 0"],
    ["another moment", "*", "reset", { when: "during" }, "when must be one of before, after"],
    ["a date for Retry-After", "*", "429", { retryAfter: "soon" }, "retryAfter must be a whole number"],
    ["an unknown option", "*", "429", { retry_after: 1 }, 'unknown option "retry_after"'],
    ["a number instead of options", "*", "429", 3, "the options must be an object"],
  ])("with %s is a TypeError, and nothing fails", async (_name, operation, kind, options, message) => {
    const { emulator, onepay } = start();
    const inject = () => emulator.injectFault(operation, kind as "reset", options as object);
    expect(inject).toThrow(TypeError);
    expect(inject).toThrow(message);
    await onepay.customers.list();
  });
});
