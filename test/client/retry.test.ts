import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { operations } from "../../generated/operations.js";
import { type ApiError, OnePay } from "../../src/index.js";
import type { Fetch, OnePayOptions, Operation } from "../../src/types.js";
import {
  apiKey,
  clientOf,
  customer,
  errorStatuses,
  fetchWith,
  never,
  person,
  recordingClient,
  rejectionOf,
  reply,
  type Step,
  serve,
} from "./server.js";

const now = Date.UTC(2030, 0, 1, 12);

beforeEach(() => {
  vi.useFakeTimers({ now });
  vi.spyOn(Math, "random").mockReturnValue(0.5);
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

type Plan = [status: number, headers?: Record<string, string>];

/** A client without a network: one planned response per attempt, the last one for the rest. */
function clientWith(plans: Plan[], options: OnePayOptions = {}) {
  /** When each attempt was sent, in milliseconds from the start. */
  const times: number[] = [];
  const start = performance.now();
  const steps = plans.map(
    ([status, headers = {}]): Step =>
      () =>
        Response.json(customer, { status, headers }),
  );
  const respond = fetchWith(...steps);
  const fetch = vi.fn<Fetch>((url, init) => {
    times.push(Math.round(performance.now() - start));
    return respond(url, init);
  });
  const { onepay, events } = recordingClient(fetch, options);
  const delays = () => events.flatMap((event) => (event.type === "retry" ? [event.delay] : []));
  return { onepay, fetch, times, delays };
}

/** The result of a promise, after as many timers as it needs. */
async function settle<T>(promise: Promise<T>): Promise<T> {
  let isSettled = false;
  const markSettled = () => {
    isSettled = true;
  };
  promise.then(markSettled, markSettled);
  await vi.advanceTimersByTimeAsync(0);
  while (!isSettled) await vi.advanceTimersToNextTimerAsync();
  return promise;
}

const errorOf = (promise: Promise<unknown>) => settle(rejectionOf<ApiError>(promise));

describe("backoff", () => {
  test("doubles from half a second to eight seconds", async () => {
    vi.spyOn(Math, "random").mockReturnValue(1);
    const { onepay, delays } = clientWith([[503]], { maxRetries: 7 });
    await errorOf(onepay.customers.create(person));
    expect(delays()).toEqual([500, 1_000, 2_000, 4_000, 8_000, 8_000, 8_000]);
  });

  test("has full jitter: a random part of the delay, from zero on", async () => {
    const random = vi.spyOn(Math, "random");
    // The first number is for the callId of the events.
    for (const part of [0.9, 0, 0.25, 0.5]) random.mockReturnValueOnce(part);
    const { onepay, delays } = clientWith([[503]], { maxRetries: 3 });
    await errorOf(onepay.customers.create(person));
    expect(delays()).toEqual([0, 250, 1_000]);
  });

  test("is waited for: the next attempt is sent when it ends", async () => {
    const { onepay, times } = clientWith([[503], [503], [201]]);
    await settle(onepay.customers.create(person));
    expect(times).toEqual([0, 250, 750]);
  });
});

describe("maxRetries", () => {
  test.each([
    [undefined, 3],
    [0, 1],
    [1, 2],
    [5, 6],
  ])("of %s allows %d attempts", async (maxRetries, expected) => {
    const { onepay, fetch } = clientWith([[503]], { maxRetries });
    const { attempts } = await errorOf(onepay.customers.create(person));
    expect([attempts, fetch.mock.calls.length]).toEqual([expected, expected]);
  });
});

describe("retried failures", () => {
  test.each<[string, (onepay: OnePay) => Promise<unknown>]>([
    ["a read", ({ customers }) => customers.get("cus_1")],
    ["a write", ({ customers }) => customers.create(person)],
  ])("of %s are the statuses 408, 429, 500, 502, 503, 504 and those of a CDN", async (_, call) => {
    const retried: number[] = [];
    for (const status of errorStatuses) {
      const { onepay, fetch } = clientWith([[status], [200]], { maxRetries: 1 });
      const result = await settle(call(onepay).catch(() => "failed"));
      expect(result).toEqual(fetch.mock.calls.length > 1 ? customer : "failed");
      if (result !== "failed") retried.push(status);
    }
    expect(retried).toEqual([408, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524, 527, 529, 530]);
  });

  test.each([300, 301, 302, 303, 304, 307, 308, 399])(
    "don't include a %d, with or without a Location",
    async (status) => {
      for (const headers of [{ location: "/" }, {}] as Record<string, string>[]) {
        const fetch = fetchWith(() => new Response(null, { status, headers }));
        const { attempts } = await errorOf(new OnePay({ apiKey, fetch }).customers.get("cus_1"));
        expect([attempts, fetch.mock.calls.length]).toEqual([1, 1]);
      }
    },
  );
});

describe("retries of an operation", () => {
  /** Calls an operation with the least that its method needs: ids, a body, a query, a token. */
  const callOperation = (onepay: OnePay, { resource, name, path, body, query, headers = {} }: Operation) => {
    type Method = (...args: unknown[]) => Promise<unknown>;
    const methods = onepay[resource as "customers"] as unknown as Record<string, Method>;
    const tokens = Object.keys(headers).filter((option) => option !== "idempotencyKey");
    const args = [
      ...(path.match(/\{/g) ?? []).map(() => "cus_1"),
      ...(body ? [{}] : []),
      ...(query ? [{}] : []),
      Object.fromEntries(tokens.map((option) => [option, "tok_1"])),
    ];
    return (methods[name] as Method)(...args);
  };

  const keysOf = (fetch: ReturnType<typeof clientWith>["fetch"]) =>
    fetch.mock.calls.map(([, { headers }]) => headers["x-idempotency"]);

  const all = Object.entries<Operation>(operations).map(([id, operation]) => ({
    id,
    operation,
    retry: operation.retry,
  }));

  test.each(all)(
    "follow the document, with one idempotency key or none and the same bytes: $id is $retry",
    async ({ operation, retry }) => {
      const { onepay, fetch } = clientWith([[503]]);
      const { attempts, idempotencyKey } = await errorOf(callOperation(onepay, operation));
      expect(attempts).toBe(retry === "never" ? 1 : 3);
      expect(keysOf(fetch)).toEqual(Array(attempts).fill(idempotencyKey));
      expect(idempotencyKey !== undefined).toBe(operation.headers?.idempotencyKey !== undefined);
      const { body } = fetch.mock.calls[0]?.[1] ?? {};
      if (retry === "with-key") expect(body).toBe("{}");
      for (const [, init] of fetch.mock.calls) expect(init.body).toBe(body);
    },
  );

  test.each<[string, string, Step]>([
    ["the connection fails", "ConnectionError", "ECONNREFUSED"],
    ["it times out", "TimeoutError", never],
  ])("never happen for a one-time password if %s", async (_, name, step) => {
    const fetch = fetchWith(step);
    const { customerSessions } = new OnePay({ apiKey, fetch });
    const error = await errorOf(customerSessions.verify({ phone: person.phone, otp: "123456" }));
    expect(error).toMatchObject({ name, attempts: 1 });
    expect(fetch).toHaveBeenCalledTimes(1);
  });

  test("have the caller's idempotency key if there is one", async () => {
    const { onepay, fetch } = clientWith([[503], [201]]);
    const call = onepay.customers.create(person, { idempotencyKey: "order:42" });
    expect((await settle(call.withResponse())).idempotencyKey).toBe("order:42");
    expect(keysOf(fetch)).toEqual(["order:42", "order:42"]);
  });

  test("have another idempotency key in each call, even if the calls are the same", async () => {
    const { onepay } = clientWith([[201]]);
    const calls = Array.from({ length: 50 }, () => onepay.customers.create(person).withResponse());
    const keys = (await Promise.all(calls)).map(({ idempotencyKey }) => idempotencyKey);
    expect(new Set(keys).size).toBe(50);
  });

  test("have the same headers even if fetch changed those of the attempt before", async () => {
    const seen: object[] = [];
    const fetch: Fetch = async (_url, { headers }) => {
      seen.push({ ...headers });
      delete headers["x-idempotency"];
      headers["x-signed"] = "1";
      return Response.json({}, { status: seen.length < 3 ? 503 : 201 });
    };
    await settle(new OnePay({ apiKey, fetch }).customers.create(person));
    expect(seen).toEqual([seen[0], seen[0], seen[0]]);
  });
});

describe("Retry-After", () => {
  /** When the second attempt was sent, and the error if there was only one. */
  const retryAfter = async (headers: Record<string, string>, options: OnePayOptions = {}) => {
    const { onepay, times } = clientWith([[429, headers], [201]], { deadline: 600_000, ...options });
    const error = await settle(
      onepay.customers.create(person).then(
        () => undefined,
        (reason: ApiError) => reason,
      ),
    );
    return { delay: times[1], error };
  };

  test("of 1 second is waited for against a real server, also if the server sends it twice", async () => {
    vi.useRealTimers();
    const times: number[] = [];
    const server = await serve(({ response }) => {
      times.push(performance.now());
      if (times.length === 1) response.setHeader("retry-after", ["1", "0"]).writeHead(429).end();
      else reply(200, {})({ response } as never);
    });
    await clientOf(server).customers.create(person);
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(990);
  });

  test.each([408, 429, 500, 502, 503, 504, 522])("is waited for with a %d", async (status) => {
    const { onepay, times } = clientWith([[status, { "retry-after": "7" }], [201]]);
    await settle(onepay.customers.create(person));
    expect(times).toEqual([0, 7_000]);
  });

  test.each([
    ["seconds", "9", 9_000],
    ["a fraction", "9.5", 9_500],
    ["a fraction of zero", "2.0", 2_000],
    ["a fraction with many digits", "1.0001", 1_001],
    ["sent twice", "9, 9", 9_000],
    ["sent twice with different values: the longest", "2, 9,3", 9_000],
    ["one of two valid", "soon, 9", 250],
    ["the first of two valid", "9, soon", 9_000],
    ["an IMF-fixdate", "Tue, 01 Jan 2030 12:00:09 GMT", 9_000],
    ["an RFC 850 date", "Tuesday, 01-Jan-30 12:00:09 GMT", 9_000],
    ["an asctime date", "Tue Jan  1 12:00:09 2030", 9_000],
    ["two dates", "Tue, 01 Jan 2030 12:00:02 GMT, Tue, 01 Jan 2030 12:00:09 GMT", 9_000],
    ["a date and seconds", "Tue, 01 Jan 2030 12:00:02 GMT, 9", 9_000],
    ["a date in the past", "Tue, 01 Jan 2030 11:59:00 GMT", 250],
    ["an RFC 850 date of the last century", "Sunday, 06-Nov-94 08:49:37 GMT", 250],
    ["shorter than the backoff", "0", 250],
  ])("as %s is waited for: %s", async (_, value, expected) => {
    expect((await retryAfter({ "retry-after": value })).delay).toBe(expected);
  });

  test("as a date is compared with the server's Date, so a wrong local clock doesn't matter", async () => {
    const date = "Sun, 02 Jun 2024 23:59:55 GMT";
    const later = { "retry-after": "Mon, 03 Jun 2024 00:00:04 GMT" };
    expect((await retryAfter({ ...later, date })).delay).toBe(9_000);
    const sooner = { "retry-after": "Tue, 01 Jan 2030 12:00:09 GMT" };
    expect((await retryAfter({ ...sooner, date: "Tue, 01 Jan 2030 12:00:05 GMT" })).delay).toBe(4_000);
    vi.setSystemTime(now);
    expect((await retryAfter({ ...sooner, date: "now" })).delay).toBe(9_000);
  });

  test("shorter than the backoff of a later attempt doesn't shorten it", async () => {
    const busy = [503, { "retry-after": "1" }] as Plan;
    const { onepay, times } = clientWith([busy, busy, busy, busy, [201]], { maxRetries: 4 });
    await settle(onepay.customers.create(person));
    expect(times).toEqual([0, 1_000, 2_000, 3_000, 5_000]);
  });

  test("of 60 seconds is the longest that is waited for, each time", async () => {
    const { onepay, times } = clientWith([[429, { "retry-after": "60" }]], {
      maxRetries: 30,
      deadline: 9_000_000,
    });
    await errorOf(onepay.customers.create(person));
    expect(times.at(-1)).toBe(1_800_000);
  });

  test.each<[string, number, OnePayOptions]>([
    ["60", 60_000, { deadline: undefined }],
    ["3600", 3_600_000, { deadline: 5_000 }],
    ["6", 6_000, { deadline: 5_000 }],
    ["5", 5_000, { deadline: 5_000 }],
    ["61", 61_000, {}],
    ["60.001", 60_001, {}],
    ["3600", 3_600_000, {}],
    ["99999999999", 99_999_999_999_000, {}],
    ["9".repeat(400), Number.MAX_SAFE_INTEGER, {}],
    ["Tue, 01 Jan 2030 14:00:00 GMT", 7_200_000, {}],
    ["Fri, 31 Dec 9999 23:59:59 GMT", Date.UTC(9999, 11, 31, 23, 59, 59) - now, {}],
  ])("of %s fails at once, with %d ms on the error: %j", async (value, expected, options) => {
    const { delay, error } = await retryAfter({ "retry-after": value }, options);
    expect(error).toMatchObject({ name: "RateLimitError", attempts: 1, retryAfter: expected });
    expect(delay).toBeUndefined();
    expect(performance.now()).toBeLessThan(1_000);
  });

  test("that ends before the deadline is waited for", async () => {
    expect((await retryAfter({ "retry-after": "4" }, { deadline: 5_000 })).delay).toBe(4_000);
  });

  const unreadable = ["soon", "NaN", "-5", ".5", "5.", "1e3", "0x10", "+3", "2s", ""];
  const almostDates = [
    "Invalid Date",
    "2030-01-01T12:00:09Z",
    "Tue, 01 Jan 2030",
    "Tue, 32 Jan 2030 12:00:09 GMT",
    "Sun, 31 Feb 2030 12:00:09 GMT",
    "Tue, 01 Foo 2030 12:00:09 GMT",
    "Tue, 01 Jan 2030 12:00:09",
    "Tue, 01 Jan 2030 12:00:09 EST",
    "01 Jan 2030 12:00:09 GMT",
  ];
  test.each([...unreadable, ...almostDates])(
    "of %j isn't valid: the backoff applies, and error.retryAfter is undefined",
    async (value) => {
      const { onepay, times } = clientWith([[503, { "retry-after": value }]]);
      const error = await errorOf(onepay.customers.create(person));
      expect(times).toEqual([0, 250, 750]);
      expect(error.retryAfter).toBeUndefined();
    },
  );

  test.each([
    [429, "0", 0],
    [429, "Sun, 06 Nov 1994 08:49:37 GMT", 0],
    // Not retried.
    [422, "3", 3_000],
  ])("of a %d with %s is error.retryAfter %d, and not undefined", async (status, value, expected) => {
    const { onepay } = clientWith([[status, { "retry-after": value }]], { maxRetries: 0 });
    expect(await errorOf(onepay.customers.create(person))).toMatchObject({
      retryAfter: expected,
      attempts: 1,
    });
  });
});
