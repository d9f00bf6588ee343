import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { operations } from "../../generated/operations.js";
import { type ApiError, OnePay } from "../../src/index.js";
import type { Fetch, OnePayEvent, OnePayOptions, Operation } from "../../src/types.js";
import { apiKey, clientOf, customer, fetchError, person, rejectionOf } from "./server.js";

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
  test("are the statuses 408, 429, 500, 502, 503, 504 and those of a CDN, and no others", async () => {
    const retried: number[] = [];
    for (let status = 400; status < 600; status += 1) {
      const { onepay } = clientWith([[status]], { maxRetries: 1 });
      const { attempts } = await errorOf(onepay.customers.create(person));
      if (attempts > 1) retried.push(status);
    }
    expect(retried).toEqual([408, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524, 527, 529, 530]);
  });

  test.each([520, 521, 522, 523, 524, 527, 529, 530])(
    "include %d: a read and a write succeed at the second attempt",
    async (status) => {
      for (const call of [
        ({ customers }: OnePay) => customers.get("cus_1"),
        ({ customers }: OnePay) => customers.create(person),
      ]) {
        const { onepay, fetch } = clientWith([[status], [200]]);
        expect(await settle(call(onepay))).toEqual(customer);
        expect(fetch).toHaveBeenCalledTimes(2);
      }
    },
  );

  test("don't include a redirect or another 3xx", async () => {
    for (const status of [300, 301, 302, 303, 304, 307, 308, 399]) {
      for (const headers of [{ location: "/" }, {}] as Record<string, string>[]) {
        const fetch = vi.fn<Fetch>(async () => new Response(null, { status, headers }));
        const { attempts } = await errorOf(new OnePay({ apiKey, fetch }).customers.get("cus_1"));
        expect([status, attempts, fetch.mock.calls.length]).toEqual([status, 1, 1]);
      }
    }
  });
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

  const all = Object.entries<Operation>(operations).map(([id, operation]) => ({
    id,
    operation,
    retry: operation.retry,
  }));

  test.each(all)("follow the document: $id is $retry", async ({ operation, retry }) => {
    const { onepay, fetch } = clientWith([[503]]);
    const error = await errorOf(callOperation(onepay, operation));
    expect(error.attempts).toBe(retry === "never" ? 1 : 3);
    expect(fetch).toHaveBeenCalledTimes(error.attempts);
  });

  test.each(all)("have one idempotency key or none in all attempts: $id", async ({ operation }) => {
    const { onepay, fetch } = clientWith([[503]]);
    const { idempotencyKey } = await errorOf(callOperation(onepay, operation));
    const keys = fetch.mock.calls.map(([, { headers }]) => new Headers(headers).get("x-idempotency"));
    expect(new Set(keys)).toEqual(new Set([idempotencyKey ?? null]));
    expect(idempotencyKey !== undefined).toBe(operation.headers?.idempotencyKey !== undefined);
  });

  test.each(all.filter(({ retry }) => retry === "with-key"))(
    "have the same bytes in all attempts: $id",
    async ({ operation }) => {
      const { onepay, fetch } = clientWith([[503]]);
      await errorOf(callOperation(onepay, operation));
      expect(fetch.mock.calls.map(([, { body }]) => body)).toEqual(["{}", "{}", "{}"]);
    },
  );

  test("never happen for a one-time password, whether the connection fails or times out", async () => {
    const verify = (options: OnePayOptions) =>
      new OnePay({ apiKey, ...options }).customerSessions.verify({ phone: person.phone, otp: "123456" });
    const refused = vi.fn<Fetch>(() => Promise.reject(fetchError("ECONNREFUSED")));
    const silent = vi.fn<Fetch>(() => new Promise(() => {}));
    expect(await errorOf(verify({ fetch: refused }))).toMatchObject({ name: "ConnectionError", attempts: 1 });
    expect(await errorOf(verify({ fetch: silent }))).toMatchObject({ name: "TimeoutError", attempts: 1 });
    expect(refused).toHaveBeenCalledTimes(1);
    expect(silent).toHaveBeenCalledTimes(1);
  });

  test("send what the caller passed, even if the caller changes it meanwhile", async () => {
    const { onepay, fetch } = clientWith([[503], [201]]);
    const body = { ...person, first_name: "Ana" as string };
    const result = onepay.customers.create(body);
    body.first_name = "Eva";
    await settle(result);
    const names = fetch.mock.calls.map(([, init]) => JSON.parse(String(init.body)).first_name);
    expect(names).toEqual(["Ana", "Ana"]);
  });

  test("have the caller's idempotency key if there is one", async () => {
    const { onepay, fetch } = clientWith([[503], [201]]);
    const { idempotencyKey } = await settle(
      onepay.customers.create(person, { idempotencyKey: "order:42" }).withResponse(),
    );
    expect(idempotencyKey).toBe("order:42");
    const keys = fetch.mock.calls.map(([, { headers }]) => new Headers(headers).get("x-idempotency"));
    expect(keys).toEqual(["order:42", "order:42"]);
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
    expect(seen).toHaveLength(3);
    expect(seen[1]).toEqual(seen[0]);
    expect(seen[2]).toEqual(seen[0]);
  });
});

describe("Retry-After", () => {
  /** When the second attempt was sent, and what the error reports if there was only one. */
  const retryAfter = async (headers: Record<string, string>, options: OnePayOptions = {}) => {
    const { onepay, times } = clientWith([[429, headers], [201]], { deadline: 600_000, ...options });
    const call = onepay.customers.create(person);
    const error = await settle(
      call.then(
        () => undefined,
        (reason: ApiError) => reason,
      ),
    );
    return { delay: times[1], error };
  };

  test("of 1 second is waited for against a real server, also if the server sends it twice", async () => {
    vi.useRealTimers();
    const times: number[] = [];
    const server = createServer((request, response) => {
      request.resume();
      times.push(performance.now());
      if (times.length === 1) response.setHeader("retry-after", ["1", "0"]).writeHead(429).end();
      else response.setHeader("content-type", "application/json").end("{}");
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => {
      server.close();
      server.closeAllConnections();
    });
    const { port } = server.address() as AddressInfo;
    await clientOf({ url: `http://127.0.0.1:${port}` }).customers.create(person);
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

  test("of 60 seconds fails at once with the default deadline of 60 seconds", async () => {
    const { onepay, times } = clientWith([[429, { "retry-after": "60" }], [201]]);
    const error = await errorOf(onepay.customers.create(person));
    expect(error).toMatchObject({ name: "RateLimitError", attempts: 1, retryAfter: 60_000 });
    expect(times).toEqual([0]);
  });

  test.each([
    ["61", 61_000],
    ["60.001", 60_001],
    ["3600", 3_600_000],
    ["99999999999", 99_999_999_999_000],
    ["9".repeat(400), Number.MAX_SAFE_INTEGER],
    ["Tue, 01 Jan 2030 14:00:00 GMT", 7_200_000],
    ["Fri, 31 Dec 9999 23:59:59 GMT", Date.UTC(9999, 11, 31, 23, 59, 59) - now],
  ])("of %s fails at once, with the milliseconds on the error", async (value, expected) => {
    const { delay, error } = await retryAfter({ "retry-after": value });
    expect(error).toMatchObject({ name: "RateLimitError", attempts: 1, retryAfter: expected });
    expect(delay).toBeUndefined();
    expect(performance.now()).toBeLessThan(1_000);
  });

  test.each(["3600", "6", "5"])("of %s s that ends after a deadline of 5 s fails at once", async (value) => {
    const { delay, error } = await retryAfter({ "retry-after": value }, { deadline: 5_000 });
    expect(error).toMatchObject({
      name: "RateLimitError",
      attempts: 1,
      retryAfter: Number(value) * 1_000,
    });
    expect(delay).toBeUndefined();
    expect(performance.now()).toBeLessThan(1_000);
  });

  test("that ends before the deadline is waited for", async () => {
    expect((await retryAfter({ "retry-after": "4" }, { deadline: 5_000 })).delay).toBe(4_000);
  });

  test.each([
    "Invalid Date",
    "soon",
    "NaN",
    "-5",
    ".5",
    "5.",
    "1e3",
    "0x10",
    "+3",
    "2s",
    "2030-01-01T12:00:09Z",
    "Tue, 01 Jan 2030",
    "Tue, 32 Jan 2030 12:00:09 GMT",
    "Sun, 31 Feb 2030 12:00:09 GMT",
    "Tue, 01 Foo 2030 12:00:09 GMT",
    "Tue, 01 Jan 2030 12:00:09",
    "Tue, 01 Jan 2030 12:00:09 EST",
    "01 Jan 2030 12:00:09 GMT",
    "",
  ])("of %j isn't valid: the backoff applies, and error.retryAfter is undefined", async (value) => {
    const { onepay, times } = clientWith([[503, { "retry-after": value }]]);
    const error = await errorOf(onepay.customers.create(person));
    expect(times).toEqual([0, 250, 750]);
    expect(error.retryAfter).toBeUndefined();
  });

  test.each(["0", "Sun, 06 Nov 1994 08:49:37 GMT"])(
    "of %s is error.retryAfter 0, and not undefined",
    async (value) => {
      const { onepay } = clientWith([[429, { "retry-after": value }]], { maxRetries: 0 });
      expect(await errorOf(onepay.customers.create(person))).toMatchObject({ retryAfter: 0 });
    },
  );

  test("is on the error of a status that isn't retried, too", async () => {
    const { onepay } = clientWith([[422, { "retry-after": "3" }]]);
    const error = await errorOf(onepay.customers.create(person));
    expect(error).toMatchObject({ retryAfter: 3_000, attempts: 1 });
  });
});
