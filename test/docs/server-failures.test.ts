// The README's table of server failures: every row is a test, in the order of the table.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { root } from "../../scripts/cli.js";
import type { OnePay, OnePayError, OnePayOptions } from "../../src/index.js";
import {
  breakInBody,
  clientOf,
  closedUrl,
  type Handler,
  rejectionOf,
  reply,
  reset,
  serve,
  stall,
  stallInBody,
} from "../client/server.js";

const id = "00000000-0000-4000-8000-000000000101";
const body = { amount: 50_000, concept: "Bono" };
const transaction = { id: "abc", amount: 50_000 };

type Call = (onepay: OnePay) => Promise<unknown>;
type Check = () => Promise<void>;
const topUp: Call = ({ customers }) => customers.topUp(id, body);

const errorOf = (call: Promise<unknown>) => rejectionOf<OnePayError>(call);

/** The call fails, if the server handles one request after the other like this. The last handler handles the rest. */
const fails =
  (handlers: Handler[], expected: Partial<OnePayError>, options?: OnePayOptions, call = topUp): Check =>
  async () => {
    const server = await serve(...handlers);
    const error = await errorOf(call(clientOf(server, options)));
    expect(error).toMatchObject(expected);
    if (call !== topUp) return;
    // Each attempt was sent with the same bytes and the same idempotency key.
    const sent = server.requests.map(({ headers, body }) => [headers["x-idempotency"], body]);
    expect(sent).toEqual(Array(error.attempts).fill([error.idempotencyKey, JSON.stringify(body)]));
  };

/** The call succeeds, and returns this. */
const succeeds =
  (handlers: Handler[], expected: unknown, call = topUp): Check =>
  async () =>
    expect(await call(clientOf(await serve(...handlers)))).toEqual(expected);

const unknown = (name: string, attempts: number) => ({ name, outcome: "unknown" as const, attempts });

/** Sends the beginning of a 422 and nothing else. */
const stallInError: Handler = ({ response }) => {
  response.writeHead(422, { "content-type": "application/json", "content-length": "1000" });
  response.write('{"errors":');
};

/** Announces an error of 50 MB. The client reads less than the first megabyte, so nothing more is sent. */
const hugeError: Handler = ({ response }) => {
  response.writeHead(422, { "content-type": "application/json", "content-length": "50000000" });
  response.write("x".repeat(1_000_000));
};

const unavailableFor = (delay: string) => reply(503, {}, { "retry-after": delay });
const repeatedPage = reply(200, { data: [{ id: "abc" }], current_page: 1, last_page: 2, per_page: 1 });

const rows: Record<string, Check[]> = {
  "responds 500 with an empty body": [
    fails([reply(500)], unknown("ServerError", 3)),
    fails([reply(500)], unknown("ServerError", 3), {}, ({ customers }) => customers.get(id)),
  ],
  "responds 520 to 524, 527, 529 or 530, from a CDN": [520, 524, 527, 529, 530].map((status) =>
    fails([reply(status)], unknown("ServerError", 3)),
  ),
  "never sends headers, or stops in the middle of a success": [stall, stallInBody].map((handler) =>
    fails([handler], unknown("TimeoutError", 3), { timeout: 100 }),
  ),
  "stops in the middle of a 422": [
    fails(
      [stallInError],
      { name: "UnprocessableEntityError", attempts: 1, body: '{"errors":' },
      { timeout: 1_000 },
    ),
  ],
  "responds 503 to a POST, or resets the connection": [
    fails([reply(503)], unknown("ServerError", 3)),
    fails([reset], unknown("ConnectionError", 3)),
  ],
  "refuses the connection of a POST": [
    async () => {
      const error = await errorOf(topUp(clientOf({ url: await closedUrl() })));
      expect(error).toMatchObject({ name: "ConnectionError", outcome: "rejected", attempts: 3 });
    },
  ],
  "sends `Retry-After: 2` with a 429 or a 5xx that is retried": [429, 503].map((status) => async () => {
    const delays: number[] = [];
    const onEvent: OnePayOptions["onEvent"] = (event) => {
      if (event.type === "retry") delays.push(event.delay);
    };
    const server = await serve(reply(status, {}, { "retry-after": "2" }), reply(200, transaction));
    await topUp(clientOf(server, { onEvent }));
    expect(delays).toEqual([2_000]);
  }),
  "asks for a delay of more than 60 seconds, or beyond the `deadline`": [
    fails([unavailableFor("3600")], { attempts: 1, retryAfter: 3_600_000 }),
    fails([unavailableFor("10")], { attempts: 1, retryAfter: 10_000 }, { deadline: 5_000 }),
  ],
  "sends a `Retry-After` that can't be read": [
    succeeds([unavailableFor("soon"), reply(200, transaction)], transaction),
  ],
  "breaks off the body of a success": [
    fails([breakInBody], {
      ...unknown("InvalidResponseError", 3),
      body: '{"id":"cus_1","first_name":"An',
    }),
  ],
  "sends a success as HTML, or incomplete JSON": ["<html>", '{"id":'].map((text) =>
    fails([reply(200, text)], unknown("InvalidResponseError", 1)),
  ),
  "sends a success of more than 32 MB": [
    fails([reply(200, JSON.stringify("x".repeat(33_554_432)))], unknown("InvalidResponseError", 1)),
    fails([reply(200, transaction)], { name: "InvalidResponseError" }, { maxResponseBytes: 10 }),
  ],
  "responds 502 with HTML": [
    async () => {
      const server = await serve(reply(502, "<html>", { "content-type": "text/html" }));
      const error = await errorOf(topUp(clientOf(server)));
      expect(error).toMatchObject({ ...unknown("ServerError", 3), body: "<html>" });
      expect(JSON.stringify(error) + error.stack).not.toContain("<html>");
    },
  ],
  "redirects a POST to another origin": [
    async () => {
      const other = await serve(reply(200, transaction));
      await fails([reply(307, {}, { location: other.url })], unknown("RedirectError", 1))();
      expect(other.requests).toEqual([]);
    },
  ],
  "responds 422 to a POST": [
    fails([reply(422)], { name: "UnprocessableEntityError", outcome: "rejected", attempts: 1 }),
  ],
  "responds 409 to a POST": [fails([reply(409)], unknown("ConflictError", 1))],
  "responds 404 to a DELETE": [
    fails([reply(404)], unknown("NotFoundError", 1), {}, ({ customers }) => customers.delete(id)),
  ],
  "responds 503, then 422": [fails([reply(503), reply(422)], unknown("UnprocessableEntityError", 2))],
  "responds 204": [
    succeeds([reply(204)], undefined, ({ customers }) => customers.delete(id)),
    succeeds([reply(204)], undefined, ({ customers }) => customers.getBalance(id)),
  ],
  "sends an error of 50 MB": [
    fails([hugeError], { name: "UnprocessableEntityError", body: "x".repeat(65_536) }),
  ],
  "repeats a page of a numbered list": [
    fails([repeatedPage], { name: "InvalidResponseError" }, {}, ({ customers }) =>
      customers.list().toArray({ limit: 100 }),
    ),
  ],
};

/** The first cells of the table below a heading. */
function firstCells(markdown: string, heading: string): string[] {
  const section = markdown.split(`\n### ${heading}\n`)[1]?.split("\n#")[0] ?? "";
  return [...section.matchAll(/^\| (.+?) \|/gm)].map(([, cell = ""]) => cell).slice(2);
}

// No random delays.
beforeEach(() => void vi.spyOn(Math, "random").mockReturnValue(0));

describe("the table of server failures in the README", () => {
  test("has exactly the rows that are tested here", () => {
    const readme = readFileSync(join(root, "README.md"), "utf8");
    expect(firstCells(readme, "What the client does if the server fails")).toEqual(Object.keys(rows));
  });

  test.each(Object.entries(rows))("is true if the server %s", async (_, checks) => {
    await Promise.all(checks.map((check) => check()));
  });
});

test.each(["", "..", "123", "a/b", "ana@example.com"])(
  "the sentence on ids in the README is true for %j",
  async (wrong) => {
    const server = await serve(reply(200, {}));
    expect(await errorOf(clientOf(server).customers.get(wrong))).toBeInstanceOf(TypeError);
    expect(server.requests).toEqual([]);
  },
);
