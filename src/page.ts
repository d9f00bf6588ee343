/** Lists: OnePay's three documented envelopes, and the bare array that integrators met, as pages of items. */
import { InvalidResponseError } from "./errors.js";
import type { Answer } from "./send.js";
import type { Page, PagePromise } from "./types.js";

/**
 * The page that an answer holds. `number` is what was asked for, `before` the text of the items of the page before;
 * `next` asks for the page after this one, given this one's text, or refuses to where there is none.
 */
export function pageOf<T>(
  answer: Answer,
  number: number,
  before: string | undefined,
  next: (text?: string) => PagePromise<T>,
): Page<T> {
  const { data: body, response, call } = answer;
  const invalid = (message: string) => answer.fail({ type: InvalidResponseError, message, response, body });
  const envelope = recordOf(body);
  const items = Array.isArray(body) ? body : envelope[call.operation.pagination?.items ?? ""];
  if (!Array.isArray(items)) throw invalid("the answer holds no list.");
  const { current_page, last_page, next_page_url } = { ...envelope, ...recordOf(envelope.meta) };
  const text = JSON.stringify(items);
  const isEmpty = items.length === 0;
  const isRepeated = before !== "" && !isEmpty && (text === before || Number(current_page) < number);
  // An answer without any sign of pages is the whole list, however often it is asked for.
  if (isRepeated && (next_page_url !== undefined || (last_page ?? current_page) !== undefined))
    throw invalid(`asked for page ${number}, the server repeats one that was read already.`);
  const isLast = isEmpty || isRepeated || next_page_url === null || Number(current_page) >= Number(last_page);
  const page: Page<T> = {
    items: isRepeated ? [] : items,
    hasNextPage: () => !isLast,
    nextPage: () => next(isLast ? undefined : text),
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

const recordOf = (value: unknown): Record<string, unknown> =>
  typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
