import fc from "fast-check";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type OnePay, OnePayError } from "../../src/index.js";
import type { Fetch, OnePayEvent } from "../../src/types.js";
import { clientOf, customer, type Handler, person, type ReceivedRequest, reply, serve } from "./server.js";

// Only the test moves the clock of timeouts and delays, so that a busy machine changes nothing. The sockets are real.
beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] }));
afterEach(() => void vi.useRealTimers());

/** What happens to one attempt. `acts`: the server performs the request, even if its response is an error. */
type Behavior =
  | {
      kind: "refuse" | "reset" | "stall" | "cut" | "html" | "redirect" | "succeed" | "abort";
      acts: boolean;
    }
  | { kind: "status"; status: number; acts: boolean; retryAfter?: number | undefined };

const retryAfter = fc.option(fc.nat(60), { nil: undefined });

const behavior: fc.Arbitrary<Behavior> = fc.oneof(
  fc.constant({ kind: "refuse" as const, acts: false }),
  fc.constant({ kind: "succeed" as const, acts: true }),
  fc.record({
    kind: fc.constantFrom(
      "reset" as const,
      "stall" as const,
      "cut" as const,
      "html" as const,
      "redirect" as const,
      "abort" as const,
    ),
    acts: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant("status" as const),
    status: fc.constantFrom(400, 401, 404, 422, 429),
    acts: fc.constant(false),
    retryAfter,
  }),
  fc.record({
    kind: fc.constant("status" as const),
    status: fc.constantFrom(408, 409, 500, 501, 502, 503, 504, 505, 522, 530),
    acts: fc.boolean(),
    retryAfter,
  }),
);

const calls = {
  write: ({ customers }: OnePay, signal: AbortSignal) => customers.create(person, { signal }),
  read: ({ customers }: OnePay, signal: AbortSignal) => customers.getBalance("cus_1", { signal }),
  delete: ({ customers }: OnePay, signal: AbortSignal) => customers.delete("cus_1", { signal }),
  oneTimePassword: ({ customerSessions }: OnePay, signal: AbortSignal) =>
    customerSessions.verify({ phone: person.phone, otp: "123456" }, { signal }),
};

const plans = fc.record({
  /** One per attempt; the last one for the rest. */
  behaviors: fc.array(behavior, { minLength: 1, maxLength: 5 }),
  call: fc.constantFrom(
    "write" as const,
    "write" as const,
    "read" as const,
    "delete" as const,
    "oneTimePassword" as const,
  ),
  maxRetries: fc.nat(3),
  /** The caller aborts during the delay after that attempt. */
  abortAfter: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }),
});

type Plan = typeof plans extends fc.Arbitrary<infer P> ? P : never;

interface Result {
  attempts: number;
  outcome: "rejected" | "unknown" | "success";
}

/** What the design's rules require, written without the code: rule 2 (outcome) and rule 4 (retries). */
function expectedResult({ behaviors, call, maxRetries, abortAfter }: Plan): Result {
  const allowed = call === "oneTimePassword" ? 1 : maxRetries + 1;
  let outcome: "rejected" | "unknown" = "rejected";
  for (let attempts = 1; ; attempts += 1) {
    const current = behaviors[Math.min(attempts, behaviors.length) - 1] as Behavior;
    if (current.kind === "succeed") return { attempts, outcome: "success" };
    const isRefusal =
      current.kind === "refuse" ||
      (current.kind === "status" && [400, 401, 404, 422, 429].includes(current.status));
    // Platforms resend a DELETE on their own, so nothing proves anything.
    if (!isRefusal || call === "delete") outcome = "unknown";
    const isTemporary =
      current.kind === "status"
        ? [408, 429, 500, 502, 503, 504, 522, 530].includes(current.status)
        : ["refuse", "reset", "stall", "cut"].includes(current.kind);
    if (!isTemporary || attempts === allowed || attempts === abortAfter) return { attempts, outcome };
  }
}

test("for any server, attempts are the same, as many as the rules allow, and the outcome is true", async () => {
  const timeout = 1_000;
  let behaviors: Behavior[] = [];
  let controller = new AbortController();
  let attempts = 0;
  /** The idempotency keys, or else the paths, for which the server has acted. */
  let effects = new Set<string>();

  // After the work of this turn of the event loop: then the client waits for its timer.
  const advance = (milliseconds: number) => setImmediate(() => vi.advanceTimersByTime(milliseconds));
  const current = () => behaviors[Math.min(attempts, behaviors.length) - 1] as Behavior;
  const close = { connection: "close" };

  const handler: Handler = (exchange) => {
    const { response, socket, request } = exchange;
    const behavior = current();
    if (behavior.acts) effects.add(String(request.headers["x-idempotency"] ?? request.path));
    if (behavior.kind === "reset") socket.resetAndDestroy();
    if (behavior.kind === "stall") advance(timeout);
    if (behavior.kind === "abort") controller.abort();
    if (behavior.kind === "succeed") reply(200, customer, close)(exchange);
    if (behavior.kind === "html") reply(200, "<html>", { ...close, "content-type": "text/html" })(exchange);
    if (behavior.kind === "redirect") reply(307, undefined, { ...close, location: "/elsewhere" })(exchange);
    if (behavior.kind === "cut") {
      response.writeHead(201, { ...close, "content-type": "application/json", "content-length": "99" });
      response.write('{"id":', () => socket.end());
    }
    if (behavior.kind === "status") {
      const { status, retryAfter } = behavior;
      const header = retryAfter === undefined ? undefined : { "retry-after": String(retryAfter) };
      reply(status, { message: "no" }, { ...close, ...header })(exchange);
    }
  };
  const server = await serve(handler);

  const contentOf = ({ method, path, headers, body }: ReceivedRequest) =>
    JSON.stringify({ method, path, headers, body });
  const counts = { rejected: 0, unknown: 0, success: 0 };

  await fc.assert(
    fc.asyncProperty(plans, async (plan) => {
      behaviors = plan.behaviors;
      controller = new AbortController();
      attempts = 0;
      effects = new Set();
      const first = server.requests.length;
      let refused = 0;
      const fetch: Fetch = (url, init) => {
        attempts += 1;
        if (current().kind !== "refuse") return globalThis.fetch(url, init);
        refused += 1;
        // Nothing listens on port 2, and fetch doesn't block it, as it blocks port 1.
        return globalThis.fetch("http://127.0.0.1:2", init);
      };
      const events: OnePayEvent[] = [];
      const onEvent = (event: OnePayEvent) => {
        events.push(event);
        if (event.type !== "retry") return;
        if (event.attempt === plan.abortAfter) setImmediate(() => controller.abort());
        else advance(event.delay + 1);
      };
      const deadline = 900_000_000;
      const { maxRetries } = plan;
      const onepay = clientOf(server, { timeout, deadline, maxRetries, fetch, onEvent });

      const result = await calls[plan.call](onepay, controller.signal)
        .withResponse()
        .then(
          ({ attempts, idempotencyKey }) => ({ attempts, idempotencyKey, outcome: "success" as const }),
          (error: unknown) => {
            expect(error).toBeInstanceOf(OnePayError);
            return error as OnePayError;
          },
        );

      const requests = server.requests.slice(first);
      expect({ attempts: result.attempts, outcome: result.outcome }).toEqual(expectedResult(plan));
      expect(requests.length + refused).toBe(result.attempts);
      // One key and the same bytes; and the caller knows the key.
      expect(new Set(requests.map(contentOf)).size).toBeLessThanOrEqual(1);
      for (const { headers } of requests) expect(headers["x-idempotency"]).toBe(result.idempotencyKey);
      expect(result.idempotencyKey !== undefined).toBe(plan.call === "write");
      // True for what the server did.
      if (result.outcome === "rejected") expect(effects.size).toBe(0);
      if (result.outcome === "success") expect(effects.size).toBe(1);
      expect(effects.size).toBeLessThanOrEqual(1);
      // One terminal event, and it's the last one.
      const terminal = events.filter(({ type }) => type === "success" || type === "error");
      expect(terminal).toEqual([events.at(-1)]);
      counts[result.outcome] += 1;
    }),
    { numRuns: 300 },
  );
  // Each outcome was really reached.
  expect(Math.min(...Object.values(counts))).toBeGreaterThan(10);
}, 60_000);
