import { describe, expect, test } from "vitest";
import { createEmulator, type EmulatorOptions } from "../../src/emulator/index.js";
import { ana, send, start } from "./client.js";

describe("createEmulator", () => {
  test.each<[string, object, string]>([
    ["an unknown option", { ignoreFilter: true }, 'unknown option "ignoreFilter"'],
    ["a seed that isn't a number", { seed: "1" }, "seed must be a whole number of at least 0"],
    ["a fixed time instead of a function", { now: new Date(0) }, "now must be a function"],
    ["a negative balance", { companyBalance: -1 }, "companyBalance must be a whole number"],
    ["an unknown envelope", { envelope: "D" }, "envelope must be one of A, B, C, array"],
    ["ignoreFilters as a string", { ignoreFilters: "yes" }, "ignoreFilters must be true or false"],
    ["a live key", { apiKeys: ["sk_live_1"] }, "apiKeys must be an array of test keys"],
    ["faults without a seed", { faults: { rate: 0.1 } }, "faults.seed must be a whole number"],
    ["faults without a rate", { faults: { seed: 1 } }, "faults.rate must be a number from 0 to 1"],
    ["an unknown field of faults", { faults: { seed: 1, rate: 0, kind: "reset" } }, 'unknown option "kind"'],
    ["a state that isn't an object", { state: [] }, "state must be an object"],
    ["a state of another version", { state: { version: 0 } }, "The state must have version 1"],
  ])("throws a TypeError for %s", (_name, options, message) => {
    const create = () => createEmulator(options as EmulatorOptions);
    expect(create).toThrow(TypeError);
    expect(create).toThrow(message);
  });

  test("throws a TypeError if the options aren't an object", () => {
    expect(() => createEmulator("sk_test_1" as EmulatorOptions)).toThrow("the options must be an object");
  });

  test("takes an option that is undefined for its default", async () => {
    const { onepay } = start({ seed: undefined, envelope: undefined, faults: undefined });
    expect(await onepay.customers.list().toArray({ limit: 1 })).toEqual([]);
  });

  test("creates a fetch that can be called without a client", async () => {
    const response = await createEmulator().fetch("https://api.onepay.la/v1/customers");
    expect(response.status).toBe(401);
  });

  test("rejects with a mistake in now instead of hiding it as a broken connection", async () => {
    const now = () => {
      throw new RangeError("a mistake");
    };
    const creating = send(createEmulator({ now }), "POST", "/customers", { body: ana, "x-idempotency": "1" });
    await expect(creating).rejects.toThrow("a mistake");
  });

  test("accepts only the API keys that are passed", async () => {
    const { onepay } = start({ apiKeys: ["sk_test_mine"] });
    await expect(onepay.customers.list()).rejects.toMatchObject({ status: 401 });
    await onepay.withOptions({ apiKey: "sk_test_mine" }).customers.list();
  });

  test("returns the same ids, times and passwords in every run with the same seed", async () => {
    const results = [];
    for (const seed of [7, 7, 8]) {
      const { emulator, onepay } = start({ seed, now: () => new Date("2026-03-01T12:00:00Z") });
      const customer = await onepay.customers.create(ana);
      const topUp = await onepay.customers.topUp(customer.id, { amount: 1_000, concept: "Bono" });
      const otp = emulator.otp(ana.phone);
      const session = await onepay.customerSessions.verify({ phone: ana.phone, otp });
      const card = emulator.addCard(customer.id);
      const account = emulator.addAccount(customer.id);
      results.push({ customer, topUp, otp, session, card, account });
    }
    const [first, second, other] = results;
    expect(second).toEqual(first);
    expect(first?.customer.created_at).toBe("2026-03-01T12:00:00.000000Z");
    expect(other?.customer.id).not.toBe(first?.customer.id);
    expect(other?.otp).not.toBe(first?.otp);
  });

  test("has the same random faults in every run and after a reset", async () => {
    const options = { faults: { seed: 3, rate: 0.5 } };
    const { emulator, onepay } = start(options, { maxRetries: 0, timeout: 30 });
    const faults = async () => {
      for (let call = 0; call < 20; call += 1) await onepay.customers.list().then(null, () => {});
      return emulator.requests.map(({ fault }) => fault);
    };
    const first = await faults();
    emulator.reset();
    expect(await faults()).toEqual(first);
    expect(new Set(first).size).toBeGreaterThan(4);
  });

  test("continues with new ids from a state", async () => {
    const { emulator, onepay } = start();
    const { id } = await onepay.customers.create(ana);
    const restored = start({ state: emulator.state() });
    const second = await restored.onepay.customers.create(ana);
    expect(second.id).not.toBe(id);
    expect(restored.emulator.customers.map((customer) => customer.id)).toEqual([id, second.id]);
    expect(emulator.customers).toHaveLength(1);
  });
});

describe("reset", () => {
  test("forgets customers, money, keys, faults and requests", async () => {
    const { emulator, onepay } = start({ companyBalance: 5_000 });
    const { id } = await onepay.customers.create(ana, { idempotencyKey: "signup-1" });
    await onepay.customers.topUp(id, { amount: 1_000, concept: "Bono" });
    emulator.injectFault("*", "500", { times: 9 });
    emulator.reset();
    expect([emulator.customers, emulator.requests, emulator.companyBalance]).toEqual([[], [], 5_000]);
    await onepay.customers.create({ ...ana, first_name: "Eva" }, { idempotencyKey: "signup-1" });
    expect(emulator.requests).toMatchObject([{ status: 201, isReplay: false, fault: undefined }]);
  });
});

describe("setState", () => {
  const row = { id: "1", customer_id: "1", created_at: "2026-03-01" };

  test.each<[string, object, string]>([
    ["an old version", { version: 0 }, "The state must have version 1"],
    ["no version", { version: undefined }, "The state must have version 1"],
    ["a balance as a string", { companyBalance: "1" }, "companyBalance must be a whole number"],
    ["no counter", { draws: null }, "draws must be a whole number"],
    ["customers as an object", { customers: {} }, "customers must be an array"],
    ["a customer that is null", { customers: [null] }, "customers[0] must be an object"],
    ["a customer without an id", { customers: [{ phone: "+571" }] }, "customers[0].id must be a string"],
    ["an amount as a string", { transactions: [{ ...row, amount: "5" }] }, "transactions[0].amount must be"],
    ["an account without a bank", { accounts: [row] }, "accounts[0].bank must be an object with a name"],
    ["a bank without a name", { accounts: [{ ...row, bank: {} }] }, "accounts[0].bank must be"],
    ["passwords as an array", { passwords: [] }, "passwords must be an object"],
    ["a password as a number", { passwords: { "+571": 1 } }, "each of passwords must be a string"],
    ["a response without a status", { responses: { key: {} } }, "each of responses.request must be a string"],
  ])("throws a TypeError for %s, and changes nothing", async (_name, change, message) => {
    const { emulator, onepay } = start();
    await onepay.customers.create(ana);
    const before = emulator.state();
    expect(() => emulator.setState({ ...before, ...change } as typeof before)).toThrow(message);
    expect(emulator.state()).toEqual(before);
  });

  test("throws a TypeError if the value isn't an object", () => {
    expect(() => start().emulator.setState(null as never)).toThrow("The state must be an object.");
  });

  test("replaces customers, money and stored responses", async () => {
    const first = start();
    const created = await first.onepay.customers.create(ana, { idempotencyKey: "signup-1" });
    await first.onepay.customers.topUp(created.id, { amount: 1_000, concept: "Bono" });
    const second = start();
    await second.onepay.customers.create(ana);
    second.emulator.setState(first.emulator.state());
    expect(await second.onepay.customers.create(ana, { idempotencyKey: "signup-1" })).toEqual(created);
    expect(second.emulator.customers).toHaveLength(1);
    expect(second.emulator.balance(created.id)).toBe(1_000);
  });
});
