import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type * as Client from "../../src/index.js";
import { createProject, type Project, root } from "./project.js";

type NextStep = (error: Client.OnePayError, attempt: number) => object;

let project: Project;
let nextStep: NextStep;
let client: typeof Client;
beforeAll(async () => {
  project = await createProject();
  ({ nextStep } = await project.load<{ nextStep: NextStep }>("next-step"));
  // The copy of the package that the sample imports, so that its classes are the same.
  client = (await import(pathToFileURL(join(root, "dist/index.js")).href)) as typeof Client;
});
afterAll(() => project?.remove());

const errorOf = (name: string, details: object = {}): Client.OnePayError =>
  new client[name as "OnePayError"](details);

const later = { type: "retry", delay: expect.any(Number) };

describe("what to do with a job after its call failed", () => {
  test.each([
    ["a broken connection", "ConnectionError", {}, later],
    ["a timeout", "TimeoutError", {}, later],
    ["a 500", "ServerError", { status: 500 }, later],
    [
      "a 503 with Retry-After",
      "ServerError",
      { status: 503, retryable: true, retryAfter: 7_000 },
      { type: "retry", delay: 7_000 },
    ],
    [
      "a 429 with Retry-After",
      "RateLimitError",
      { retryAfter: 9_000 },
      { type: "retry", delay: 9_000, pause: 9_000 },
    ],
    ["a 429 without Retry-After", "RateLimitError", {}, { ...later, pause: 200 }],
    [
      "no connection, so that nothing was sent",
      "ConnectionError",
      { outcome: "rejected", retryable: true },
      { ...later, pause: 200 },
    ],
    ["a 409 for the same key", "ConflictError", { idempotencyKey: "signup:1" }, later],
    ["a success that can't be read", "InvalidResponseError", { status: 200, retryable: false }, later],
    ["an abort at shutdown", "AbortError", {}, { type: "retry", delay: 0 }],
    ["an empty account", "UnauthorizedError", { codeName: "balance_is_empty" }, later],
    ["a wrong API key", "UnauthorizedError", {}, { type: "stop", delay: expect.any(Number) }],
    ["a missing permission", "ForbiddenError", {}, { type: "stop", delay: expect.any(Number) }],
    ["a 404", "NotFoundError", {}, { type: "reject", outcome: "rejected", reason: "404" }],
    [
      "a 422",
      "UnprocessableEntityError",
      { fields: { email: ["zoraida@example.com is taken"] } },
      { type: "reject", outcome: "rejected", reason: "422 email" },
    ],
  ])("%s", (_, name, details, expected) => {
    expect(nextStep(errorOf(name, details), 1)).toEqual(expected);
  });

  test.each([
    ["unknown", "ServerError", { status: 500 }, "500"],
    // An attempt before this one may have created the customer.
    ["rejected", "RateLimitError", { retryable: true }, "429"],
  ])(
    "at the last attempt, an error with the outcome %s leaves the job as unknown",
    (_, name, details, reason) => {
      expect(nextStep(errorOf(name, details), 30)).toEqual({ type: "reject", outcome: "unknown", reason });
    },
  );

  test("a Retry-After that is shorter than the backoff doesn't use up the attempts faster", () => {
    const error = errorOf("RateLimitError", { retryAfter: 1 });
    expect(nextStep(error, 20)).toEqual({ type: "retry", delay: expect.any(Number), pause: 200 });
    expect((nextStep(error, 20) as { delay: number }).delay).toBeGreaterThanOrEqual(1_000);
  });

  test("doubles the delay up to the limit", () => {
    const delayOf = (attempt: number) =>
      (nextStep(errorOf("TimeoutError"), attempt) as { delay: number }).delay;
    expect(delayOf(1)).toBeLessThanOrEqual(200);
    expect(delayOf(3)).toBeGreaterThanOrEqual(400);
    expect(delayOf(20)).toBeLessThanOrEqual(2_000);
  });
});
