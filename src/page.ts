/** Lists: OnePay's three documented envelopes, and the bare array that integrators met, as pages of items. */
import { type AnswerDetails, InvalidResponseError } from "./errors.js";
import type { Answer } from "./send.js";
import type { Page, PagePromise } from "./types.js";

/** Asks for the page of that number. */
type Ask<T> = (number: number) => PagePromise<T>;

interface Read {
  readonly items: unknown[];
  /** What the envelope says of a next page; `undefined` where nothing does. */
  readonly more: boolean | undefined;
  /** The number that the envelope gives itself. */
  readonly number: number | undefined;
}

/** The page that an answer holds. `number` is what was asked for; `before` the page before it, if one was read. */
export function pageOf<T>(answer: Answer, number: number, ask: Ask<T>, before?: Page<T>): Page<T> {
  const read = readPage(answer);
  const items = read.items as T[];
  const { more } = read;
  if (before && items.length > 0 && (isSame(before.items, items) || (read.number ?? number) < number)) {
    // An answer without any sign of pages is the whole list, however often it is asked for.
    if (more === undefined) return pageWith([], false, number, ask);
    throw invalid(answer, `asked for page ${number}, the server repeats one that was read already.`);
  }
  return pageWith(items, items.length > 0 && more !== false, number, ask);
}

function pageWith<T>(items: T[], more: boolean, number: number, ask: Ask<T>): Page<T> {
  const page: Page<T> = {
    items,
    hasNextPage: () => more,
    nextPage() {
      if (!more) throw new RangeError("There is no page after this one; ask hasNextPage() first.");
      return ask(number + 1);
    },
    [Symbol.asyncIterator]: () => itemsFrom(page),
  };
  return page;
}

/** The items of a page and of all pages after it. */
export async function* itemsFrom<T>(
  first: Page<T> | PromiseLike<Page<T>>,
): AsyncGenerator<T, void, undefined> {
  let page = await first;
  for (;;) {
    yield* page.items;
    if (!page.hasNextPage()) return;
    page = await page.nextPage();
  }
}

function readPage(answer: Answer): Read {
  const { data, call } = answer;
  if (data === undefined) return { items: [], more: false, number: undefined };
  if (Array.isArray(data)) return { items: data, more: undefined, number: undefined };
  const envelope = recordOf(data);
  const items = envelope[call.operation.pagination?.items ?? ""];
  if (!Array.isArray(items)) throw invalid(answer, "the answer holds no list.");
  const { current_page: current, last_page: last } = { ...envelope, ...recordOf(envelope.meta) };
  const { next_page_url: next } = envelope;
  const ends = next === null || (typeof current === "number" && typeof last === "number" && current >= last);
  const isSigned = next !== undefined || typeof last === "number";
  return {
    items,
    more: isSigned ? !ends : undefined,
    number: typeof current === "number" ? current : undefined,
  };
}

const recordOf = (value: unknown): Record<string, unknown> =>
  typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};

const isSame = (one: unknown[], other: unknown[]): boolean => JSON.stringify(one) === JSON.stringify(other);

function invalid({ call, attempts, response, data }: Answer, message: string): InvalidResponseError {
  const { id, idempotencyKey } = call;
  const { status, headers } = response;
  const details: AnswerDetails = {
    operation: id,
    idempotencyKey,
    attempts,
    outcome: "unknown",
    status,
    headers,
    body: data,
    requestId: headers.get("x-request-id") ?? undefined,
    retryAfter: undefined,
  };
  return new InvalidResponseError(`${id}: ${message}`, details);
}
