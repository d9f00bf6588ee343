import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { operations } from "../../generated/operations.js";
import { type ApiError, OnePay } from "../../src/index.js";
import type { Fetch, OnePayEvent, OnePayOptions, Operation } from "../../src/types.js";
import { apiKey, clientOf, customer, faultOf, person, reply, serve } from "./server.js";

beforeEach(() => {
  vi.useFakeTimers({ now: Date.UTC(2030, 0, 1, 12) });
  vi.spyOn(Math, "random").mockReturnValue(0.5);
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

type Plan = [status: number, headers?: Record<string, string>];

/** A client without network whose attempts are answered by plan, the last one again and again. */
function planned(plans: Plan[], options: OnePayOptions = {}) {
  const events: OnePayEvent[] = [];
  /** When each attempt was sent, in milliseconds from the start. */
  const times: number[] = [];
  const start = performance.now();
  const fetch = vi.fn<Fetch>(async () => {
    times.push(Math.round(performance.now() - start));
    const [status, headers = {}] = plans[Math.min(times.length, plans.length) - 1] ?? [200];
    return Response.json(status < 300 ? customer : { message: "no" }, { status, headers });
  });
  const onepay = new OnePay({ apiKey, fetch, onEvent: (event) => void events.push(event), ...options });
  const delays = () => events.flatMap((event) => (event.type === "retry" ? [event.delay] : []));
  return { onepay, fetch, times, events, delays };
}

/** What a promise comes to once all timers have run, as far as they need to. */
async function ended<T>(promise: Promise<T>): Promise<T> {
  const settled = promise.then(
    () => {},
    () => {},
  );
  let isOver = false;
  settled.then(() => {
    isOver = true;
  });
  await vi.advanceTimersByTimeAsync(0);
  while (!isOver) await vi.advanceTimersToNextTimerAsync();
  return promise;
}

const failureOf = (promise: Promise<unknown>) => ended(faultOf<ApiError>(promise));

describe("the backoff", () => {
  test("doubles from half a second up to eight seconds", async () => {
    vi.spyOn(Math, "random").mockReturnValue(1);
    const { onepay, delays } = planned([[503]], { maxRetries: 7 });
    await failureOf(onepay.customers.create(person));
    expect(delays()).toEqual([500, 1_000, 2_000, 4_000, 8_000, 8_000, 8_000]);
  });

  test("has full jitter: it takes a random part of the whole, down to nothing", async () => {
    const random = vi.spyOn(Math, "random");
    for (const part of [0, 0.25, 0.5]) random.mockReturnValueOnce(part);
    const { onepay, delays } = planned([[503]], { maxRetries: 3 });
    await failureOf(onepay.customers.create(person));
    expect(delays()).toEqual([0, 250, 1_000]);
  });

  test("is slept through: the next attempt is sent when it ends, and not before", async () => {
    const { onepay, times } = planned([[503], [503], [201]]);
    await ended(onepay.customers.create(person));
    expect(times).toEqual([0, 250, 750]);
  });

  test("ends after two repetitions, unless the options say another number", async () => {
    const counts: number[] = [];
    for (const maxRetries of [undefined, 0, 1, 5]) {
      const { onepay, fetch } = planned([[503]], { maxRetries });
      const { attempts } = await failureOf(onepay.customers.create(person));
      expect(attempts).toBe(fetch.mock.calls.length);
      counts.push(attempts);
    }
    expect(counts).toEqual([3, 1, 2, 6]);
  });
});

describe("what is sent again", () => {
  test("among all error statuses is 408, 429, 500, 502, 503 and 504, and no other", async () => {
    const repeated: number[] = [];
    for (let status = 400; status < 600; status += 1) {
      const { onepay } = planned([[status]], { maxRetries: 1 });
      const { attempts } = await failureOf(onepay.customers.create(person));
      if (attempts > 1) repeated.push(status);
    }
    expect(repeated).toEqual([408, 429, 500, 502, 503, 504]);
  });

  test("is no redirect", async () => {
    for (const status of [300, 301, 302, 303, 304, 307, 308, 399]) {
      const fetch = vi.fn<Fetch>(async () => new Response(null, { status, headers: { location: "/" } }));
      const { attempts } = await failureOf(new OnePay({ apiKey, fetch }).customers.get("cus_1"));
      expect([status, attempts, fetch.mock.calls.length]).toEqual([status, 1, 1]);
    }
  });

  // What the flat methods need before their options, by operation: an id, a body, a token.
  const call = (onepay: OnePay, { resource, name, path, body, query, headers = {} }: Operation) => {
    const methods = onepay[resource as "customers"] as unknown as Record<
      string,
      (...args: unknown[]) => Promise<unknown>
    >;
    const args = [
      ...(path.includes("{") ? ["cus_1"] : []),
      ...(body ? [{}] : []),
      ...(query ? [{}] : []),
      Object.fromEntries(
        Object.keys(headers).flatMap((option) => (option === "idempotencyKey" ? [] : [[option, "tok_1"]])),
      ),
    ];
    return (methods[name] as (...args: unknown[]) => Promise<unknown>)(...args);
  };

  const all = Object.entries<Operation>(operations).map(([id, operation]) => ({
    id,
    operation,
    retry: operation.retry,
  }));

  test.each(all)("follows the document: $id is $retry", async ({ operation, retry }) => {
    const { onepay, fetch } = planned([[503]]);
    const error = await failureOf(call(onepay, operation));
    expect(error.attempts).toBe(retry === "never" ? 1 : 3);
    expect(fetch).toHaveBeenCalledTimes(error.attempts);
  });

  test.each(all)("by $id carries one key in all attempts, or none at all", async ({ operation }) => {
    const { onepay, fetch } = planned([[503]]);
    const { idempotencyKey } = await failureOf(call(onepay, operation));
    const keys = fetch.mock.calls.map(([, { headers }]) => new Headers(headers).get("x-idempotency"));
    expect(new Set(keys)).toEqual(new Set([idempotencyKey ?? null]));
    expect(idempotencyKey !== undefined).toBe(operation.headers?.idempotencyKey !== undefined);
  });

  test.each(all.filter(({ retry }) => retry === "with-key"))(
    "by $id has the same bytes each time",
    async ({ operation }) => {
      const { onepay, fetch } = planned([[503]]);
      await failureOf(call(onepay, operation));
      expect(fetch.mock.calls.map(([, { body }]) => body)).toEqual(["{}", "{}", "{}"]);
    },
  );

  test("is never a call that the document says never of, whatever went wrong", async () => {
    const verify = (options: OnePayOptions) =>
      new OnePay({ apiKey, ...options }).customerSessions.verify({ phone: person.phone, otp: "123456" });
    const broken = vi.fn<Fetch>(async () => {
      throw Object.assign(new TypeError("fetch failed"), { cause: { code: "ECONNREFUSED" } });
    });
    const silent = vi.fn<Fetch>(() => new Promise(() => {}));
    expect(await failureOf(verify({ fetch: broken }))).toMatchObject({
      name: "ConnectionError",
      attempts: 1,
    });
    expect(await failureOf(verify({ fetch: silent }))).toMatchObject({ name: "TimeoutError", attempts: 1 });
    expect(broken).toHaveBeenCalledTimes(1);
    expect(silent).toHaveBeenCalledTimes(1);
  });

  test("is what the caller passed at first, even if it is changed meanwhile", async () => {
    const { onepay, fetch } = planned([[503], [201]]);
    const body = { ...person, first_name: "Ana" as string };
    const result = onepay.customers.create(body);
    body.first_name = "Eva";
    await ended(result);
    expect(fetch.mock.calls.map(([, init]) => JSON.parse(String(init.body)).first_name)).toEqual([
      "Ana",
      "Ana",
    ]);
  });

  test("has the caller's own key where there is one", async () => {
    const { onepay, fetch } = planned([[503], [201]]);
    const { idempotencyKey } = await ended(
      onepay.customers.create(person, { idempotencyKey: "order:42" }).withResponse(),
    );
    expect(idempotencyKey).toBe("order:42");
    expect(fetch.mock.calls.map(([, { headers }]) => new Headers(headers).get("x-idempotency"))).toEqual([
      "order:42",
      "order:42",
    ]);
  });

  test("has a key of its own in each call, however alike the calls are", async () => {
    const { onepay } = planned([[201]]);
    const keys = await Promise.all(
      Array.from(
        { length: 50 },
        async () => (await onepay.customers.create(person).withResponse()).idempotencyKey,
      ),
    );
    expect(new Set(keys).size).toBe(50);
  });
});

test("what a replaced fetch writes into the headers of an attempt does not reach the next one", async () => {
  const seen: object[] = [];
  const fetch: Fetch = async (_url, { headers }) => {
    const sent = headers as Record<string, string>;
    seen.push({ ...sent });
    delete sent["x-idempotency"];
    sent["x-signed"] = "1";
    return Response.json({}, { status: seen.length < 3 ? 503 : 201 });
  };
  await ended(new OnePay({ apiKey, fetch }).customers.create(person));
  expect(seen).toHaveLength(3);
  expect(seen[1]).toEqual(seen[0]);
  expect(seen[2]).toEqual(seen[0]);
});

describe("a Retry-After", () => {
  test("of 2 with a 429 is waited for, against a real server", async () => {
    vi.useRealTimers();
    const server = await serve(reply(429, undefined, { "retry-after": "2" }), reply(201, customer));
    const start = performance.now();
    const { attempts } = await clientOf(server).customers.create(person).withResponse();
    expect(attempts).toBe(2);
    expect(performance.now() - start).toBeGreaterThanOrEqual(1_990);
    expect(new Set(server.requests.map(({ headers }) => headers["x-idempotency"])).size).toBe(1);
  });

  test.each([408, 429, 500, 502, 503, 504])("is waited for with %d", async (status) => {
    const { onepay, times } = planned([[status, { "retry-after": "7" }], [201]]);
    await ended(onepay.customers.create(person));
    expect(times).toEqual([0, 7_000]);
  });

  test("that is shorter than the backoff does not shorten it", async () => {
    const { onepay, times } = planned([[503, { "retry-after": "0" }], [201]]);
    await ended(onepay.customers.create(person));
    expect(times).toEqual([0, 250]);
  });

  test("that is shorter than the backoff of a later attempt does not shorten that one either", async () => {
    const later = [503, { "retry-after": "1" }] as const;
    const { onepay, times } = planned([[...later], [...later], [...later], [...later], [201]], {
      maxRetries: 4,
    });
    await ended(onepay.customers.create(person));
    expect(times).toEqual([0, 1_000, 2_000, 3_000, 5_000]);
  });

  test.each([
    ["0", 0],
    ["Sun, 06 Nov 1994 08:49:37 GMT", 0],
  ])("of %s is told as no time to wait, and not as none that was asked for", async (text, time) => {
    const { onepay } = planned([[429, { "retry-after": text }]], { maxRetries: 0 });
    expect(await failureOf(onepay.customers.create(person))).toMatchObject({ retryAfter: time });
  });

  test("of 60 is waited for again and again, where no deadline is given", async () => {
    const { onepay, times } = planned([[429, { "retry-after": "60" }]], { maxRetries: 30 });
    await failureOf(onepay.customers.create(person));
    expect(times.at(-1)).toBe(1_800_000);
  });

  test("of 60 is the longest that is waited for", async () => {
    const { onepay, times } = planned([[429, { "retry-after": "60" }], [201]]);
    await ended(onepay.customers.create(person));
    expect(times).toEqual([0, 60_000]);
  });

  test.each(["61", "3600", "99999999999", "9".repeat(400)])(
    "of %s fails at once and says so",
    async (text) => {
      const { onepay, times, delays } = planned([[429, { "retry-after": text }], [201]]);
      const error = await failureOf(onepay.customers.create(person));
      expect(error).toMatchObject({ name: "RateLimitError", attempts: 1, retryAfter: Number(text) * 1_000 });
      expect(times).toEqual([0]);
      expect(delays()).toEqual([]);
      expect(performance.now()).toBeLessThan(1_000);
    },
  );

  test("of 3600 fails at once against a real server", async () => {
    vi.useRealTimers();
    const server = await serve(reply(503, undefined, { "retry-after": "3600" }));
    const start = performance.now();
    const error = await faultOf(clientOf(server).customers.create(person));
    expect(error).toMatchObject({
      name: "ServerError",
      retryAfter: 3_600_000,
      attempts: 1,
      outcome: "unknown",
    });
    expect(performance.now() - start).toBeLessThan(10_000);
    expect(server.requests).toHaveLength(1);
  });

  test.each(["3600", "6", "5"])("of %s that ends after a deadline of 5 s fails at once", async (text) => {
    const { onepay, times } = planned([[429, { "retry-after": text }], [201]], { deadline: 5_000 });
    const error = await failureOf(onepay.customers.create(person));
    expect(error).toMatchObject({ name: "RateLimitError", attempts: 1, retryAfter: Number(text) * 1_000 });
    expect(times).toEqual([0]);
    expect(performance.now()).toBeLessThan(1_000);
  });

  test("that ends before the deadline is waited for", async () => {
    const { onepay, times } = planned([[429, { "retry-after": "4" }], [201]], { deadline: 5_000 });
    await ended(onepay.customers.create(person));
    expect(times).toEqual([0, 4_000]);
  });

  test("as an HTTP date is waited for until then", async () => {
    const { onepay, times } = planned([[503, { "retry-after": "Tue, 01 Jan 2030 12:00:09 GMT" }], [201]]);
    await ended(onepay.customers.create(person));
    expect(times).toEqual([0, 9_000]);
  });

  test("as an HTTP date that has passed is no wait beyond the backoff", async () => {
    const { onepay, times } = planned([[503, { "retry-after": "Tue, 01 Jan 2030 11:59:00 GMT" }], [201]]);
    await ended(onepay.customers.create(person));
    expect(times).toEqual([0, 250]);
  });

  test("as an HTTP date two hours away fails at once, with the milliseconds until then", async () => {
    const { onepay, times } = planned([[503, { "retry-after": "Tue, 01 Jan 2030 14:00:00 GMT" }]]);
    expect(await failureOf(onepay.customers.create(person))).toMatchObject({ retryAfter: 7_200_000 });
    expect(times).toEqual([0]);
  });

  test.each([
    "Invalid Date",
    "soon",
    "NaN",
    "-5",
    "1.5",
    "1e3",
    "0x10",
    "+3",
    "2s",
    "1, 2",
    "2030-01-01T12:00:09Z",
    "Tue, 01 Jan 2030",
    "Mon, 01 Jan 2030 12:00:09 GMT",
    "Tue, 32 Jan 2030 12:00:09 GMT",
    "Tue, 01 Jan 2030 12:00:09",
    "01 Jan 2030 12:00:09 GMT",
    "",
  ])("of %j is none: the backoff is slept, and no time is told", async (text) => {
    const { onepay, times } = planned([[503, { "retry-after": text }]]);
    const error = await failureOf(onepay.customers.create(person));
    expect(times).toEqual([0, 250, 750]);
    expect(error.retryAfter).toBeUndefined();
  });

  test("stands in milliseconds on the error of an answer that is not asked again, too", async () => {
    const { onepay } = planned([[422, { "retry-after": "3" }]]);
    expect(await failureOf(onepay.customers.create(person))).toMatchObject({
      retryAfter: 3_000,
      attempts: 1,
    });
  });
});

describe("the hook", () => {
  test("is told of each step with operation, key, attempt and times, and of nothing else", async () => {
    const { onepay, events } = planned([[503, { "x-request-id": "req_1" }], [201]]);
    await ended(onepay.customers.create(person, { idempotencyKey: "order:1" }));
    const base = { operation: "createCustomer", idempotencyKey: "order:1" };
    expect(events).toEqual([
      { ...base, type: "request", attempt: 1, elapsed: 0 },
      { ...base, type: "response", attempt: 1, elapsed: 0, status: 503, duration: 0, requestId: "req_1" },
      { ...base, type: "retry", attempt: 1, elapsed: 0, delay: 250, reason: "503" },
      { ...base, type: "request", attempt: 2, elapsed: 250 },
      { ...base, type: "response", attempt: 2, elapsed: 250, status: 201, duration: 0, requestId: undefined },
    ]);
  });

  test("is told of the end where the call fails", async () => {
    const { onepay, events } = planned([[422]]);
    await failureOf(onepay.customers.create(person, { idempotencyKey: "order:1" }));
    expect(events.map(({ type }) => type)).toEqual(["request", "response", "error"]);
    expect(events[2]).toEqual({
      operation: "createCustomer",
      idempotencyKey: "order:1",
      type: "error",
      attempt: 1,
      elapsed: 0,
      error: "UnprocessableError",
      outcome: "rejected",
      status: 422,
    });
  });

  const hooks: [string, (event: OnePayEvent) => void][] = [
    [
      "throws",
      () => {
        throw new Error("the hook is broken");
      },
    ],
    ["rejects", (() => Promise.reject(new Error("the hook is broken"))) as () => void],
    ["never ends", (() => new Promise(() => {})) as () => void],
  ];
  test.each(hooks)("that %s does not disturb the call, its repetitions or its error", async (_, onEvent) => {
    const unhandled = vi.fn();
    process.on("unhandledRejection", unhandled);
    const { onepay } = planned([[503], [201]], { onEvent });
    expect(await ended(onepay.customers.create(person))).toEqual(customer);
    const failing = planned([[503]], { onEvent });
    expect(await failureOf(failing.onepay.customers.create(person))).toMatchObject({
      status: 503,
      attempts: 3,
    });
    vi.useRealTimers();
    await new Promise((resolve) => setTimeout(resolve, 5));
    process.off("unhandledRejection", unhandled);
    expect(unhandled).not.toHaveBeenCalled();
  });
});
