import { describe, expect, test } from "vitest";
import type { EmulatorOptions } from "../../src/emulator/index.js";
import { ana, send, start } from "./client.js";

/** An emulator with customers, a second apart, with their names. */
async function withCustomers(names: string[], options: EmulatorOptions = {}) {
  let seconds = 0;
  const now = () => new Date(Date.UTC(2026, 2, 1) + 1_000 * seconds++);
  const { emulator, onepay } = start({ now, ...options });
  for (const first_name of names)
    await onepay.customers.create({ ...ana, first_name, email: `${first_name}@example.com` });
  const list = async (query: string) => (await send(emulator, "GET", `/customers?${query}`)).json();
  const namesOf = async (query: string) =>
    ((await list(query)) as { data: { first_name: string }[] }).data.map(({ first_name }) => first_name);
  return { emulator, onepay, list, namesOf };
}

describe("a list of the emulator", () => {
  test("has pages of per_page rows, and of 20 by default", async () => {
    const { list, namesOf } = await withCustomers(Array.from({ length: 21 }, (_, index) => `n${index}`));
    expect(await namesOf("")).toHaveLength(20);
    expect(await namesOf("page=2")).toEqual(["n20"]);
    expect(await namesOf("per_page=0")).toHaveLength(20);
    expect(await namesOf("page=3&per_page=2")).toEqual(["n4", "n5"]);
    expect(await list("page=9")).toMatchObject({ data: [], from: null, to: null, total: 21 });
  });

  test("is sorted by a field, in both directions", async () => {
    const { namesOf } = await withCustomers(["b", "c", "a"]);
    expect(await namesOf("sort=created_at")).toEqual(["b", "c", "a"]);
    expect(await namesOf("sort=-created_at")).toEqual(["a", "c", "b"]);
    const { namesOf: atOnce } = await withCustomers(["b", "a"], { now: () => new Date(0) });
    expect(await atOnce("sort=created_at")).toEqual(["b", "a"]);
  });

  test("is filtered by each field that is passed", async () => {
    const { list, namesOf } = await withCustomers(["a", "b"]);
    expect(await namesOf("filter[email]=b@example.com")).toEqual(["b"]);
    expect(await list("filter[email]=c@example.com")).toMatchObject({ data: [], total: 0 });
  });

  test("ignores filters with ignoreFilters, so that the first row is another customer", async () => {
    const { namesOf } = await withCustomers(["a", "b"], { ignoreFilters: true });
    expect(await namesOf("filter[email]=b@example.com")).toEqual(["a", "b"]);
  });

  test("ignores a parameter that the document doesn't describe", async () => {
    const { emulator, onepay } = await withCustomers(["a"]);
    const id = emulator.customers[0]?.id ?? "";
    await onepay.customers.topUp(id, { amount: 1_000, concept: "Bono" });
    const path = `/customers/${id}/transactions?filter[amount]=5`;
    expect(await (await send(emulator, "GET", path)).json()).toMatchObject({ total: 1 });
  });

  test.each(["A", "B", "C", "array"] as const)("is read to its end in envelope %s", async (envelope) => {
    const { onepay } = await withCustomers(["a", "b", "c"], { envelope });
    const rows = await onepay.customers.list({ per_page: 2 }).toArray({ limit: 10 });
    expect(rows.map(({ first_name }) => first_name)).toEqual(["a", "b", "c"]);
  });

  test("has URLs of its pages in envelope B, with the filters of the request", async () => {
    const { list } = await withCustomers(["a", "b", "c"], { envelope: "B" });
    const url = "https://api.onepay.la/v1/customers";
    expect(await list("per_page=1&page=2")).toMatchObject({
      path: url,
      first_page_url: `${url}?per_page=1&page=1`,
      prev_page_url: `${url}?per_page=1&page=1`,
      next_page_url: `${url}?per_page=1&page=3`,
    });
    expect(await list("page=1")).toMatchObject({ prev_page_url: null, next_page_url: null });
  });

  test("has its page in meta in envelope C, and nothing but rows in an array", async () => {
    const { list } = await withCustomers(["a"], { envelope: "C" });
    expect(await list("")).toMatchObject({ meta: { current_page: 1, last_page: 1, per_page: 20, total: 1 } });
    const { list: listArray } = await withCustomers(["a"], { envelope: "array" });
    expect(await listArray("")).toMatchObject([{ first_name: "a" }]);
  });
});

describe("a customer of the emulator", () => {
  test("has what was sent and what the server adds, and doesn't show the type", async () => {
    const { onepay } = start();
    const customer = await onepay.customers.create({
      ...ana,
      nationality: "CO",
      enable_notifications: false,
    });
    const { user_type: _type, ...fields } = ana;
    const { id, created_at } = customer;
    expect(customer).toEqual({ ...fields, id, created_at, nationality: "CO", birthdate: null });
    expect(await onepay.customers.get(id)).toEqual(customer);
  });

  test("can't be read, deleted or topped up after it was deleted", async () => {
    const { emulator, onepay } = start({ companyBalance: 5_000 });
    const { id } = await onepay.customers.create(ana);
    await onepay.customers.topUp(id, { amount: 1_000, concept: "Bono" });
    expect(await onepay.customers.delete(id)).toBeUndefined();
    const notFound = { status: 404 };
    await expect(onepay.customers.get(id)).rejects.toMatchObject(notFound);
    await expect(onepay.customers.delete(id)).rejects.toMatchObject(notFound);
    await expect(onepay.customers.topUp(id, { amount: 1, concept: "Bono" })).rejects.toMatchObject(notFound);
    await expect(onepay.customers.getBalance(id)).rejects.toMatchObject(notFound);
    await expect(onepay.customers.listCards(id)).rejects.toMatchObject(notFound);
    expect(emulator.companyBalance).toBe(4_000);
  });

  test("has the cards and accounts that were added to it, and no others", async () => {
    const { emulator, onepay } = start();
    const { id } = await onepay.customers.create(ana);
    const other = await onepay.customers.create(ana);
    const card = emulator.addCard(id, { last_four: "0001", created_at: "2025-01-01" });
    const account = emulator.addAccount(id, { subtype: "CHECKING" });
    emulator.addCard(other.id);
    expect(await onepay.customers.listCards(id).toArray({ limit: 5 })).toEqual([card]);
    expect(await onepay.customers.listAccounts(id).toArray({ limit: 5 })).toEqual([account]);
    expect(card).toMatchObject({ last_four: "0001", customer_id: id, created_at: "2025-01-01" });
  });

  test("must exist before a card or an account is added to it", () => {
    const { emulator } = start();
    const message = "customerId must be the id of a customer.";
    expect(() => emulator.addCard("nobody")).toThrow(message);
    expect(() => emulator.addAccount("nobody")).toThrow(message);
  });
});
