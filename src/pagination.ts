/** Lists: OnePay's documented envelopes, and the bare array that integrators met, as pages of items. */
import type { Failure, Success } from "./attempt.js";
import type { Page, PagePromise } from "./types.js";

/** What a response states about its page. */
export interface Envelope {
  readonly items: unknown[];
  /** Number of the page. */
  readonly number: number | undefined;
  /** Number of items on all pages. */
  readonly total: number | undefined;
  readonly pageCount: number | undefined;
  /** Whether the response has the documented page fields, so that a page has a number. */
  readonly isNumbered: boolean;
  /** Whether there is a page after this one; `undefined` if the response doesn't state it. */
  readonly hasMore: boolean | undefined;
}

/** Fields of the envelope that may have the page fields in them. */
const nestedFields = ["meta", "links", "pagination", "paging", "page_info"];

/** Reads a list. `field` is the field of the envelope with the items; a bare array has no envelope. */
export function parseEnvelope(body: unknown, field: string): Envelope | undefined {
  const envelope: Record<string, unknown> = Array.isArray(body) ? { [field]: body } : Object(body);
  const items = envelope[field];
  if (!Array.isArray(items)) return undefined;
  const nested = nestedFields.map((name) => Object(envelope[name]));
  const pageFields: PageFields = Object.assign({}, envelope, ...nested);
  const number = toNumber(pageFields.current_page);
  const pageCount = toNumber(pageFields.last_page);
  const isNumbered =
    number !== undefined || pageCount !== undefined || pageFields.next_page_url !== undefined;
  const total = toNumber(pageFields.total);
  const hasMore = isNumbered ? hasNumberedMore(pageFields, number, pageCount) : hasUnnumberedMore(pageFields);
  return { items, number, total, pageCount, isNumbered, hasMore };
}

/** Some servers send numbers as strings. */
function toNumber(value: unknown): number | undefined {
  const number = typeof value === "string" && value !== "" ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) ? number : undefined;
}

type PageFields = Readonly<Record<string, unknown>>;

function hasNumberedMore(
  { next_page_url: nextUrl }: PageFields,
  number: number | undefined,
  pageCount: number | undefined,
): boolean | undefined {
  if (nextUrl === null) return false;
  if (number !== undefined && pageCount !== undefined) return number < pageCount;
  return nextUrl ? true : undefined;
}

/** Envelopes that OnePay doesn't document: `has_more`, a link or a cursor to the next page. */
function hasUnnumberedMore(fields: PageFields): boolean | undefined {
  // In this order: a bare cursor may be the one of the current page.
  for (const sign of [/^has_?(more|next)/i, /^next/i, /^(end_?)?cursor$/i]) {
    const values = Object.entries(fields).flatMap(([name, value]) => (sign.test(name) ? [value] : []));
    if (values.length > 0) return values.some((value) => !isEmptyValue(value));
  }
  return undefined;
}

const isEmptyValue = (value: unknown): boolean =>
  value === undefined || value === null || value === false || value === "";

/** What a page needs to know of the pages before it. */
export interface Position {
  /** Number of the page that was requested. */
  readonly number: number;
  /** Number of items on the pages before, if the list was read from its first page. */
  readonly itemsBefore: number | undefined;
  /** Identities of the items on the page before. */
  readonly previous: ReadonlySet<string> | undefined;
}

/** A page that is read: its items, and whether and from which position the list goes on. */
export interface ParsedPage {
  readonly kind: "data";
  readonly data: {
    readonly envelope: Envelope;
    readonly items: unknown[];
    readonly next: Position | undefined;
  };
}

/**
 * Reads a page. A list that isn't finished never looks finished: it's a failure if the server repeats a page although
 * there are more.
 */
export function parsePage(
  { data, response }: Success,
  field: string,
  position: Position,
): ParsedPage | Failure {
  const { number, itemsBefore, previous } = position;
  const invalid = (reason: "not-a-list" | "incomplete-list"): Failure => ({
    kind: "invalid",
    reason,
    response,
    body: data,
  });
  const envelope = parseEnvelope(data, field);
  if (!envelope) return invalid("not-a-list");
  const identities = new Set(envelope.items.map(identityOf));
  const isRepeated = repeats(envelope, identities, number, previous);
  const items = isRepeated ? [] : envelope.items;
  const itemsRead = itemsBefore === undefined ? undefined : itemsBefore + items.length;
  const isEmpty = items.length === 0;
  if (isEmpty && isIncomplete(envelope, isRepeated, itemsRead)) return invalid("incomplete-list");
  const isLast = isEmpty || envelope.hasMore === false;
  const next = isLast ? undefined : { number: number + 1, itemsBefore: itemsRead, previous: identities };
  return { kind: "data", data: { envelope, items, next } };
}

/** Items have an id, and may change between two requests. */
const identityOf = (item: unknown): string => JSON.stringify((item as { id?: unknown } | null)?.id ?? item);

/** Whether the server returned an earlier page again, as one that ignores the page number does. */
function repeats(
  { items, number }: Envelope,
  identities: ReadonlySet<string>,
  requested: number,
  previous: ReadonlySet<string> | undefined,
): boolean {
  if (!previous || items.length === 0) return false;
  // More items than before may have been added, so the earlier ones only have to be among them.
  return number === undefined ? [...previous].every((id) => identities.has(id)) : number < requested;
}

/** Whether a page without new items can't be the end of the list. */
function isIncomplete(
  { isNumbered, hasMore, total }: Envelope,
  isRepeated: boolean,
  itemsRead: number | undefined,
): boolean {
  // A list with numbered pages never repeats one.
  if (isNumbered && isRepeated) return true;
  // What the response states about the next page is more precise than a total.
  if (hasMore !== undefined) return hasMore;
  return total !== undefined && itemsRead !== undefined && total > itemsRead;
}

/** Requests the page at a position. */
export type FetchPage<T> = (position: Position) => PagePromise<T>;

export function createPage<T>({ data }: ParsedPage, label: string, fetchPage: FetchPage<T>): Page<T> {
  const { envelope, items, next } = data;
  const page: Page<T> = {
    items: items as T[],
    number: envelope.number,
    total: envelope.total,
    pageCount: envelope.pageCount,
    hasNextPage: () => next !== undefined,
    getNextPage: () =>
      next
        ? fetchPage(next)
        : rejectedPage(
            new RangeError(`${label}: there is no next page. Check page.hasNextPage() first.`),
            label,
          ),
    [Symbol.asyncIterator]: () => iterateItems(page),
  };
  return page;
}

/** A page and all pages after it. */
async function* iteratePages<T>(
  first: Page<T> | PromiseLike<Page<T>>,
): AsyncGenerator<Page<T>, void, undefined> {
  for (let page = await first; ; page = await page.getNextPage()) {
    yield page;
    if (!page.hasNextPage()) return;
  }
}

async function* iterateItems<T>(first: Page<T> | PromiseLike<Page<T>>): AsyncGenerator<T, void, undefined> {
  for await (const page of iteratePages(first)) yield* page.items;
}

/** Adds the ways to read a list to the promise of its first page. */
export function toPagePromise<T, P extends Promise<Page<T>>>(first: P, label: string) {
  return Object.assign(first, {
    toArray: async (options: { readonly limit: number }) => {
      const limit = options?.limit;
      if (!Number.isSafeInteger(limit) || limit < 1) {
        // The request is on its way: nobody else handles its failure.
        first.catch(() => {});
        throw new TypeError(
          `${label}: toArray needs a limit. Pass the largest number of items: toArray({ limit: 1_000 }).`,
        );
      }
      const items: T[] = [];
      for await (const item of iterateItems<T>(first)) {
        if (items.push(item) === limit) break;
      }
      return items;
    },
    pages: () => iteratePages<T>(first),
    [Symbol.asyncIterator]: () => iterateItems<T>(first),
  });
}

function rejectedPage<T>(error: Error, label: string): PagePromise<T> {
  const rejected = Promise.reject(error);
  return toPagePromise(Object.assign(rejected, { withResponse: () => rejected }), label);
}
