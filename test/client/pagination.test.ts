import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, test, vi } from "vitest";
import { InvalidResponseError, OnePay } from "../../src/index.js";
import type { Fetch, OnePayEvent, PagePromise } from "../../src/types.js";
import { apiKey, clientOf, customer, faultOf, reply, type Step, serve } from "./server.js";

const all = ["a", "b", "c", "d", "e"].map((id) => ({ id }));
const size = 2;
const pages = 3;
const itemsOf = (page: number) => all.slice((page - 1) * size, page * size);
const url = (page: number) =>
  page >= 1 && page <= pages ? `https://api.example/customers?page=${page}` : null;

/** The envelopes that OnePay documents for its lists, and the bare array that integrators met. */
const envelopes: Record<string, (page: number) => unknown> = {
  "A, with a total": (page) => ({
    data: itemsOf(page),
    current_page: page,
    from: (page - 1) * size + 1,
    last_page: pages,
    per_page: size,
    to: page * size,
    total: all.length,
  }),
  "B, with addresses": (page) => ({
    data: itemsOf(page),
    current_page: page,
    first_page_url: url(1),
    from: (page - 1) * size + 1,
    next_page_url: url(page + 1),
    path: "https://api.example/customers",
    per_page: size,
    prev_page_url: url(page - 1),
    to: page * size,
  }),
  "C, with meta": (page) => ({
    data: itemsOf(page),
    meta: { current_page: page, last_page: pages, per_page: size, total: all.length },
  }),
  "C, with texts for numbers": (page) => ({
    data: itemsOf(page),
    meta: { current_page: `${page}`, last_page: `${pages}` },
  }),
  "without a sign of pages": (page) => ({ data: itemsOf(page) }),
  "that is a bare array": (page) => itemsOf(page),
};

const pageAsked = (path: string) => Number(new URL(path, "http://localhost").searchParams.get("page") ?? 1);

/** Answers with the page that is asked for. */
const paged =
  (envelope: (page: number) => unknown): Step =>
  (exchange) =>
    reply(200, envelope(pageAsked(exchange.seen.path)))(exchange);

async function collected<T>(list: AsyncIterable<T>, most = 100): Promise<T[]> {
  const found: T[] = [];
  for await (const item of list) {
    found.push(item);
    if (found.length >= most) break;
  }
  return found;
}

describe("a list", () => {
  test.each(Object.entries(envelopes))("in the envelope %s gives every item once", async (name, envelope) => {
    const server = await serve(paged(envelope));
    expect(await collected(clientOf(server).customers.list())).toEqual(all);
    // Only an envelope that says where it ends spares the question after the last page.
    const asked = server.requests.map(({ path }) => pageAsked(path));
    expect(asked).toEqual(/^[ABC]/.test(name) ? [1, 2, 3] : [1, 2, 3, 4]);
  });

  test("is iterated over from its page, too, and not only from its promise", async () => {
    const server = await serve(paged((page) => ({ data: itemsOf(page) })));
    const first = await clientOf(server).customers.list();
    expect(await collected(first)).toEqual(all);
    expect(await collected(await first.nextPage())).toEqual(all.slice(size));
  });

  test("asks for a page only when it is needed", async () => {
    const server = await serve(paged((page) => ({ data: itemsOf(page) })));
    expect(await collected(clientOf(server).customers.list(), 2)).toEqual(all.slice(0, 2));
    expect(server.requests).toHaveLength(1);
  });

  test("keeps its query and its options on every page", async () => {
    const server = await serve(paged((page) => ({ data: itemsOf(page) })));
    const options = { headers: { "x-a": "1" } };
    await collected(clientOf(server).customers.list({ sort: "created_at", filter: { x: "1" } }, options));
    expect(server.requests.map(({ path }) => path)).toEqual([
      "/v1/customers?sort=created_at&filter[x]=1",
      "/v1/customers?sort=created_at&filter[x]=1&page=2",
      "/v1/customers?sort=created_at&filter[x]=1&page=3",
      "/v1/customers?sort=created_at&filter[x]=1&page=4",
    ]);
    expect(server.requests.every(({ headers }) => headers["x-a"] === "1")).toBe(true);
  });

  test("begins at the page that is asked for", async () => {
    const server = await serve(paged((page) => ({ data: itemsOf(page) })));
    expect(await collected(clientOf(server).customers.list({ page: 2 }))).toEqual(all.slice(size));
    expect(server.requests.map(({ path }) => pageAsked(path))).toEqual([2, 3, 4]);
  });

  test("below a customer keeps the customer on every page", async () => {
    const server = await serve(paged((page) => ({ data: itemsOf(page) })));
    await collected(clientOf(server).customers.listCards("cus_1"));
    expect(server.requests.map(({ path }) => path)).toEqual([
      "/v1/customers/cus_1/cards",
      "/v1/customers/cus_1/cards?page=2",
      "/v1/customers/cus_1/cards?page=3",
      "/v1/customers/cus_1/cards?page=4",
    ]);
  });

  test("rejects with the error of the page that fails, after the items before it", async () => {
    const server = await serve(reply(200, { data: itemsOf(1) }), reply(403));
    const found: unknown[] = [];
    const walk = async () => {
      for await (const item of clientOf(server).customers.list()) found.push(item);
    };
    expect(await faultOf(walk())).toMatchObject({ name: "ForbiddenError", operation: "listCustomers" });
    expect(found).toEqual(itemsOf(1));
  });
});

describe("the end of a list", () => {
  const more = { data: [customer] };
  test.each<[string, object, boolean]>([
    ["next_page_url is null", { ...more, next_page_url: null }, false],
    ["next_page_url is an address", { ...more, next_page_url: "https://api.example/customers?page=2" }, true],
    ["current_page is last_page", { ...more, current_page: 1, last_page: 1 }, false],
    ["last_page is not known", { ...more, current_page: 1, last_page: null }, true],
    ["current_page is beyond last_page", { ...more, current_page: 3, last_page: 2 }, false],
    ["current_page is before last_page", { ...more, current_page: 1, last_page: 2 }, true],
    ["meta says the last page", { ...more, meta: { current_page: 2, last_page: 2 } }, false],
    ["meta says another page", { ...more, meta: { current_page: 1, last_page: 2 } }, true],
    [
      "meta says other than what is beside it",
      { ...more, current_page: 2, last_page: 2, meta: { current_page: 1, last_page: 2 } },
      true,
    ],
    ["next_page_url is an empty text", { ...more, next_page_url: "" }, true],
    ["last_page is 0", { ...more, current_page: 1, last_page: 0 }, false],
    ["meta is null", { ...more, meta: null }, true],
    ["the page is empty", { data: [] }, false],
    ["the page is empty, whatever the envelope says", { data: [], current_page: 1, last_page: 9 }, false],
    ["the numbers are texts", { ...more, current_page: "9", last_page: "10" }, true],
    ["the array is empty", [], false],
    ["nothing says so", more, true],
  ])("where %s is told by hasNextPage", async (_, envelope, has) => {
    const onepay = new OnePay({ apiKey, fetch: async () => Response.json(envelope) });
    const page = await onepay.customers.list();
    expect(page.hasNextPage()).toBe(has);
  });

  test("is a page whose successor rejects with a RangeError, at all its doors and without a request", async () => {
    const server = await serve(reply(200, { data: [] }));
    const page = await clientOf(server).customers.list();
    const successors: ((next: PagePromise<unknown>) => Promise<unknown>)[] = [
      (next) => next,
      (next) => next.withResponse(),
      (next) => collected(next),
    ];
    for (const of of successors)
      expect(await faultOf(of(page.nextPage()))).toEqual(new RangeError("no next page"));
    expect(server.requests).toHaveLength(1);
  });
});

describe("a server that repeats a page", () => {
  /** Whatever is asked for, it is the first page; `most` keeps a fault from running for ever. */
  const walk = async (answer: unknown) => {
    const fetch = vi.fn<Fetch>(async () => Response.json(answer));
    const list = new OnePay({ apiKey, fetch }).customers.list();
    return {
      ended: await collected(list, 20).catch((error: unknown) => error),
      asked: fetch.mock.calls.length,
    };
  };

  test.each<[string, object]>([
    ["a number of the last page", { data: all, current_page: 1, last_page: 9 }],
    ["a next address", { data: all, next_page_url: "https://api.example/customers?page=2" }],
    ["a number of the last page alone", { data: all, last_page: 9 }],
    ["meta", { data: all, meta: { current_page: 1, last_page: 9 } }],
    ["its own number alone", { data: all, current_page: 1 }],
  ])("and announces more by %s is an error, not an endless loop", async (_, envelope) => {
    const { ended, asked } = await walk(envelope);
    expect(ended).toBeInstanceOf(InvalidResponseError);
    expect(ended).toMatchObject({ operation: "listCustomers", status: 200, attempts: 1, outcome: "unknown" });
    expect((ended as Error).message).toMatch(/page 2.*repeats/);
    expect(asked).toBe(2);
  });

  test.each<[string, object]>([
    ["an envelope", { data: all }],
    ["a bare array", all],
  ])("and announces nothing, in %s, has given the whole list", async (_, answer) => {
    expect(await walk(answer)).toEqual({ ended: all, asked: 2 });
  });

  test.each<[string, (asked: number) => object]>([
    [
      "items change",
      (asked) => [
        { id: "1", seen: asked },
        { id: "2", seen: asked },
      ],
    ],
    ["list grows at its start", (asked) => [...(asked > 1 ? [{ id: "9" }] : []), { id: "1" }, { id: "2" }]],
  ])("and whose %s between two requests has given the whole list, once", async (_, answer) => {
    let asked = 0;
    const fetch: Fetch = async () => {
      asked += 1;
      return Response.json(answer(asked));
    };
    const items = await collected(new OnePay({ apiKey, fetch }).customers.list(), 20);
    expect(items.map(({ id }) => id)).toEqual(["1", "2"]);
    expect(asked).toBe(2);
  });

  test("in part, since the list grew meanwhile, has given another page", async () => {
    const pages = [[{ id: "1" }, { id: "2" }], [{ id: "2" }, { id: "3" }], []];
    const fetch: Fetch = async () => Response.json(pages.shift());
    const items = await collected(new OnePay({ apiKey, fetch }).customers.list(), 20);
    expect(items.map(({ id }) => id)).toEqual(["1", "2", "2", "3"]);
  });

  test("but numbers its pages is believed, whatever they hold", async () => {
    const pages = [
      { data: [{ a: 1 }], current_page: 1, last_page: 2 },
      { data: [{ a: 1 }, { a: 2 }], current_page: 2, last_page: 2 },
    ];
    const fetch: Fetch = async () => Response.json(pages.shift());
    const items = await collected(new OnePay({ apiKey, fetch }).customers.list(), 20);
    expect(items).toEqual([{ a: 1 }, { a: 1 }, { a: 2 }]);
  });

  test("of 20,000 items is known at once", async () => {
    const long = Array.from({ length: 20_000 }, (_, index) => ({
      id: `cus_${String(index).padStart(60, "0")}`,
    }));
    const fetch: Fetch = async () => Response.json(long);
    const start = performance.now();
    const page = await new OnePay({ apiKey, fetch }).customers.list();
    expect((await page.nextPage()).items).toEqual([]);
    expect(performance.now() - start).toBeLessThan(1_500);
  });

  test("of items without an id is known by what they are", async () => {
    const pages = [[{ a: 1 }], [{ a: 2 }], [{ a: 2 }]];
    const fetch: Fetch = async () => Response.json(pages.shift());
    expect(await collected(new OnePay({ apiKey, fetch }).customers.list(), 20)).toEqual([{ a: 1 }, { a: 2 }]);
  });

  test("under its own number, with other items, is caught by the number", async () => {
    let asked = 0;
    const fetch: Fetch = async () => {
      asked += 1;
      return Response.json({ data: [{ id: `${asked}` }], current_page: 1, last_page: 3 });
    };
    const fault = await faultOf(collected(new OnePay({ apiKey, fetch }).customers.list(), 20));
    expect(fault).toBeInstanceOf(InvalidResponseError);
    expect(asked).toBe(2);
  });
});

test("a page that was announced and is the one before it is an error, even where it calls itself the last", async () => {
  const announced = reply(200, { data: all, next_page_url: "https://api.example/customers?page=2" });
  const server = await serve(announced, reply(200, { data: all, next_page_url: null }));
  expect(await faultOf(collected(clientOf(server).customers.list()))).toBeInstanceOf(InvalidResponseError);
});

test("the page that is asked for first repeats none, whatever number it gives itself", async () => {
  const server = await serve(reply(200, { data: all, current_page: 3, last_page: 3 }));
  expect(await collected(clientOf(server).customers.list({ page: 9 }))).toEqual(all);
});

test("an empty page is the end, whatever number it gives itself", async () => {
  const server = await serve(
    reply(200, { data: all, current_page: 1 }),
    reply(200, { data: [], current_page: 1 }),
  );
  expect(await collected(clientOf(server).customers.list())).toEqual(all);
  expect(server.requests).toHaveLength(2);
});

describe("an answer without a list", () => {
  test.each<[string, unknown]>([
    ["an object without data", { customers: [] }],
    ["data that is an object", { data: { id: "1" } }],
    ["data that is null", { data: null }],
    ["null", null],
    ["a text", "customers"],
  ])("such as %s is an InvalidResponseError that keeps it", async (_, body) => {
    const events: OnePayEvent[] = [];
    const onepay = new OnePay({
      apiKey,
      fetch: async () => Response.json(body, { headers: { "x-request-id": "req_1" } }),
      onEvent: (event) => events.push(event),
    });
    const error = await faultOf<InvalidResponseError>(onepay.customers.list());
    expect(error).toBeInstanceOf(InvalidResponseError);
    expect(error.message).toMatch(/^listCustomers: 200 is no list/);
    expect(error).toMatchObject({ status: 200, requestId: "req_1", attempts: 1, body });
    expect(events.at(-1)).toMatchObject({ type: "error", error: "InvalidResponseError", status: 200 });
  });
});

test("items of a depth that cannot be written are given, page by page", async () => {
  const deep = (id: number) =>
    `{"data":[{"id":"${id}","deep":${"[".repeat(30_000)}${"]".repeat(30_000)}}],"last_page":2`;
  const server = await serve(
    reply(200, `${deep(1)},"current_page":1}`),
    reply(200, `${deep(2)},"current_page":2}`),
  );
  const items = await collected(clientOf(server).customers.list());
  expect(items.map(({ id }) => id)).toEqual(["1", "2"]);
});

describe("a page that can be no number", () => {
  test.each<[string, object]>([
    ["a Symbol", { page: Symbol("2") }],
    [
      "what cannot be read",
      {
        get page() {
          throw new TypeError("not now");
        },
      },
    ],
    ["an object that cannot become one", { page: Object.create(null) }],
  ])("such as %s rejects, and throws nothing", async (_, query) => {
    const server = await serve(reply(200, { data: all }));
    const call = clientOf(server).customers.list(query);
    expect(call).toBeInstanceOf(Promise);
    expect(await faultOf(call)).toBeInstanceOf(TypeError);
  });
});

test("a long list keeps no page in memory that was passed", async () => {
  setFlagsFromString("--expose-gc");
  const gc = runInNewContext("gc") as () => void;
  const passed: WeakRef<object>[] = [];
  let page = 0;
  const fetch: Fetch = async () => {
    page += 1;
    return Response.json({
      data: [{ id: `${page}`, text: "x".repeat(1_000) }],
      next_page_url: page < 20 ? "x" : null,
    });
  };
  let kept = 0;
  for await (const item of new OnePay({ apiKey, fetch }).customers.list()) {
    passed.push(new WeakRef(item));
    if (passed.length < 20) continue;
    await new Promise((resolve) => setTimeout(resolve, 0));
    gc();
    kept = passed.filter((reference) => reference.deref()).length;
  }
  expect(kept).toBeLessThan(5);
});
