// The check inside the client, with a real server.
import { describe, expect, test, vi } from "vitest";
import { type DriftCheckOptions, driftCheck } from "../../src/drift/index.js";
import { createFetchClient } from "../../src/index.js";
import type { DriftEvent, OnePayEvent, OnePayOptions } from "../../src/types.js";
import {
  apiKey,
  breakInBody,
  clientOf,
  type Handler,
  person,
  rejectionOf,
  reply,
  reset,
  serve,
  customer as withoutDate,
} from "../client/server.js";

const customer = { ...withoutDate, created_at: "2026-02-03T14:06:00Z" };

/** A client with the check, a server with these responses, and the events. */
async function setUp(handlers: Handler[], options: OnePayOptions = {}, checkOptions?: DriftCheckOptions) {
  const events: OnePayEvent[] = [];
  const server = await serve(...handlers);
  const onepay = clientOf(server, {
    responseCheck: driftCheck(checkOptions),
    onEvent: (event) => events.push(event),
    ...options,
  });
  const drift = () => events.filter((event): event is DriftEvent => event.type === "drift");
  return { server, onepay, events, drift };
}

describe("a drift event", () => {
  test("has the facts of the call, and one problem per deviation", async () => {
    const body = { ...customer, id: 7, phone: undefined, document_type: null };
    const { onepay, events, drift } = await setUp([reply(201, body)]);
    await onepay.customers.create(person, { idempotencyKey: "order:1" });
    expect(drift()).toEqual([
      {
        type: "drift",
        callId: events[0]?.callId,
        operation: "createCustomer",
        method: "POST",
        path: "/customers",
        idempotencyKey: "order:1",
        attempt: 1,
        elapsed: expect.any(Number),
        status: 201,
        problems: [
          { pointer: "/phone", keyword: "required", expected: "a value" },
          { pointer: "/id", keyword: "type", expected: "string" },
          { pointer: "/document_type", keyword: "type", expected: "string" },
        ],
      },
    ]);
    expect(events.map(({ type }) => type)).toEqual(["request", "response", "drift", "success"]);
  });

  const customers = [customer, { ...customer, id: null }, { ...customer, id: null }];
  const undocumented = { ...customer, middle_name: "Ana", "ana@example.com": { deep: 1 } };
  const statuses = "201 or 401 or 403 or 415 or 422 or 429 or 5XX";
  const additional = { pointer: "/*/*", keyword: "additional", expected: "no other field" };
  test.each<[string, "list" | "create", Handler, object[], DriftCheckOptions?]>([
    ["nothing if the response is as documented", "create", reply(201, customer), []],
    [
      "one problem of all items of a list, with * as their index",
      "list",
      reply(200, { data: customers, total: 3 }),
      [{ pointer: "/data/*/id", keyword: "type", expected: "string" }],
    ],
    [
      "the types of a union if no form fits",
      "list",
      reply(200, 5),
      [{ pointer: "", keyword: "type", expected: "object or array" }],
    ],
    [
      "the documented statuses for another status",
      "create",
      reply(409, { message: "Ana" }),
      [{ pointer: "", keyword: "status", expected: statuses }],
    ],
    [
      "a problem of an error response",
      "create",
      reply(422, { errors: 5 }),
      [{ pointer: "/errors", keyword: "type", expected: expect.any(String) }],
    ],
    [
      "nothing about a body that isn't JSON",
      "list",
      reply(502, "<html>Bad gateway</html>", { "content-type": "text/html" }),
      [],
    ],
    ["nothing about a response that breaks off", "list", breakInBody, []],
    ["no undocumented field by default", "create", reply(201, undocumented), []],
    [
      "undocumented fields without their names if additional is true",
      "list",
      reply(200, [undocumented, undocumented]),
      [additional],
      { additional: true },
    ],
    [
      "no key of a map as an undocumented field",
      "create",
      reply(422, { errors: { email: ["Ana"], "ana@example.com": 5 } }),
      [{ pointer: "/errors/*", keyword: "type", expected: expect.any(String) }],
      { additional: true },
    ],
  ])("reports %s", async (_, method, handler, problems, checkOptions) => {
    const { onepay, events, drift } = await setUp([handler], { maxRetries: 0 }, checkOptions);
    await (method === "list" ? onepay.customers.list() : onepay.customers.create(person)).catch(() => {});
    expect(drift().flatMap((event) => event.problems)).toEqual(problems);
    expect(drift()).toHaveLength(problems.length > 0 ? 1 : 0);
    // It comes after the response and before the end of the call.
    const types = events.map(({ type }) => type).filter((type) => type !== "drift");
    if (problems.length > 0) expect(events.at(-2)?.type).toBe("drift");
    expect(types).toEqual(["request", "response", expect.stringMatching("success|error")]);
  });

  test("is emitted once per call, for the first attempt whose response deviates", async () => {
    vi.spyOn(Math, "random").mockReturnValue(0);
    const { onepay, events, drift } = await setUp([
      reset,
      reply(503, { message: 5 }),
      reply(201, { ...customer, id: 5 }),
    ]);
    await onepay.customers.create(person);
    expect(drift()).toMatchObject([{ status: 503, attempt: 2, problems: [{ pointer: "/message" }] }]);
    await onepay.customers.create(person);
    expect(drift().map(({ callId }) => callId)).toEqual([...new Set(events.map(({ callId }) => callId))]);
    vi.restoreAllMocks();
  });

  test("is emitted for a call of the openapi-fetch client", async () => {
    const { server, events } = await setUp([reply(201, { ...customer, id: 5 })]);
    const client = createFetchClient({
      apiKey,
      baseUrl: server.url,
      responseCheck: driftCheck(),
      onEvent: (event) => events.push(event),
    });
    const { data } = await client.POST("/customers", { body: person });
    expect(data?.id).toBe(5);
    expect(events.map(({ type, operation }) => `${type} ${operation}`)).toContain("drift createCustomer");
  });

  test("isn't emitted for onepay.request(), which the document doesn't describe", async () => {
    const { onepay, drift } = await setUp([reply(418, { id: 5 })]);
    await rejectionOf(onepay.request({ method: "GET", path: "/payments/1" }));
    expect(drift()).toEqual([]);
  });
});

describe("the check", () => {
  test("changes neither the result nor the error", async () => {
    const odd = { ...customer, id: 5, extra: { "a.b": [1, null] } };
    const checked = await setUp(
      [reply(201, odd), reply(422, { errors: 5, code: {} })],
      {},
      { additional: true },
    );
    const unchecked = await setUp([reply(201, odd), reply(422, { errors: 5, code: {} })], {
      responseCheck: undefined,
    });
    expect(await checked.onepay.customers.create(person)).toEqual(odd);
    expect(await unchecked.onepay.customers.create(person)).toEqual(odd);
    const errors = [
      await rejectionOf<Error & { body: unknown }>(checked.onepay.customers.create(person)),
      await rejectionOf<Error & { body: unknown }>(unchecked.onepay.customers.create(person)),
    ];
    expect(errors[0]?.message).toBe(errors[1]?.message);
    expect(errors[0]?.body).toEqual({ errors: 5, code: {} });
    expect(unchecked.drift()).toEqual([]);
  });

  test("checks the fraction of the responses that sample states", async () => {
    const { onepay, drift } = await setUp([reply(201, { ...customer, id: 5 })], {}, { sample: 0.25 });
    const random = vi.spyOn(Math, "random");
    for (const value of [0, 0.2, 0.25, 0.9, 0.1]) {
      random.mockReturnValue(value);
      await onepay.customers.create(person);
    }
    random.mockRestore();
    expect(drift()).toHaveLength(3);
  });

  test("ignores a response that is nested too deeply to be checked", async () => {
    const deep = `${'{"errors":'.repeat(20_000)}1${"}".repeat(20_000)}`;
    const check = driftCheck({ additional: true });
    expect(() => check({ operation: "createCustomer", status: 422, body: JSON.parse(deep) })).not.toThrow();
  });

  test.each<[string, unknown, RegExp]>([
    ["sample 0", { sample: 0 }, /sample must be a number above 0 and at most 1/],
    ["sample 2", { sample: 2 }, /sample must be/],
    ["sample NaN", { sample: Number.NaN }, /sample must be/],
    ["sample as text", { sample: "1" }, /sample must be/],
    ["additional as text", { additional: "yes" }, /additional must be true or false/],
  ])("throws a TypeError for %s", (_, options, message) => {
    expect(() => driftCheck(options as DriftCheckOptions)).toThrow(TypeError);
    expect(() => driftCheck(options as DriftCheckOptions)).toThrow(message);
  });
});

describe("the option responseCheck", () => {
  test("can be a function of yours, for a client or for one call", async () => {
    const problems = [{ pointer: "/id", keyword: "mine", expected: "something else" }];
    const { onepay, drift } = await setUp([reply(201, customer)], { responseCheck: undefined });
    await onepay.customers.create(person);
    const seen: unknown[] = [];
    await onepay.customers.create(person, {
      responseCheck: (response) => {
        seen.push(response);
        return problems;
      },
    });
    expect(seen).toEqual([{ operation: "createCustomer", status: 201, body: customer }]);
    expect(drift().map((event) => event.problems)).toEqual([problems]);
  });

  test.each<[string, () => never[]]>([
    [
      "throws",
      () => {
        throw new Error("My check failed.");
      },
    ],
    ["returns nothing", () => undefined as unknown as never[]],
  ])("doesn't disturb the call if it %s", async (_, responseCheck) => {
    const { onepay, events } = await setUp([reply(201, customer)], { responseCheck });
    expect(await onepay.customers.create(person)).toEqual(customer);
    expect(events.map(({ type }) => type)).toEqual(["request", "response", "success"]);
  });

  test("must be a function", () => {
    expect(() => clientOf({ url: "https://example.com" }, { responseCheck: true as never })).toThrow(
      "OnePay: responseCheck must be a function.",
    );
  });
});
