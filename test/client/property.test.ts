import fc from "fast-check";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type OnePay, OnePayError } from "../../src/index.js";
import type { Fetch, OnePayEvent } from "../../src/types.js";
import { clientOf, customer, person, reply, type Seen, type Step, serve } from "./server.js";

// The limits and the waits run on a clock that only the test moves, so that a busy machine changes nothing. The
// sockets are real.
beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] }));
afterEach(() => void vi.useRealTimers());

/** What happens to one attempt. `acts`: the server does what it is asked, whatever it answers then. */
type Turn =
  | { does: "refuse" | "reset" | "stall" | "cut" | "html" | "redirect" | "succeed" | "abort"; acts: boolean }
  | { does: "answer"; status: number; acts: boolean; retryAfter?: number | undefined };

const turn: fc.Arbitrary<Turn> = fc.oneof(
  fc.constant({ does: "refuse" as const, acts: false }),
  fc.constant({ does: "succeed" as const, acts: true }),
  fc.record({
    does: fc.constantFrom(
      "reset" as const,
      "stall" as const,
      "cut" as const,
      "html" as const,
      "redirect" as const,
    ),
    acts: fc.boolean(),
  }),
  fc.record({ does: fc.constant("abort" as const), acts: fc.boolean() }),
  fc.record({
    does: fc.constant("answer" as const),
    status: fc.constantFrom(400, 401, 404, 409, 422, 429),
    acts: fc.constant(false),
    retryAfter: fc.option(fc.nat(60), { nil: undefined }),
  }),
  fc.record({
    does: fc.constant("answer" as const),
    status: fc.constantFrom(408, 500, 501, 502, 503, 504, 505),
    acts: fc.boolean(),
    retryAfter: fc.option(fc.nat(60), { nil: undefined }),
  }),
);

const calls = {
  "with-key": ({ customers }: OnePay, signal: AbortSignal) => customers.create(person, { signal }),
  safe: ({ customers }: OnePay, signal: AbortSignal) => customers.getBalance("cus_1", { signal }),
  never: ({ customerSessions }: OnePay, signal: AbortSignal) =>
    customerSessions.verify({ phone: person.phone, otp: "123456" }, { signal }),
};

const plans = fc.record({
  /** The last turn happens again and again. */
  turns: fc.array(turn, { minLength: 1, maxLength: 5 }),
  retry: fc.constantFrom("with-key" as const, "with-key" as const, "safe" as const, "never" as const),
  maxRetries: fc.nat(3),
  /** The caller aborts while the client waits after that attempt. */
  abortAfter: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }),
});

interface Told {
  attempts: number;
  outcome: "rejected" | "unknown" | "done";
}

/** What the rules say, in their own words: the design's second and fourth, and nothing of the code. */
function ruled({
  turns,
  retry,
  maxRetries,
  abortAfter,
}: typeof plans extends fc.Arbitrary<infer P> ? P : never): Told {
  const allowed = retry === "never" ? 1 : maxRetries + 1;
  let outcome: "rejected" | "unknown" = "rejected";
  for (let attempts = 1; ; attempts += 1) {
    const now = turns[Math.min(attempts, turns.length) - 1] as Turn;
    if (now.does === "succeed") return { attempts, outcome: "done" };
    const isCertain =
      now.does === "refuse" || (now.does === "answer" && now.status < 500 && now.status !== 408);
    if (!isCertain) outcome = "unknown";
    const isPassing =
      now.does === "answer"
        ? [408, 429, 500, 502, 503, 504].includes(now.status)
        : ["refuse", "reset", "stall", "cut"].includes(now.does);
    if (!isPassing || attempts === allowed || attempts === abortAfter) return { attempts, outcome };
  }
}

test("whatever a server does, all attempts are alike, as many as the rules allow, and the outcome told is true", async () => {
  const timeout = 1_000;
  let current: Turn[] = [];
  let controller = new AbortController();
  let attempts = 0;
  /** The keys, or for want of one the addresses, under which the server has acted. */
  let deeds = new Set<string>();

  // After what is under way in this turn of the event loop: then the client waits for its timer.
  const wait = (milliseconds: number) => setImmediate(() => vi.advanceTimersByTime(milliseconds));
  const now = () => current[Math.min(attempts, current.length) - 1] as Turn;
  const close = { connection: "close" };

  const step: Step = (exchange) => {
    const { response, socket, seen } = exchange;
    const turn = now();
    if (turn.acts) deeds.add(String(seen.headers["x-idempotency"] ?? seen.path));
    if (turn.does === "reset") socket.resetAndDestroy();
    if (turn.does === "stall") wait(timeout);
    if (turn.does === "abort") controller.abort();
    if (turn.does === "succeed") reply(200, customer, close)(exchange);
    if (turn.does === "html") reply(200, "<html>", { ...close, "content-type": "text/html" })(exchange);
    if (turn.does === "redirect") reply(307, undefined, { ...close, location: "/elsewhere" })(exchange);
    if (turn.does === "cut") {
      response.writeHead(201, { ...close, "content-type": "application/json", "content-length": "99" });
      response.write('{"id":', () => socket.end());
    }
    if (turn.does === "answer") {
      const { status, retryAfter } = turn;
      const header = retryAfter === undefined ? undefined : { "retry-after": String(retryAfter) };
      reply(status, { message: "no" }, { ...close, ...header })(exchange);
    }
  };
  const server = await serve(step);

  const alike = ({ method, path, headers, body }: Seen) => JSON.stringify({ method, path, headers, body });
  const ends = { rejected: 0, unknown: 0, done: 0 };

  await fc.assert(
    fc.asyncProperty(plans, async (plan) => {
      current = plan.turns;
      controller = new AbortController();
      attempts = 0;
      deeds = new Set();
      const first = server.requests.length;
      let refused = 0;
      const fetch: Fetch = (url, init) => {
        attempts += 1;
        if (now().does !== "refuse") return globalThis.fetch(url, init);
        refused += 1;
        // Nobody listens on port 2, and fetch does not refuse it by itself, as it does 1.
        return globalThis.fetch("http://127.0.0.1:2", init);
      };
      const onEvent = (event: OnePayEvent) => {
        if (event.type !== "retry") return;
        if (event.attempt === plan.abortAfter) setImmediate(() => controller.abort());
        else wait(event.delay + 1);
      };
      const onepay = clientOf(server, { timeout, maxRetries: plan.maxRetries, fetch, onEvent });

      const told = await calls[plan.retry](onepay, controller.signal)
        .withResponse()
        .then(
          ({ attempts, idempotencyKey }) => ({ attempts, idempotencyKey, outcome: "done" as const }),
          (error: unknown) => {
            expect(error).toBeInstanceOf(OnePayError);
            return error as OnePayError;
          },
        );

      const requests = server.requests.slice(first);
      expect({ attempts: told.attempts, outcome: told.outcome }).toEqual(ruled(plan));
      expect(requests.length + refused).toBe(told.attempts);
      // One key, the same bytes; and the key is the one that the caller is told.
      expect(new Set(requests.map(alike)).size).toBeLessThanOrEqual(1);
      for (const { headers } of requests) expect(headers["x-idempotency"]).toBe(told.idempotencyKey);
      expect(told.idempotencyKey !== undefined).toBe(plan.retry === "with-key");
      // True of what the server did.
      if (told.outcome === "rejected") expect(deeds.size).toBe(0);
      if (told.outcome === "done") expect(deeds.size).toBe(1);
      expect(deeds.size).toBeLessThanOrEqual(1);
      ends[told.outcome] += 1;
    }),
    { numRuns: 300 },
  );
  // Each way to end was really met.
  expect(Math.min(...Object.values(ends))).toBeGreaterThan(10);
}, 60_000);
