import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, test, vi } from "vitest";
import { InvalidResponseError, OnePay } from "../../src/index.js";
import type { Fetch, OnePayEvent, PagePromise } from "../../src/types.js";
import { apiKey, clientOf, customer, type Handler, rejectionOf, reply, serve } from "./server.js";

const all = ["a", "b", "c", "d", "e"].map((id) => ({ id }));
const pageSize = 2;
const pageCount = 3;
const itemsOf = (page: number) => all.slice((page - 1) * pageSize, page * pageSize);
const urlOf = (page: number) =>
  page >= 1 && page <= pageCount ? `https://api.example/customers?page=${page}` : null;

/** The envelopes that OnePay documents for its lists, and those that integrators met. */
const envelopes: Record<string, (page: number) => unknown> = {
  "documented, with a total": (page) => ({
    data: itemsOf(page),
    current_page: page,
    from: (page - 1) * pageSize + 1,
    last_page: pageCount,
    per_page: pageSize,
    to: page * pageSize,
    total: all.length,
  }),
  "documented, with URLs": (page) => ({
    data: itemsOf(page),
    current_page: page,
    first_page_url: urlOf(1),
    from: (page - 1) * pageSize + 1,
    next_page_url: urlOf(page + 1),
    path: "https://api.example/customers",
    per_page: pageSize,
    prev_page_url: urlOf(page - 1),
    to: page * pageSize,
  }),
  "documented, with meta": (page) => ({
    data: itemsOf(page),
    meta: { current_page: page, last_page: pageCount, per_page: pageSize, total: all.length },
  }),
  "with strings for numbers": (page) => ({
    data: itemsOf(page),
    meta: { current_page: `${page}`, last_page: `${pageCount}` },
  }),
  "with has_more": (page) => ({ data: itemsOf(page), has_more: page < pageCount }),
  "with a next link": (page) => ({ data: itemsOf(page), links: { next: urlOf(page + 1) } }),
  "without page fields": (page) => ({ data: itemsOf(page) }),
  "without an envelope": (page) => itemsOf(page),
};
/** These don't state which page is the last one, so the client has to request an empty one. */
const endless = ["without page fields", "without an envelope"];

const pageNumberIn = (path: string) =>
  Number(new URL(path, "http://localhost").searchParams.get("page") ?? 1);

/** Responds with the page that the request asks for. */
const respondWithPage =
  (envelope: (page: number) => unknown): Handler =>
  (exchange) =>
    reply(200, envelope(pageNumberIn(exchange.request.path)))(exchange);

/** A client whose fetch returns the response of the function, by the number of the request. */
function clientWith(respond: (request: number) => unknown) {
  let requests = 0;
  const fetch = vi.fn<Fetch>(async () => {
    requests += 1;
    return Response.json(respond(requests));
  });
  return { customers: new OnePay({ apiKey, fetch }).customers, fetch };
}

/** Reads at most `limit` items, so that a fault doesn't run forever. */
async function collect<T>(list: AsyncIterable<T>, limit = 50): Promise<T[]> {
  const items: T[] = [];
  for await (const item of list) {
    items.push(item);
    if (items.length >= limit) break;
  }
  return items;
}

describe("iterating over a list", () => {
  test.each(Object.entries(envelopes))("returns each item once: envelope %s", async (name, envelope) => {
    const server = await serve(respondWithPage(envelope));
    expect(await collect(clientOf(server).customers.list())).toEqual(all);
    const pages = server.requests.map(({ path }) => pageNumberIn(path));
    expect(pages).toEqual(endless.includes(name) ? [1, 2, 3, 4] : [1, 2, 3]);
  });

  test("works with a page as well as with the promise", async () => {
    const server = await serve(respondWithPage((page) => ({ data: itemsOf(page) })));
    const first = await clientOf(server).customers.list();
    expect(await collect(first)).toEqual(all);
    expect(await collect(await first.getNextPage())).toEqual(all.slice(pageSize));
  });

  test("requests a page only when it's needed", async () => {
    const server = await serve(respondWithPage((page) => ({ data: itemsOf(page) })));
    expect(await collect(clientOf(server).customers.list(), 2)).toEqual(all.slice(0, 2));
    expect(server.requests).toHaveLength(1);
  });

  test("sends the query and the options with each page", async () => {
    const server = await serve(respondWithPage((page) => ({ data: itemsOf(page) })));
    const options = { headers: { "x-a": "1" } };
    await collect(clientOf(server).customers.list({ sort: "created_at", filter: { x: "1" } }, options));
    expect(server.requests.map(({ path }) => path)).toEqual([
      "/v1/customers?sort=created_at&filter[x]=1",
      "/v1/customers?sort=created_at&filter[x]=1&page=2",
      "/v1/customers?sort=created_at&filter[x]=1&page=3",
      "/v1/customers?sort=created_at&filter[x]=1&page=4",
    ]);
    expect(server.requests.every(({ headers }) => headers["x-a"] === "1")).toBe(true);
  });

  test.each([2, "2"])("starts at the page of the query: %j", async (page) => {
    const server = await serve(respondWithPage((number) => ({ data: itemsOf(number) })));
    expect(await collect(clientOf(server).customers.list({ page: page as number }))).toEqual(
      all.slice(pageSize),
    );
    expect(server.requests.map(({ path }) => pageNumberIn(path))).toEqual([2, 3, 4]);
  });

  test("keeps the customer's id on each page of a list below a customer", async () => {
    const server = await serve(respondWithPage((page) => ({ data: itemsOf(page) })));
    await collect(clientOf(server).customers.listCards("cus_1"));
    expect(server.requests.map(({ path }) => path)).toEqual([
      "/v1/customers/cus_1/cards",
      "/v1/customers/cus_1/cards?page=2",
      "/v1/customers/cus_1/cards?page=3",
      "/v1/customers/cus_1/cards?page=4",
    ]);
  });

  test("throws the error of a failed page after the items before it", async () => {
    const server = await serve(reply(200, { data: itemsOf(1) }), reply(403));
    const items: unknown[] = [];
    const iterate = async () => {
      for await (const item of clientOf(server).customers.list()) items.push(item);
    };
    expect(await rejectionOf(iterate())).toMatchObject({
      name: "ForbiddenError",
      operation: "listCustomers",
    });
    expect(items).toEqual(itemsOf(1));
  });

  test("keeps no earlier page in memory", async () => {
    setFlagsFromString("--expose-gc");
    const collectGarbage = runInNewContext("gc") as () => void;
    const { customers } = clientWith((page) => ({
      data: [{ id: `${page}`, text: "x".repeat(1_000) }],
      next_page_url: page < 20 ? "x" : null,
    }));
    const references: WeakRef<object>[] = [];
    let kept = 0;
    for await (const item of customers.list()) {
      references.push(new WeakRef(item));
      if (references.length < 20) continue;
      await new Promise((resolve) => setTimeout(resolve, 0));
      collectGarbage();
      kept = references.filter((reference) => reference.deref()).length;
    }
    expect(kept).toBeLessThan(5);
  });
});

describe("pages()", () => {
  test("iterates over the pages, from the first to the last one", async () => {
    const server = await serve(respondWithPage(envelopes["documented, with a total"] as () => unknown));
    const numbers: unknown[] = [];
    const items: unknown[] = [];
    for await (const page of clientOf(server).customers.list().pages()) {
      numbers.push(page.number);
      items.push(...page.items);
    }
    expect(numbers).toEqual([1, 2, 3]);
    expect(items).toEqual(all);
    expect(server.requests).toHaveLength(3);
  });

  test("requests no further page if the loop ends", async () => {
    const server = await serve(respondWithPage((page) => ({ data: itemsOf(page) })));
    for await (const page of clientOf(server).customers.list().pages()) {
      expect(page.items).toEqual(itemsOf(1));
      break;
    }
    expect(server.requests).toHaveLength(1);
  });

  test("returns one page for an empty list", async () => {
    const { customers } = clientWith(() => ({ data: [], current_page: 1, last_page: 1, total: 0 }));
    const pages = await collect(customers.list().pages());
    expect(pages.map(({ items, total }) => ({ items, total }))).toEqual([{ items: [], total: 0 }]);
  });
});

describe("toArray()", () => {
  test("collects the items of all pages", async () => {
    const server = await serve(respondWithPage((page) => ({ data: itemsOf(page) })));
    expect(await clientOf(server).customers.list().toArray({ limit: 100 })).toEqual(all);
  });

  test.each([
    [1, 1],
    [2, 1],
    [3, 2],
    [4, 2],
    [5, 3],
  ])("returns at most %d items and stops after %d requests", async (limit, requests) => {
    const server = await serve(respondWithPage((page) => ({ data: itemsOf(page) })));
    expect(await clientOf(server).customers.list().toArray({ limit })).toEqual(all.slice(0, limit));
    expect(server.requests).toHaveLength(requests);
  });

  test.each([
    undefined,
    {},
    { limit: 0 },
    { limit: -1 },
    { limit: 1.5 },
    { limit: Number.POSITIVE_INFINITY },
    { limit: "9" },
  ])("is refused without a valid limit: %j", async (options) => {
    const { customers } = clientWith(() => ({ data: all }));
    const error = await rejectionOf(customers.list().toArray(options as { limit: number }));
    expect(error).toEqual(
      new TypeError(
        "customers.list: toArray needs a limit. Pass the largest number of items: toArray({ limit: 1_000 }).",
      ),
    );
  });

  test("rejects with the error of a failed page", async () => {
    const server = await serve(reply(200, { data: itemsOf(1) }), reply(403));
    const error = await rejectionOf(clientOf(server).customers.list().toArray({ limit: 100 }));
    expect(error).toMatchObject({ name: "ForbiddenError" });
  });

  test("before the deletion of each item leaves no item behind, unlike deleting while iterating", async () => {
    let customers = Array.from({ length: 45 }, (_, index) => ({ id: `cus_${index}` }));
    const fetch: Fetch = async (url, { method }) => {
      const { pathname, searchParams } = new URL(url);
      if (method === "DELETE") {
        customers = customers.filter(({ id }) => id !== pathname.split("/").pop());
        return new Response(null, { status: 204 });
      }
      const page = Number(searchParams.get("page") ?? 1);
      return Response.json({
        data: customers.slice((page - 1) * 15, page * 15),
        current_page: page,
        last_page: Math.ceil(customers.length / 15),
        total: customers.length,
      });
    };
    const onepay = new OnePay({ apiKey, fetch });
    const collected = await onepay.customers.list().toArray({ limit: 1_000 });
    for (const { id } of collected) await onepay.customers.delete(id);
    expect(customers).toEqual([]);
  });
});

describe("a page", () => {
  const numbers = { number: 2, total: 45, pageCount: 3 };
  test.each<[string, object, object]>([
    ["the envelope", { current_page: 2, total: 45, last_page: 3 }, numbers],
    ["meta", { meta: { current_page: 2, total: 45, last_page: 3 } }, numbers],
    ["strings", { current_page: "2", total: "45", last_page: "3" }, numbers],
    ["zero", { total: 0 }, { number: undefined, total: 0, pageCount: undefined }],
    ["nothing", {}, { number: undefined, total: undefined, pageCount: undefined }],
    [
      "values that aren't numbers",
      { current_page: "two", total: "", last_page: null },
      { number: undefined, total: undefined, pageCount: undefined },
    ],
  ])("has the number, total and page count from %s", async (_, envelope, expected) => {
    const { customers } = clientWith(() => ({ data: [customer], ...envelope }));
    const { number, total, pageCount } = await customers.list();
    expect({ number, total, pageCount }).toEqual(expected);
  });

  const items = { data: [customer] };
  test.each<[boolean, string, object]>([
    [false, "next_page_url is null", { ...items, next_page_url: null }],
    [true, "next_page_url is a URL", { ...items, next_page_url: "https://api.example/customers?page=2" }],
    [true, "next_page_url is empty", { ...items, next_page_url: "" }],
    [false, "current_page is last_page", { ...items, current_page: 1, last_page: 1 }],
    [true, "last_page is null", { ...items, current_page: 1, last_page: null }],
    [false, "current_page is after last_page", { ...items, current_page: 3, last_page: 2 }],
    [true, "current_page is before last_page", { ...items, current_page: 1, last_page: 2 }],
    [false, "current_page is last_page in meta", { ...items, meta: { current_page: 2, last_page: 2 } }],
    [true, "current_page is before last_page in meta", { ...items, meta: { current_page: 1, last_page: 2 } }],
    [
      true,
      "meta differs from the envelope",
      { ...items, current_page: 2, last_page: 2, meta: { current_page: 1, last_page: 2 } },
    ],
    [false, "last_page is 0", { ...items, current_page: 1, last_page: 0 }],
    [true, "meta is null", { ...items, meta: null }],
    [true, "the page numbers are strings", { ...items, current_page: "9", last_page: "10" }],
    [false, "the page is empty", { data: [] }],
    [false, "the page is empty and only numbered", { data: [], current_page: 1 }],
    [false, "the array is empty", []],
    [true, "the envelope has no page fields", items],
    [true, "has_more is true", { ...items, has_more: true }],
    [false, "has_more is false", { ...items, has_more: false }],
    [false, "hasMore is false", { ...items, hasMore: false }],
    [false, "has_next_page is false in page_info", { ...items, page_info: { has_next_page: false } }],
    [true, "has_more is true in pagination", { ...items, pagination: { has_more: true } }],
    [true, "next_cursor has a value", { ...items, next_cursor: "abc" }],
    [false, "next_cursor is null", { ...items, next_cursor: null }],
    [false, "next_cursor is empty", { ...items, meta: { next_cursor: "" } }],
    [true, "next is a URL in links", { ...items, links: { next: "https://api.example/next" } }],
    [false, "next is null in links", { ...items, links: { prev: "https://api.example/1", next: null } }],
    [true, "cursor has a value", { ...items, cursor: "abc" }],
    [
      false,
      "next_cursor is null and prev_cursor has a value",
      { ...items, prev_cursor: "a", next_cursor: null },
    ],
    [false, "has_more is false and cursor has a value", { ...items, has_more: false, cursor: "a" }],
    [true, "only prev_cursor has a value", { ...items, prev_cursor: "a" }],
  ])("has hasNextPage() %j if %s", async (expected, _, response) => {
    const { customers } = clientWith(() => response);
    expect((await customers.list()).hasNextPage()).toBe(expected);
  });
});

describe("getNextPage() on the last page", () => {
  const waysToUse: [string, (next: PagePromise<unknown>) => Promise<unknown>][] = [
    ["await", (next) => next],
    ["withResponse()", (next) => next.withResponse()],
    ["for await", (next) => collect(next)],
    ["pages()", (next) => collect(next.pages())],
    ["toArray()", (next) => next.toArray({ limit: 1 })],
  ];

  test.each(waysToUse)("rejects with a RangeError and sends nothing: %s", async (_, use) => {
    const { customers, fetch } = clientWith(() => ({ data: [] }));
    const page = await customers.list();
    expect(await rejectionOf(use(page.getNextPage()))).toEqual(
      new RangeError("customers.list: there is no next page. Check page.hasNextPage() first."),
    );
    expect(fetch).toHaveBeenCalledOnce();
  });
});

describe("a server that repeats a page", () => {
  test.each<[string, object]>([
    ["a page count", { data: all, current_page: 1, last_page: 9 }],
    ["a next URL", { data: all, next_page_url: "https://api.example/customers?page=2" }],
    ["a page count without a number", { data: all, last_page: 9 }],
    ["meta", { data: all, meta: { current_page: 1, last_page: 9 } }],
    ["a page number only", { data: all, current_page: 1 }],
    ["has_more", { data: all, has_more: true }],
    ["has_more in pagination", { data: all, pagination: { has_more: true } }],
    ["a cursor", { data: all, meta: { next_cursor: "abc" } }],
    ["a next link", { data: all, links: { next: "https://api.example/next" } }],
    ["a larger total", { data: all, total: all.length + 1 }],
    ["a larger total as a string", { data: all, meta: { total: "45" } }],
  ])("is an error if the response announces more by %s", async (_, response) => {
    const { customers, fetch } = clientWith(() => response);
    const items: unknown[] = [];
    const iterate = async () => {
      for await (const item of customers.list()) if (items.push(item) >= 50) break;
    };
    const error = await rejectionOf(iterate());
    expect(items).toEqual(all);
    expect(error).toBeInstanceOf(InvalidResponseError);
    expect(error).toMatchObject({ operation: "listCustomers", status: 200, attempts: 1 });
    expect((error as Error).message).toBe(
      "customers.list: 200 The server repeats a page or hides the next one, so the list would be incomplete.",
    );
    expect(fetch).toHaveBeenCalledTimes(2);
  });

  test.each<[string, unknown]>([
    ["an envelope", { data: all }],
    ["an array", all],
    ["a total that's reached", { data: all, total: all.length }],
    ["only a previous cursor", { data: all, prev_cursor: "a" }],
  ])("has sent the whole list if the response announces nothing: %s", async (_, response) => {
    const { customers, fetch } = clientWith(() => response);
    expect(await collect(customers.list())).toEqual(all);
    expect(fetch).toHaveBeenCalledTimes(2);
  });

  test.each<[string, (request: number) => object]>([
    [
      "its items changed",
      (request) => [
        { id: "1", version: request },
        { id: "2", version: request },
      ],
    ],
    [
      "the list grew at its start",
      (request) => [...(request > 1 ? [{ id: "9" }] : []), { id: "1" }, { id: "2" }],
    ],
  ])("is recognized although %s between two requests", async (_, respond) => {
    const { customers, fetch } = clientWith(respond);
    expect((await collect(customers.list())).map(({ id }) => id)).toEqual(["1", "2"]);
    expect(fetch).toHaveBeenCalledTimes(2);
  });

  test("only in part, since the list grew, has sent another page", async () => {
    const pages = [[{ id: "1" }, { id: "2" }], [{ id: "2" }, { id: "3" }], []];
    const { customers } = clientWith(() => pages.shift());
    expect((await collect(customers.list())).map(({ id }) => id)).toEqual(["1", "2", "2", "3"]);
  });

  test("under another number has sent another page", async () => {
    const pages = [
      { data: [{ a: 1 }], current_page: 1, last_page: 2 },
      { data: [{ a: 1 }, { a: 2 }], current_page: 2, last_page: 2 },
    ];
    const { customers } = clientWith(() => pages.shift());
    expect(await collect(customers.list())).toEqual([{ a: 1 }, { a: 1 }, { a: 2 }]);
  });

  test("with the same number and other items is recognized by the number", async () => {
    const { customers, fetch } = clientWith((request) => ({
      data: [{ id: `${request}` }],
      current_page: 1,
      last_page: 3,
    }));
    expect(await rejectionOf(collect(customers.list()))).toBeInstanceOf(InvalidResponseError);
    expect(fetch).toHaveBeenCalledTimes(2);
  });

  test("with items without an id is recognized by their content", async () => {
    const pages = [[{ a: 1 }], [{ a: 2 }], [{ a: 2 }]];
    const { customers } = clientWith(() => pages.shift());
    expect(await collect(customers.list())).toEqual([{ a: 1 }, { a: 2 }]);
  });

  test("with 20,000 items is recognized without comparing each pair of items", async () => {
    const items = Array.from({ length: 20_000 }, (_, index) => ({
      id: `cus_${String(index).padStart(60, "0")}`,
    }));
    const { customers } = clientWith(() => items);
    const page = await customers.list();
    const start = performance.now();
    expect((await page.getNextPage()).items).toEqual([]);
    expect(performance.now() - start).toBeLessThan(3_000);
  });

  test("that it announced before is an error, even if the repeated page calls itself the last one", async () => {
    const server = await serve(
      reply(200, { data: all, next_page_url: "https://api.example/customers?page=2" }),
      reply(200, { data: all, next_page_url: null }),
    );
    expect(await rejectionOf(collect(clientOf(server).customers.list()))).toBeInstanceOf(
      InvalidResponseError,
    );
  });

  test("isn't suspected on the first request, with any page number", async () => {
    const { customers } = clientWith(() => ({ data: all, current_page: 3, last_page: 3 }));
    expect(await collect(customers.list({ page: 9 }))).toEqual(all);
  });
});

describe("an empty page", () => {
  test.each<[string, object]>([
    ["only a number", { data: [], current_page: 1 }],
    ["the last number", { data: [], current_page: 2, last_page: 2, total: 99 }],
    ["a number after the last page", { data: [], current_page: 2, last_page: 1 }],
    ["has_more false", { data: [], has_more: false, total: 99 }],
    ["no page fields", { data: [] }],
    ["a total that's reached", { data: [], total: all.length }],
  ])("is the end of the list if it has %s", async (_, last) => {
    const { customers, fetch } = clientWith((request) => (request === 1 ? { data: all } : last));
    expect(await collect(customers.list())).toEqual(all);
    expect(fetch).toHaveBeenCalledTimes(2);
  });

  test.each<[string, object]>([
    ["has_more", { data: [], has_more: true }],
    ["a cursor", { data: [], next_cursor: "abc" }],
    ["a larger total", { data: [], total: all.length + 1 }],
    ["a later last page", { data: [], current_page: 2, last_page: 9 }],
    ["a next URL", { data: [], next_page_url: "https://api.example/customers?page=3" }],
    ["a number and a larger total", { data: [], current_page: 2, total: "45" }],
  ])(
    "is an error if it announces more by %s, so that an unfinished list never looks finished",
    async (_, last) => {
      const { customers } = clientWith((request) => (request === 1 ? { data: all } : last));
      expect(await rejectionOf(collect(customers.list()))).toBeInstanceOf(InvalidResponseError);
    },
  );

  test("proves nothing about the total if the list was read from a later page", async () => {
    const { customers } = clientWith((request) => ({ data: request === 1 ? all : [], total: 99 }));
    expect(await collect(customers.list({ page: 2 }))).toEqual(all);
  });
});

describe("a response without a list", () => {
  test.each<[string, unknown]>([
    ["an object without data", { customers: [] }],
    ["data that is an object", { data: { id: "1" } }],
    ["data that is null", { data: null }],
    ["null", null],
    ["a string", "customers"],
  ])("is an InvalidResponseError that has the body: %s", async (_, body) => {
    const events: OnePayEvent[] = [];
    const onepay = new OnePay({
      apiKey,
      fetch: async () => Response.json(body, { headers: { "x-request-id": "req_1" } }),
      onEvent: (event) => events.push(event),
    });
    const error = await rejectionOf<InvalidResponseError>(onepay.customers.list());
    expect(error).toBeInstanceOf(InvalidResponseError);
    expect(error.message).toBe("customers.list: 200 The response isn't a list.");
    expect(error).toMatchObject({ status: 200, requestId: "req_1", attempts: 1, body });
    expect(events.at(-1)).toMatchObject({ type: "error", error: "InvalidResponseError", status: 200 });
  });
});

test("items that are nested too deeply for JSON.stringify are returned, page by page", async () => {
  const deep = (id: number) =>
    `{"data":[{"id":"${id}","deep":${"[".repeat(30_000)}${"]".repeat(30_000)}}],"last_page":2`;
  const server = await serve(
    reply(200, `${deep(1)},"current_page":1}`),
    reply(200, `${deep(2)},"current_page":2}`),
  );
  const items = await collect(clientOf(server).customers.list());
  expect(items.map(({ id }) => id)).toEqual(["1", "2"]);
});

test("a query whose getter throws rejects, and doesn't throw synchronously", async () => {
  const { customers, fetch } = clientWith(() => ({ data: all }));
  const error = new TypeError("unreadable");
  const call = customers.list({
    get page(): number {
      throw error;
    },
  });
  expect(call).toBeInstanceOf(Promise);
  expect(await rejectionOf(call)).toBe(error);
  expect(fetch).not.toHaveBeenCalled();
});
