// The README's table of server failures: every row is a test, in the order of the table.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { root } from "../../scripts/cli.js";
import { OnePay, type OnePayError, type OnePayOptions } from "../../src/index.js";
import { type Handler, type LocalServer, reply, serve } from "./local-server.js";

const id = "00000000-0000-4000-8000-000000000101";
const body = { amount: 50_000, concept: "Bono" };
const transaction = { id: "abc", amount: 50_000 };

const clientOf = ({ url }: { url: string }, options: OnePayOptions = {}) =>
  new OnePay({ apiKey: "sk_test_xxx", baseUrl: url, ...options });
const topUp = (server: { url: string }, options?: OnePayOptions) =>
  clientOf(server, options).customers.topUp(id, body);

async function errorOf(call: Promise<unknown>): Promise<OnePayError> {
  try {
    await call;
  } catch (error) {
    return error as OnePayError;
  }
  throw new Error("The call didn't fail.");
}

/** All requests were sent with the same bytes and the same idempotency key. */
function expectRepetitions({ requests }: LocalServer, count: number, error: OnePayError): void {
  expect(requests.map(({ headers, body }) => [headers["x-idempotency"], body])).toEqual(
    Array(count).fill([error.idempotencyKey, JSON.stringify(body)]),
  );
}

/** Sends the beginning of a body and nothing else. */
const stopInBody =
  (status: number, text: string): Handler =>
  (response) => {
    response.writeHead(status, { "content-type": "application/json", "content-length": "1000" });
    response.write(text);
  };
const breakInBody: Handler = (response, request) => {
  stopInBody(200, '{"id":"ab')(response, request);
  setTimeout(() => response.socket?.resetAndDestroy(), 20);
};

const rows: Record<string, () => Promise<void>> = {
  "responds 500 with an empty body": async () => {
    const server = await serve(reply(500));
    const write = await errorOf(topUp(server));
    expect(write).toMatchObject({ name: "ServerError", outcome: "unknown", attempts: 3 });
    const read = await errorOf(clientOf(server).customers.get(id));
    expect(read).toMatchObject({ name: "ServerError", outcome: "unknown", attempts: 3 });
  },
  "responds 520 to 530, from a CDN": async () => {
    for (const status of [520, 524, 530]) {
      const error = await errorOf(topUp(await serve(reply(status))));
      expect(error).toMatchObject({ name: "ServerError", outcome: "unknown", attempts: 3 });
    }
  },
  "never sends headers, or stops in the middle of a success": async () => {
    for (const handler of [() => {}, stopInBody(200, '{"id":"ab')]) {
      const error = await errorOf(topUp(await serve(handler), { timeout: 100 }));
      expect(error).toMatchObject({ name: "TimeoutError", outcome: "unknown", attempts: 3 });
    }
  },
  "stops in the middle of a 422": async () => {
    const error = await errorOf(topUp(await serve(stopInBody(422, '{"errors":')), { timeout: 1_000 }));
    expect(error).toMatchObject({ name: "UnprocessableEntityError", attempts: 1, body: '{"errors":' });
  },
  "responds 503 to a POST, or resets the connection": async () => {
    const unavailable = await serve(reply(503));
    const error = await errorOf(topUp(unavailable));
    expect(error).toMatchObject({ name: "ServerError", outcome: "unknown" });
    expectRepetitions(unavailable, 3, error);
    const resetting = await serve((response) => void response.socket?.resetAndDestroy());
    const lost = await errorOf(topUp(resetting));
    expect(lost).toMatchObject({ name: "ConnectionError", outcome: "unknown" });
    expectRepetitions(resetting, 3, lost);
  },
  "refuses the connection of a POST": async () => {
    // The port was free a moment ago.
    const { url } = await serveAndClose();
    const error = await errorOf(topUp({ url }));
    expect(error).toMatchObject({ name: "ConnectionError", outcome: "rejected", attempts: 3 });
  },
  "sends `Retry-After: 2` with a 429 or a 5xx that is retried": async () => {
    const retryDelays = async (status: number) => {
      const delays: number[] = [];
      const server = await serve(reply(status, {}, { "retry-after": "2" }), reply(200, transaction));
      await topUp(server, { onEvent: (event) => void (event.type === "retry" && delays.push(event.delay)) });
      return delays;
    };
    expect(await Promise.all([429, 503].map(retryDelays))).toEqual([[2_000], [2_000]]);
  },
  "asks for a delay of more than 60 seconds, or beyond the `deadline`": async () => {
    const error = await errorOf(topUp(await serve(reply(503, {}, { "retry-after": "3600" }))));
    expect(error).toMatchObject({ attempts: 1, retryAfter: 3_600_000 });
    const server = await serve(reply(503, {}, { "retry-after": "10" }));
    expect(await errorOf(topUp(server, { deadline: 5_000 }))).toMatchObject({
      attempts: 1,
      retryAfter: 10_000,
    });
  },
  "sends a `Retry-After` that can't be read": async () => {
    const server = await serve(reply(503, {}, { "retry-after": "soon" }), reply(200, transaction));
    expect(await topUp(server)).toEqual(transaction);
  },
  "breaks off the body of a success": async () => {
    const error = await errorOf(topUp(await serve(breakInBody)));
    expect(error).toMatchObject({ name: "InvalidResponseError", outcome: "unknown", attempts: 3 });
    expect(error.body).toBe('{"id":"ab');
  },
  "sends a success as HTML, or incomplete JSON": async () => {
    for (const text of ["<html>", '{"id":']) {
      const error = await errorOf(topUp(await serve(reply(200, text))));
      expect(error).toMatchObject({ name: "InvalidResponseError", outcome: "unknown", attempts: 1 });
    }
  },
  "sends a success of more than 32 MB": async () => {
    const server = await serve(reply(200, JSON.stringify({ text: "x".repeat(33_554_432) })));
    const error = await errorOf(topUp(server));
    expect(error).toMatchObject({ name: "InvalidResponseError", outcome: "unknown", attempts: 1 });
    const small = await errorOf(topUp(await serve(reply(200, transaction)), { maxResponseBytes: 10 }));
    expect(small.name).toBe("InvalidResponseError");
  },
  "responds 502 with HTML": async () => {
    const error = await errorOf(topUp(await serve(reply(502, "<html>", { "content-type": "text/html" }))));
    expect(error).toMatchObject({ name: "ServerError", outcome: "unknown", attempts: 3, body: "<html>" });
    expect(JSON.stringify(error) + error.stack).not.toContain("<html>");
  },
  "redirects a POST to another origin": async () => {
    const other = await serve(reply(200, transaction));
    const error = await errorOf(topUp(await serve(reply(307, {}, { location: other.url }))));
    expect(error).toMatchObject({ name: "RedirectError", outcome: "unknown" });
    expect(other.requests).toEqual([]);
  },
  "responds 422 to a POST": async () => {
    const error = await errorOf(topUp(await serve(reply(422))));
    expect(error).toMatchObject({ name: "UnprocessableEntityError", outcome: "rejected", attempts: 1 });
  },
  "responds 409 to a POST": async () => {
    const error = await errorOf(topUp(await serve(reply(409))));
    expect(error).toMatchObject({ name: "ConflictError", outcome: "unknown", attempts: 1 });
  },
  "responds 404 to a DELETE": async () => {
    const error = await errorOf(clientOf(await serve(reply(404))).customers.delete(id));
    expect(error).toMatchObject({ name: "NotFoundError", outcome: "unknown" });
  },
  "responds 503, then 422": async () => {
    const error = await errorOf(topUp(await serve(reply(503), reply(422))));
    expect(error).toMatchObject({ name: "UnprocessableEntityError", outcome: "unknown", attempts: 2 });
  },
  "responds 204": async () => {
    const { customers } = clientOf(await serve(reply(204)));
    expect(await customers.delete(id)).toBeUndefined();
    expect(await customers.getBalance(id)).toBeUndefined();
  },
  "sends an error of 50 MB": async () => {
    const server = await serve(reply(422, "x".repeat(50_000_000)));
    expect((await errorOf(topUp(server))).body).toBe("x".repeat(65_536));
  },
  "repeats a page of a numbered list": async () => {
    const page = { data: [{ id: "abc" }], current_page: 1, last_page: 2, per_page: 1 };
    const list = clientOf(await serve(reply(200, page))).customers.list();
    expect((await errorOf(list.toArray({ limit: 100 }))).name).toBe("InvalidResponseError");
  },
};

async function serveAndClose(): Promise<{ url: string }> {
  const { createServer } = await import("node:net");
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return { url: `http://127.0.0.1:${port}` };
}

/** The first cells of the table below a heading. */
function firstCells(markdown: string, heading: string): string[] {
  const section = markdown.split(`\n### ${heading}\n`)[1]?.split("\n#")[0] ?? "";
  const cells = [...section.matchAll(/^\| (.+?) \|/gm)].map(([, cell = ""]) => cell);
  return cells.slice(2);
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe("the table of server failures in the README", () => {
  it("has exactly the rows that are tested here", () => {
    const readme = readFileSync(join(root, "README.md"), "utf8");
    expect(firstCells(readme, "What the client does if the server fails")).toEqual(Object.keys(rows));
  });

  it.each(Object.entries(rows))("is true if the server %s", async (_, check) => {
    // No random delays.
    vi.spyOn(Math, "random").mockReturnValue(0);
    await check();
  });
});

describe("the sentence on ids in the README", () => {
  it.each(["", "..", "123", "a/b", "ana@example.com"])("is true for %j", async (wrong) => {
    const { requests, url } = await serve(reply(200, {}));
    expect(await errorOf(clientOf({ url }).customers.get(wrong))).toBeInstanceOf(TypeError);
    expect(requests).toEqual([]);
  });
});
