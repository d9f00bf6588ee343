/** Lists: OnePay's three documented envelopes, and the bare array that integrators met, as pages of items. */
import { InvalidResponseError } from "./errors.js";
import type { Answer } from "./send.js";
import type { Page, PagePromise } from "./types.js";

/**
 * The page that an answer holds, its items in the field `name` of an envelope. `number` is what was asked for,
 * `before` the keys of the items of the page before; `next` asks for the page after this one, given this one's keys,
 * or none where this is the last.
 */
export function pageOf<T>(
  { data: body, response, fail }: Answer,
  name: string,
  number: number,
  before: readonly string[] | undefined,
  next: (keys: string[]) => PagePromise<T>,
): Page<T> {
  const invalid = (message: string) => fail({ type: InvalidResponseError, message, response, body });
  const envelope = Array.isArray(body) ? { [name]: body } : Object(body);
  const items = envelope[name];
  if (!Array.isArray(items)) throw invalid(`${response.status} is no list`);
  const { current_page: current, last_page: last, next_page_url: url } = { ...envelope, ...envelope.meta };
  const keys = items.map((item) => JSON.stringify(item?.id ?? item));
  const isEmpty = !items.length;
  // By the page's number, where it has one; else by the items, of which there may be more now, and changed ones.
  const isRepeated =
    before && !isEmpty && (current ? current < number : before.every(Set.prototype.has, new Set(keys)));
  // An answer without any sign of pages is the whole list, however often it is asked for.
  if (isRepeated && (url !== undefined || last || current))
    throw invalid(`page ${number} repeats an earlier one`);
  const isLast = isEmpty || isRepeated || url === null || Number(current) >= (last ?? 1 / 0);
  const page: Page<T> = {
    items: isRepeated ? [] : items,
    hasNextPage: () => !isLast,
    nextPage: () => next(isLast ? [] : keys),
    [Symbol.asyncIterator]: () => itemsFrom(page),
  };
  return page;
}

/** The items of a page and of all pages after it. */
export async function* itemsFrom<T>(
  first: Page<T> | PromiseLike<Page<T>>,
): AsyncGenerator<T, void, undefined> {
  for (let page = await first; ; page = await page.nextPage()) {
    yield* page.items;
    if (!page.hasNextPage()) return;
  }
}
