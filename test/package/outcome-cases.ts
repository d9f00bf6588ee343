// What each platform promises if a server fails: the table behind the one in the README. A line that differs between
// platforms shows what a platform sends again without the client's knowledge, or doesn't reveal.
import type { Step } from "./hostile-server.js";

export type Platform = "node" | "deno" | "bun" | "workerd" | "chromium" | "edge-runtime";

export interface OutcomeCase {
  method: "create" | "POST without a body" | "verify" | "delete" | "get";
  /** Whether an earlier call leaves an open connection, which the platform uses again. */
  isConnectionReused?: boolean;
  /** What the server does with each request. The last step is repeated. */
  steps: Step[];
  callOptions?: { maxRetries?: number; timeout?: number };
  /** Milliseconds until the caller's signal aborts. */
  abortAfter?: number;
  /** How the call ends, its attempts, the requests that the server received, and how often it acted. */
  expected: string;
  /** Platforms with another result. */
  differences?: Partial<Record<Platform, string>>;
}

const once = { maxRetries: 0 };

export const outcomeCases: Record<string, OutcomeCase> = {
  // A write, broken after the server acted. Only the first request has an effect.
  "create: broken connection, then 409": {
    method: "create",
    isConnectionReused: true,
    steps: ["break", 409],
    callOptions: once,
    expected: "ConnectionError, unknown; attempts 1, requests 1, effects 1",
    differences: {
      chromium: "ConflictError, unknown; attempts 1, requests 2, effects 1",
    },
  },
  "create: broken connection, then refused": {
    method: "create",
    isConnectionReused: true,
    steps: ["break and stop"],
    callOptions: once,
    expected: "ConnectionError, unknown; attempts 1, requests 1, effects 1",
  },
  "create: broken connection, then 404 for the retry": {
    method: "create",
    isConnectionReused: true,
    steps: ["break", 404],
    expected: "NotFoundError, unknown; attempts 2, requests 2, effects 1",
    differences: {
      chromium: "NotFoundError, unknown; attempts 1, requests 2, effects 1",
    },
  },
  "create: broken connection, then 201 for the retry": {
    method: "create",
    isConnectionReused: true,
    steps: ["break", 201],
    expected: "success; attempts 2, requests 2, effects 1",
    differences: {
      chromium: "success; attempts 1, requests 2, effects 1",
    },
  },
  "create: 503 after acting, then 422 for the retry": {
    method: "create",
    steps: ["act, then 503", 422],
    expected: "UnprocessableEntityError, unknown; attempts 2, requests 2, effects 1",
  },
  "create: 421, then 404": {
    method: "create",
    steps: [421, 404],
    callOptions: once,
    expected: "ApiError, unknown; attempts 1, requests 1, effects 0",
    differences: {
      chromium: "NotFoundError, unknown; attempts 1, requests 2, effects 0",
      "edge-runtime": "NotFoundError, unknown; attempts 1, requests 2, effects 0",
    },
  },
  // Only a streamed body keeps Node.js and Deno from sending a POST again, so nothing is promised without one.
  "POST without a body: broken connection, then 409": {
    method: "POST without a body",
    isConnectionReused: true,
    steps: ["break", 409],
    callOptions: once,
    expected: "ConnectionError, unknown; attempts 1, requests 1, effects 1",
    differences: {
      deno: "ConflictError, unknown; attempts 1, requests 2, effects 1",
      chromium: "ConflictError, unknown; attempts 1, requests 2, effects 1",
    },
  },
  "POST without a body: 421, then 404": {
    method: "POST without a body",
    steps: [421, 404],
    callOptions: once,
    expected: "ApiError, unknown; attempts 1, requests 1, effects 0",
    differences: {
      node: "NotFoundError, unknown; attempts 1, requests 2, effects 0",
      chromium: "NotFoundError, unknown; attempts 1, requests 2, effects 0",
      "edge-runtime": "NotFoundError, unknown; attempts 1, requests 2, effects 0",
    },
  },
  "POST without a body: 422": {
    method: "POST without a body",
    steps: [422],
    expected: "UnprocessableEntityError, unknown; attempts 1, requests 1, effects 0",
    differences: {
      bun: "UnprocessableEntityError, rejected; attempts 1, requests 1, effects 0",
      workerd: "UnprocessableEntityError, rejected; attempts 1, requests 1, effects 0",
    },
  },
  // A one-time password has no idempotency key: a second request would use it up.
  "verify: broken connection, then 409": {
    method: "verify",
    isConnectionReused: true,
    steps: ["break", 409],
    expected: "ConnectionError, unknown; attempts 1, requests 1, effects 1",
    differences: {
      chromium: "ConflictError, unknown; attempts 1, requests 2, effects 1",
    },
  },
  "verify: 421, then 404": {
    method: "verify",
    steps: [421, 404],
    expected: "ApiError, unknown; attempts 1, requests 1, effects 0",
    differences: {
      chromium: "NotFoundError, unknown; attempts 1, requests 2, effects 0",
      "edge-runtime": "NotFoundError, unknown; attempts 1, requests 2, effects 0",
    },
  },
  "verify: 503 after acting": {
    method: "verify",
    steps: ["act, then 503"],
    expected: "ServerError, unknown; attempts 1, requests 1, effects 1",
  },
  "delete: broken connection, then 404": {
    method: "delete",
    isConnectionReused: true,
    steps: ["break", 404],
    callOptions: once,
    expected: "ConnectionError, unknown; attempts 1, requests 1, effects 1",
    differences: {
      deno: "NotFoundError, unknown; attempts 1, requests 2, effects 1",
      bun: "NotFoundError, unknown; attempts 1, requests 2, effects 1",
      workerd: "NotFoundError, unknown; attempts 1, requests 2, effects 1",
      chromium: "NotFoundError, unknown; attempts 1, requests 2, effects 1",
    },
  },
  "delete: broken connection, then refused": {
    method: "delete",
    isConnectionReused: true,
    steps: ["break and stop"],
    callOptions: once,
    expected: "ConnectionError, unknown; attempts 1, requests 1, effects 1",
  },
  "delete: 404": {
    method: "delete",
    steps: [404],
    expected: "NotFoundError, unknown; attempts 1, requests 1, effects 0",
  },
  "get: broken connection, then 404": {
    method: "get",
    isConnectionReused: true,
    steps: ["break", 404],
    callOptions: once,
    expected: "ConnectionError, unknown; attempts 1, requests 1, effects 1",
    differences: {
      deno: "NotFoundError, rejected; attempts 1, requests 2, effects 1",
      bun: "NotFoundError, rejected; attempts 1, requests 2, effects 1",
      workerd: "NotFoundError, rejected; attempts 1, requests 2, effects 1",
      chromium: "NotFoundError, rejected; attempts 1, requests 2, effects 1",
    },
  },
  "get: 404": {
    method: "get",
    steps: [404],
    expected: "NotFoundError, rejected; attempts 1, requests 1, effects 0",
  },
  // A refusal proves that nothing happened only if the platform sends a POST once.
  "create: 400": {
    method: "create",
    steps: [400],
    expected: "BadRequestError, rejected; attempts 1, requests 1, effects 0",
    differences: {
      chromium: "BadRequestError, unknown; attempts 1, requests 1, effects 0",
      "edge-runtime": "BadRequestError, unknown; attempts 1, requests 1, effects 0",
    },
  },
  "create: 401": {
    method: "create",
    steps: [401],
    expected: "UnauthorizedError, rejected; attempts 1, requests 1, effects 0",
    differences: {
      chromium: "UnauthorizedError, unknown; attempts 1, requests 1, effects 0",
      "edge-runtime": "UnauthorizedError, unknown; attempts 1, requests 1, effects 0",
    },
  },
  "create: 409": {
    method: "create",
    steps: [409],
    expected: "ConflictError, unknown; attempts 1, requests 1, effects 0",
  },
  "create: 422": {
    method: "create",
    steps: [422],
    expected: "UnprocessableEntityError, rejected; attempts 1, requests 1, effects 0",
    differences: {
      chromium: "UnprocessableEntityError, unknown; attempts 1, requests 1, effects 0",
      "edge-runtime": "UnprocessableEntityError, unknown; attempts 1, requests 1, effects 0",
    },
  },
  "create: 422 whose body stalls": {
    method: "create",
    steps: ["422, then silence"],
    callOptions: { timeout: 500 },
    expected: "UnprocessableEntityError, rejected; attempts 1, requests 1, effects 0, closed",
    differences: {
      chromium: "UnprocessableEntityError, unknown; attempts 1, requests 1, effects 0, closed",
      "edge-runtime": "UnprocessableEntityError, unknown; attempts 1, requests 1, effects 0, closed",
    },
  },
  "create: 307 to another path": {
    method: "create",
    steps: [307],
    expected: "RedirectError, unknown; attempts 1, requests 1, effects 0",
  },
  "create: refused connection": {
    method: "create",
    steps: ["refuse"],
    callOptions: once,
    expected: "ConnectionError, rejected; attempts 1, requests 0, effects 0",
    differences: {
      deno: "ConnectionError, unknown; attempts 1, requests 0, effects 0",
      workerd: "ConnectionError, unknown; attempts 1, requests 0, effects 0",
      chromium: "ConnectionError, unknown; attempts 1, requests 0, effects 0",
      "edge-runtime": "ConnectionError, unknown; attempts 1, requests 0, effects 0",
    },
  },
  // The client hangs up: the server sees that the connection is closed.
  "create: silence until the timeout": {
    method: "create",
    steps: ["act, then silence"],
    callOptions: { timeout: 500, maxRetries: 0 },
    expected: "TimeoutError, unknown; attempts 1, requests 1, effects 1, closed",
  },
  "create: silence until the abort": {
    method: "create",
    steps: ["act, then silence"],
    abortAfter: 500,
    expected: "AbortError, unknown; attempts 1, requests 1, effects 1, closed",
  },
};

/** What a platform must report for each case. */
export const expectedOutcomes = (platform: Platform): Record<string, string> =>
  Object.fromEntries(
    Object.entries(outcomeCases).map(([name, { expected, differences }]) => [
      name,
      differences?.[platform] ?? expected,
    ]),
  );
