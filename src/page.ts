/** Lists: OnePay's three documented envelopes, and the bare array that integrators met, as pages of items. */
import { InvalidResponseError } from "./errors.js";
import type { Answer } from "./send.js";
import type { Page, PagePromise } from "./types.js";

/**
 * The page that an answer holds, its items in the field `name` of an envelope. `number` is what was asked for,
 * `before` the text of the items of the page before; `next` asks for the page after this one, given this one's text,
 * or refuses to where there is none.
 */
export function pageOf<T>(
  { data: body, text: all, response, fail }: Answer,
  name: string,
  number: number,
  before: string | undefined,
  next: (text: string) => PagePromise<T>,
): Page<T> {
  const invalid = (message: string) => fail({ type: InvalidResponseError, message, response, body });
  const envelope = Array.isArray(body) ? { [name]: body } : Object(body);
  const items = envelope[name];
  if (!Array.isArray(items)) throw invalid("the answer is no list");
  const { current_page: current, last_page: last, next_page_url: url } = { ...envelope, ...envelope.meta };
  let text = all;
  try {
    text = JSON.stringify(items);
  } catch {
    // Deeper than any program can write, though not read: the whole answer has to do.
  }
  const isEmpty = items.length === 0;
  const isRepeated = before && !isEmpty && (text === before || current < number);
  // An answer without any sign of pages is the whole list, however often it is asked for.
  if (isRepeated && (url !== undefined || last || current))
    throw invalid(`page ${number} repeats an earlier one`);
  const isLast = isEmpty || isRepeated || url === null || Number(current) >= (last ?? 1 / 0);
  const page: Page<T> = {
    items: isRepeated ? [] : items,
    hasNextPage: () => !isLast,
    nextPage: () => next(isLast ? "" : text),
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
