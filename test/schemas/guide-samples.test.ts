// Runs the samples of the guides about forms and about API changes. The package is built before, by `npm test`.
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createTempFolder } from "../../scripts/temp.js";
import { reply, serve } from "../client/server.js";
import { naturalPerson } from "./schemas.js";

beforeEach(() => void vi.stubEnv("ONEPAY_API_KEY", "sk_test_xxx"));
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

async function serveCustomer() {
  const server = await serve(reply(201, { ...naturalPerson, id: "cus_1", created_at: "2026-02-03" }));
  vi.stubEnv("ONEPAY_BASE_URL", server.url);
  return server;
}

function formOf(fields: Record<string, string>): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.set(name, value);
  return data;
}

describe("the sample of a plain form", () => {
  const post = async (fields: Record<string, string>) => {
    const { signUp } = await import("../../spec/guides/samples/form.js");
    return signUp(new Request("http://localhost/", { method: "POST", body: formOf(fields) }));
  };

  test("creates the customer", async () => {
    const { requests } = await serveCustomer();
    const response = await post({ ...naturalPerson, nationality: "", enable_notifications: "on" });
    expect([response.status, await response.json()]).toEqual([201, { id: "cus_1" }]);
    expect(JSON.parse(requests[0]?.body ?? "")).toEqual({ ...naturalPerson, enable_notifications: true });
  });

  test("responds with the issues in Spanish, without a request", async () => {
    const { requests } = await serveCustomer();
    const response = await post({ ...naturalPerson, email: "" });
    expect([response.status, await response.json()]).toEqual([
      422,
      [{ path: ["email"], message: "Escribe un correo electrónico completo, por ejemplo juan@example.com." }],
    ]);
    expect(requests).toEqual([]);
  });
});

describe("the sample of a server action", () => {
  test("returns the message of each field, and creates a valid customer", async () => {
    await serveCustomer();
    const { signUp } = await import("../../spec/guides/samples/server-action.js");
    const fields = { ...naturalPerson, $ACTION_ID_40: "", phone: "300" };
    expect(await signUp({ errors: {} }, formOf(fields))).toEqual({
      errors: { phone: "Enter the phone number with its country prefix, for example +573001234567." },
    });
    const valid = { ...naturalPerson, $ACTION_KEY: "k1" };
    expect(await signUp({ errors: {} }, formOf(valid))).toEqual({ errors: {}, customerId: "cus_1" });
  });
});

test("the sample of API changes appends a drift event to a file", async () => {
  const server = await serve(reply(200, { id: 5 }));
  vi.stubEnv("ONEPAY_BASE_URL", server.url);
  vi.spyOn(Math, "random").mockReturnValue(0);
  const { path, remove } = await createTempFolder("drift-sample");
  const before = process.cwd();
  const { onepay } = await import("../../spec/guides/samples/drift.js");
  try {
    process.chdir(path);
    await onepay.customers.get("cus_1");
    const file = join(path, "drift.jsonl");
    const text = await vi.waitFor(async () => {
      const found = await readFile(file, "utf8");
      expect(found).toMatch(/\n$/);
      return found;
    });
    expect(JSON.parse(text)).toMatchObject({ type: "drift", operation: "getCustomer", status: 200 });
    await rm(file);
  } finally {
    process.chdir(before);
    await remove();
  }
});
