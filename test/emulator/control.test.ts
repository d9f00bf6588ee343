// The emulator as a server, in this process: its control API, and faults on a real connection.
import { connect } from "node:net";
import { networkInterfaces } from "node:os";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import type { EmulatorOptions } from "../../src/emulator/index.js";
import { type ServerOptions, startEmulatorServer } from "../../src/emulator/server.js";
import { OnePay, type OnePayOptions } from "../../src/index.js";
import { ana, retriedFaults } from "./client.js";

async function startServer(options: Partial<ServerOptions> & EmulatorOptions = {}) {
  const onError = vi.fn();
  const server = await startEmulatorServer({ host: "127.0.0.1", port: 0, onError, ...options });
  onTestFinished(() => server.close());
  const { url, emulator } = server;
  const client = (clientOptions: OnePayOptions = {}) =>
    new OnePay({ apiKey: "sk_test_emulator", baseUrl: `${url}/v1`, ...clientOptions });
  const control = async (method: string, path: string, body?: unknown) => {
    const text = typeof body === "string" ? body : JSON.stringify(body);
    const response = await fetch(`${url}/_emulator${path}`, {
      method,
      ...(body !== undefined && { body: text }),
    });
    const received = await response.text();
    return { status: response.status, body: received === "" ? undefined : JSON.parse(received) };
  };
  return { ...server, emulator, onError, onepay: client(), client, control };
}

describe("the control API", () => {
  test("POST /faults makes the next request fail, and GET /requests shows it", async () => {
    const { onepay, control } = await startServer();
    const fault = { operation: "createCustomer", kind: "503", retryAfter: 0, times: 1, when: "after" };
    expect(await control("POST", "/faults", fault)).toEqual({ status: 204, body: undefined });
    const { attempts } = await onepay.customers.create(ana, { idempotencyKey: "signup-1" }).withResponse();
    expect(attempts).toBe(2);
    const { status, body } = await control("GET", "/requests");
    expect(status).toBe(200);
    const create = { method: "POST", path: "/customers", operation: "createCustomer", body: ana };
    expect(body).toMatchObject([
      { ...create, idempotencyKey: "signup-1", status: 503, fault: "503", isReplay: false },
      { ...create, idempotencyKey: "signup-1", status: 201, isReplay: true },
    ]);
  });

  test("POST /faults without an operation is about any operation", async () => {
    const { client, control } = await startServer();
    await control("POST", "/faults", { kind: "500" });
    await expect(client({ maxRetries: 0 }).customers.list()).rejects.toMatchObject({ status: 500 });
  });

  test("GET and PUT /state copy everything, and POST /reset forgets it", async () => {
    const { onepay, control } = await startServer();
    const customer = await onepay.customers.create(ana);
    const { body: state } = await control("GET", "/state");
    expect(await control("POST", "/reset")).toEqual({ status: 204, body: undefined });
    await expect(onepay.customers.get(customer.id)).rejects.toMatchObject({ status: 404 });
    expect(await control("PUT", "/state", state)).toEqual({ status: 204, body: undefined });
    expect(await onepay.customers.get(customer.id)).toEqual(customer);
  });

  test("POST /otp, /cards and /accounts return what a login and a charge need", async () => {
    const { onepay, control } = await startServer();
    const { id: customer_id } = await onepay.customers.create(ana);
    const { phone } = ana;
    const { body: password } = await control("POST", "/otp", { phone });
    const { token: customerToken } = await onepay.customerSessions.verify({ phone, otp: password.otp });
    const card = await control("POST", "/cards", { customer_id, last_four: "0001" });
    expect(card).toMatchObject({ status: 201, body: { customer_id, last_four: "0001" } });
    const account = await control("POST", "/accounts", { customer_id });
    const charge = { payment_method_id: account.body.id, amount: 100, currency: "COP" } as const;
    await onepay.customerSessions.createCharge(charge, { customerToken });
  });

  test.each<[string, string, string, unknown, string]>([
    ["a fault of an unknown kind", "POST", "/faults", { kind: "explode" }, "kind must be one of"],
    [
      "a fault of an unknown operation",
      "POST",
      "/faults",
      { operation: 1, kind: "500" },
      "operation must be",
    ],
    ["a fault with an unknown option", "POST", "/faults", { kind: "500", time: 2 }, 'unknown option "time"'],
    ["a fault with a wrong option", "POST", "/faults", { kind: "500", times: "2" }, "times must be"],
    ["malformed JSON", "POST", "/faults", "{kind:", "The body isn't JSON."],
    ["an empty body", "POST", "/faults", undefined, "The body isn't JSON."],
    ["an array", "POST", "/faults", [], "The body must be a JSON object."],
    ["a phone without its prefix", "POST", "/otp", { phone: "300" }, "phone must be a phone number"],
    ["no phone", "POST", "/otp", {}, "phone must be a phone number"],
    ["an unknown customer", "POST", "/cards", { customer_id: "1" }, "the id of a customer"],
    ["no customer", "POST", "/accounts", {}, "the id of a customer"],
    ["a state that isn't one", "PUT", "/state", { version: 2 }, "The state must have version 1."],
  ])("returns 400 and one message for %s", async (_name, method, path, body, message) => {
    const { control, emulator, onError } = await startServer();
    const before = emulator.state();
    const response = await control(method, path, body);
    expect(response).toEqual({ status: 400, body: { message: expect.stringContaining(message) } });
    expect(emulator.state()).toEqual(before);
    expect(onError).not.toHaveBeenCalled();
  });

  test.each([
    ["POST", "/state"],
    ["GET", "/faults"],
    ["GET", "/unknown"],
    ["GET", ""],
  ])("returns 404 and the list of commands for %s %s", async (method, path) => {
    const { status, body } = await (await startServer()).control(method, path);
    expect([status, body.message]).toEqual([404, expect.stringContaining("PUT /_emulator/state")]);
  });

  test("isn't part of the recorded requests, and reports changes", async () => {
    const onControlRequest = vi.fn();
    const onChange = vi.fn();
    const { control, emulator } = await startServer({ onControlRequest, onChange });
    await control("GET", "/state");
    expect(onChange).not.toHaveBeenCalled();
    await control("POST", "/reset");
    expect(onControlRequest.mock.calls.map(([command, { status }]) => [command, status])).toEqual([
      ["GET /_emulator/state", 200],
      ["POST /_emulator/reset", 204],
    ]);
    expect(onChange).toHaveBeenCalledExactlyOnceWith(emulator);
    expect(emulator.requests).toEqual([]);
  });
});

describe("the emulator over HTTP", () => {
  test.each(retriedFaults)(
    "%s %s the operation acts: the client retries and one customer exists",
    async (kind, when) => {
      const { client, control, emulator } = await startServer();
      await control("POST", "/faults", { operation: "createCustomer", kind, when, retryAfter: 0 });
      const { data, attempts } = await client({ timeout: 150 }).customers.create(ana).withResponse();
      expect(attempts).toBe(2);
      expect(emulator.customers).toMatchObject([{ id: data.id }]);
      expect(emulator.requests.at(-1)?.isReplay).toBe(when === "after");
    },
  );

  test("html is a page, and latency delays the response", async () => {
    const { client, control } = await startServer();
    const onepay = client({ maxRetries: 0 });
    await control("POST", "/faults", { kind: "html" });
    await expect(onepay.customers.list()).rejects.toMatchObject({ name: "InvalidResponseError" });
    await control("POST", "/faults", { kind: "latency", delay: 60 });
    const begin = performance.now();
    await onepay.customers.list();
    expect(performance.now() - begin).toBeGreaterThan(50);
  });

  test.each(["stall-body", "truncate-body"])("%s of a response without a body loses it", async (kind) => {
    const { client, control, emulator } = await startServer();
    const onepay = client({ maxRetries: 0, timeout: 100 });
    const { id } = await onepay.customers.create(ana);
    await control("POST", "/faults", { kind });
    await expect(onepay.customers.delete(id)).rejects.toMatchObject({ outcome: "unknown" });
    expect(emulator.customers).toEqual([]);
  });

  test("returns page URLs with its own address", async () => {
    const { url, onepay } = await startServer({ envelope: "B" });
    await onepay.customers.create(ana);
    const body = await onepay.request({ method: "GET", path: "/customers" });
    expect(body).toMatchObject({ path: `${url}/v1/customers` });
  });

  test("prints an internal mistake and returns 500", async () => {
    const mistake = new Error("a mistake");
    const now = () => {
      throw mistake;
    };
    const { client, onError } = await startServer({ now });
    const creating = client({ maxRetries: 0 }).customers.create(ana);
    await expect(creating).rejects.toMatchObject({ status: 500 });
    expect(onError.mock.calls).toEqual([[mistake]]);
  });

  test("returns 500 for a mistake in the control API", async () => {
    const { emulator, control, onError } = await startServer();
    const mistake = new TypeError("a mistake");
    vi.spyOn(emulator, "reset").mockImplementation(() => {
      throw mistake;
    });
    expect((await control("POST", "/reset")).status).toBe(500);
    expect(onError.mock.calls).toEqual([[mistake]]);
  });

  test("reports a mistake that happens after the response was sent", async () => {
    const mistake = new Error("a mistake");
    const onRequest = () => {
      throw mistake;
    };
    const { onepay, onError } = await startServer({ onRequest });
    await onepay.customers.list();
    expect(onError.mock.calls).toEqual([[mistake]]);
  });

  test.each([
    [
      "200 to HTTP/1.0 without a host, with a header that is a list",
      "GET /v1/customers HTTP/1.0\r\nset-cookie: a=1",
      200,
    ],
    ["400 to a URL that isn't valid", "GET //[ HTTP/1.0", 400],
    ["405 to a method that fetch can't send", "TRACE /v1/customers HTTP/1.0", 405],
  ])("responds with %s", async (_, head, status) => {
    const { port } = await startServer();
    const socket = connect(port, "127.0.0.1").setEncoding("utf8");
    socket.write(`${head}\r\nauthorization: Bearer sk_test_1\r\n\r\n`);
    const [text] = await socket.toArray();
    expect(text).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
  });

  test("ignores a client that leaves in the middle of its request", async () => {
    const { port, onError, onepay, emulator } = await startServer();
    await new Promise<void>((resolve) => {
      const socket = connect(port, "127.0.0.1", () => {
        socket.write("POST /v1/customers HTTP/1.1\r\nhost: localhost\r\ncontent-length: 99\r\n\r\n{", () => {
          setTimeout(() => socket.resetAndDestroy(), 20);
        });
      });
      socket.on("close", () => resolve());
    });
    await onepay.customers.list();
    expect(onError).not.toHaveBeenCalled();
    expect(emulator.customers).toEqual([]);
  });

  test("listens on IPv6, if the machine has it", async () => {
    const hasIpv6 = Object.values(networkInterfaces()).some((each) =>
      each?.some(({ address }) => address === "::1"),
    );
    const { url, port } = await startServer({ host: hasIpv6 ? "::1" : "127.0.0.1" });
    expect(url).toBe(hasIpv6 ? `http://[::1]:${port}` : `http://127.0.0.1:${port}`);
  });

  test("uses the next free port, and fails if the host can't be used or no port is free", async () => {
    const { port } = await startServer();
    expect((await startServer({ port })).port).toBeGreaterThan(port);
    await expect(startServer({ host: "203.0.113.1" })).rejects.toMatchObject({ code: "EADDRNOTAVAIL" });
    const last = await startServer({ port: 65_535 }).catch(() => undefined);
    await expect(startServer({ port: 65_535 })).rejects.toMatchObject({ code: "EADDRINUSE" });
    expect([65_535, undefined]).toContain(last?.port);
  });
});
