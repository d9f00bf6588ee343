import { describe, expect, test } from "vitest";
import { InvalidResponseError, OnePay } from "../../src/index.js";
import type { Fetch, PagePromise } from "../../src/types.js";
import {
  apiKey,
  clientOf,
  collectGarbage,
  customer,
  fetchWith,
  type Handler,
  recordingClient,
  rejectionOf,
  reply,
  serve,
} from "./server.js";

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

/** A server with the pages, which doesn't state which is the last one. */
const servePages = () => serve(respondWithPage((page) => ({ data: itemsOf(page) })));

/** A client without a network: one body per request, the last one for the rest. */
function clientWith(...bodies: unknown[]) {
  const fetch = fetchWith(...bodies.map((body) => () => Response.json(body)));
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
    const first = await clientOf(await servePages()).customers.list();
    expect(await collect(first)).toEqual(all);
    expect(await collect(await first.getNextPage())).toEqual(all.slice(pageSize));
  });

  test("requests a page only when it's needed", async () => {
    const server = await servePages();
    expect(await collect(clientOf(server).customers.list(), 2)).toEqual(itemsOf(1));
    for await (const page of clientOf(server).customers.list().pages()) {
      expect(page.items).toEqual(itemsOf(1));
      break;
    }
    expect(server.requests).toHaveLength(2);
  });

  const headers = { "x-a": "1" };
  test.each<[string, string, string, (onepay: OnePay) => AsyncIterable<unknown>]>([
    [
      "the query and the options",
      "/v1/customers?sort=created_at&filter[x]=1",
      "&",
      ({ customers }) => customers.list({ sort: "created_at", filter: { x: "1" } }, { headers }),
    ],
    [
      "the customer's id",
      "/v1/customers/cus_1/cards",
      "?",
      ({ customers }) => customers.listCards("cus_1", {}, { headers }),
    ],
  ])("sends %s with each page", async (_, path, separator, list) => {
    const server = await servePages();
    expect(await collect(list(clientOf(server)))).toEqual(all);
    const later = [2, 3, 4].map((page) => `${path}${separator}page=${page}`);
    expect(server.requests.map((request) => request.path)).toEqual([path, ...later]);
    for (const request of server.requests) expect(request.headers).toMatchObject(headers);
  });

  test.each([2, "2"])("starts at the page of the query: %j", async (page) => {
    const server = await servePages();
    const list = clientOf(server).customers.list({ page: page as number });
    expect(await collect(list)).toEqual(all.slice(pageSize));
    expect(server.requests.map(({ path }) => pageNumberIn(path))).toEqual([2, 3, 4]);
  });

  test("throws the error of a failed page after the items before it, and toArray() rejects with it", async () => {
    const { customers } = clientOf(
      await serve(
        ...Array(2)
          .fill([reply(200, { data: itemsOf(1) }), reply(403)])
          .flat(),
      ),
    );
    const items: unknown[] = [];
    const iterate = async () => {
      for await (const item of customers.list()) items.push(item);
    };
    const expected = { name: "ForbiddenError", operation: "listCustomers" };
    expect(await rejectionOf(iterate())).toMatchObject(expected);
    expect(items).toEqual(itemsOf(1));
    expect(await rejectionOf(customers.list().toArray({ limit: 100 }))).toMatchObject(expected);
  });

  test("keeps no earlier page in memory", async () => {
    const bodies = Array.from({ length: 20 }, (_, index) => ({
      data: [{ id: `${index}`, text: "x".repeat(1_000) }],
      next_page_url: index < 19 ? "x" : null,
    }));
    const references: WeakRef<object>[] = [];
    let kept = 0;
    for await (const item of clientWith(...bodies).customers.list()) {
      references.push(new WeakRef(item));
      if (references.length < bodies.length) continue;
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
    const pages = await collect(clientOf(server).customers.list().pages());
    expect(pages.map(({ number }) => number)).toEqual([1, 2, 3]);
    expect(pages.flatMap(({ items }) => items)).toEqual(all);
    expect(server.requests).toHaveLength(3);
  });

  test("returns one page for an empty list", async () => {
    const { customers } = clientWith({ data: [], current_page: 1, last_page: 1, total: 0 });
    const pages = await collect(customers.list().pages());
    expect(pages.map(({ items, total }) => ({ items, total }))).toEqual([{ items: [], total: 0 }]);
  });
});

describe("toArray()", () => {
  test.each([
    [1, 1],
    [2, 1],
    [3, 2],
    [4, 2],
    [5, 3],
    [100, 4],
  ])("returns at most %d items and stops after %d requests", async (limit, requests) => {
    const server = await servePages();
    expect(await clientOf(server).customers.list().toArray({ limit })).toEqual(all.slice(0, limit));
    expect(server.requests).toHaveLength(requests);
  });

  const wrongLimits = [undefined, 0, -1, 1.5, Number.POSITIVE_INFINITY, "9"].map((limit) => ({ limit }));
  test.each([undefined, {}, ...wrongLimits])("is refused without a valid limit: %j", async (options) => {
    const { customers } = clientWith({ data: all });
    const error = await rejectionOf(customers.list().toArray(options as { limit: number }));
    expect(error).toEqual(
      new TypeError(
        "customers.list: toArray needs a limit. Pass the largest number of items: toArray({ limit: 1_000 }).",
      ),
    );
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
    const { customers } = clientWith({ data: [customer], ...envelope });
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
    const { customers } = clientWith(response);
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
    const { customers, fetch } = clientWith({ data: [] });
    const page = await customers.list();
    expect(await rejectionOf(use(page.getNextPage()))).toEqual(
      new RangeError("customers.list: there is no next page. Check page.hasNextPage() first."),
    );
    expect(fetch).toHaveBeenCalledOnce();
  });
});

/** What announces more items after `all`. */
const announcements: [string, object][] = [
  ["a page count", { current_page: 1, last_page: 9 }],
  ["a page count without a number", { last_page: 9 }],
  ["a page count in meta", { meta: { current_page: 1, last_page: 9 } }],
  ["a next URL", { next_page_url: "https://api.example/customers?page=2" }],
  ["has_more", { has_more: true }],
  ["has_more in pagination", { pagination: { has_more: true } }],
  ["a cursor", { meta: { next_cursor: "abc" } }],
  ["a next link", { links: { next: "https://api.example/next" } }],
  ["a larger total", { total: all.length + 1 }],
  ["a larger total as a string", { meta: { total: "45" } }],
];

describe("a server that repeats a page", () => {
  test.each([...announcements, ["a page number only", { current_page: 1 }] as const])(
    "is an error if the response announces more by %s",
    async (_, fields) => {
      const { customers, fetch } = clientWith({ data: all, ...fields });
      const items: unknown[] = [];
      const iterate = async () => {
        for await (const item of customers.list()) if (items.push(item) >= 50) break;
      };
      const error = await rejectionOf(iterate());
      expect(items).toEqual(all);
      expect(error).toBeInstanceOf(InvalidResponseError);
      expect(error).toMatchObject({
        operation: "listCustomers",
        status: 200,
        attempts: 1,
        message:
          "customers.list: 200 The server repeats a page or hides the next one, so the list would be incomplete.",
      });
      expect(fetch).toHaveBeenCalledTimes(2);
    },
  );

  const version = (number: number) => ["1", "2"].map((id) => ({ id, version: number }));
  const next = "https://api.example/customers?page=2";
  test.each<[string, unknown[], unknown[] | "error"]>([
    ["a list in an envelope is complete", [{ data: all }], all],
    ["a list without an envelope is complete", [all], all],
    ["a list whose total is reached is complete", [{ data: all, total: all.length }], all],
    ["a list with only a previous cursor is complete", [{ data: all, prev_cursor: "a" }], all],
    ["items that changed are the same page", [version(1), version(2)], version(1)],
    [
      "a list that grew at its start is the same page",
      [
        [{ id: "1" }, { id: "2" }],
        [{ id: "9" }, { id: "1" }, { id: "2" }],
      ],
      [{ id: "1" }, { id: "2" }],
    ],
    [
      "the same number with other items is the same page",
      ["1", "2"].map((id) => ({ data: [{ id }], current_page: 1, last_page: 3 })),
      "error",
    ],
    [
      "an announced page that calls itself the last one isn't the end",
      [
        { data: all, next_page_url: next },
        { data: all, next_page_url: null },
      ],
      "error",
    ],
  ])("is recognized at the second request: %s", async (_, bodies, expected) => {
    const { customers, fetch } = clientWith(...bodies);
    const result = await collect(customers.list()).catch((error) => error);
    if (expected === "error") expect(result).toBeInstanceOf(InvalidResponseError);
    else expect(result).toEqual(expected);
    expect(fetch).toHaveBeenCalledTimes(2);
  });

  const ids = (...values: string[]) => values.map((id) => ({ id }));
  const contents = (...values: number[]) => values.map((a) => ({ a }));
  test.each<[string, unknown[], object[]]>([
    [
      "it shares only a part, since the list grew",
      [ids("1", "2"), ids("2", "3"), []],
      ids("1", "2", "2", "3"),
    ],
    ["items without an id differ", [contents(1), contents(2), contents(2)], contents(1, 2)],
    [
      "it has another number",
      [
        { data: contents(1), current_page: 1, last_page: 2 },
        { data: contents(1, 2), current_page: 2, last_page: 2 },
      ],
      contents(1, 1, 2),
    ],
  ])("isn't suspected if %s", async (_, bodies, expected) => {
    expect(await collect(clientWith(...bodies).customers.list())).toEqual(expected);
  });

  test("isn't suspected on the first request, with any page number", async () => {
    const { customers } = clientWith({ data: all, current_page: 3, last_page: 3 });
    expect(await collect(customers.list({ page: 9 }))).toEqual(all);
  });

  test("with 20,000 items is recognized without comparing each pair of items", async () => {
    const items = Array.from({ length: 20_000 }, (_, index) => ({ id: String(index).padStart(64, "0") }));
    const page = await clientWith(items).customers.list();
    const start = performance.now();
    expect((await page.getNextPage()).items).toEqual([]);
    expect(performance.now() - start).toBeLessThan(3_000);
  });
});

describe("an empty page", () => {
  test.each<[string, object]>([
    ["only a number", { current_page: 1 }],
    ["the last number", { current_page: 2, last_page: 2, total: 99 }],
    ["a number after the last page", { current_page: 2, last_page: 1 }],
    ["has_more false", { has_more: false, total: 99 }],
    ["no page fields", {}],
    ["a total that's reached", { total: all.length }],
  ])("is the end of the list if it has %s", async (_, fields) => {
    const { customers, fetch } = clientWith({ data: all }, { data: [], ...fields });
    expect(await collect(customers.list())).toEqual(all);
    expect(fetch).toHaveBeenCalledTimes(2);
  });

  const later: [string, object][] = [
    ["a later last page", { current_page: 2, last_page: 9 }],
    ["a number and a larger total", { current_page: 2, total: "45" }],
  ];
  const withoutCount = announcements.filter(([name]) => name !== "a page count without a number");
  test.each([...withoutCount, ...later])(
    "is an error if it announces more by %s, so that an unfinished list never looks finished",
    async (_, fields) => {
      const { customers } = clientWith({ data: all }, { data: [], ...fields });
      expect(await rejectionOf(collect(customers.list()))).toBeInstanceOf(InvalidResponseError);
    },
  );

  test("proves nothing about the total if the list was read from a later page", async () => {
    const { customers } = clientWith({ data: all, total: 99 }, { data: [], total: 99 });
    expect(await collect(customers.list({ page: 2 }))).toEqual(all);
  });
});

test.each<[string, unknown]>([
  ["an object without data", { customers: [] }],
  ["data that is an object", { data: { id: "1" } }],
  ["data that is null", { data: null }],
  ["null", null],
  ["a string", "customers"],
])("a response without a list is an InvalidResponseError that has the body: %s", async (_, body) => {
  const response = () => Response.json(body, { headers: { "x-request-id": "req_1" } });
  const { onepay, events } = recordingClient(fetchWith(response));
  const error = await rejectionOf<InvalidResponseError>(onepay.customers.list());
  expect(error).toBeInstanceOf(InvalidResponseError);
  expect(error.message).toBe("customers.list: 200 The response isn't a list.");
  expect(error).toMatchObject({ status: 200, requestId: "req_1", attempts: 1, body });
  expect(events.at(-1)).toMatchObject({ type: "error", error: "InvalidResponseError", status: 200 });
});

test("items that are nested too deeply for JSON.stringify are returned, page by page", async () => {
  const deep = (id: number) =>
    `{"data":[{"id":"${id}","deep":${"[".repeat(30_000)}${"]".repeat(30_000)}}],"last_page":2,"current_page":${id}}`;
  const server = await serve(reply(200, deep(1)), reply(200, deep(2)));
  const items = await collect(clientOf(server).customers.list());
  expect(items.map(({ id }) => id)).toEqual(["1", "2"]);
});

test("a query whose getter throws rejects, and doesn't throw synchronously", async () => {
  const { customers, fetch } = clientWith({ data: all });
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
