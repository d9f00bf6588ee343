/** Reading a response's body, up to a limit. */
import type { Exchange } from "./attempt.js";

/** How reading ended. `cause` has what broke it, in an object, since anything can be thrown, even `undefined`. */
interface ReadEnd {
  readonly isTooLarge: boolean;
  readonly cause?: { readonly error: unknown };
}

/**
 * Reads the body into `exchange.text`, so that what has arrived is there even if the rest never comes. Every path
 * releases the connection: an unread body would keep it open, and an endless one would fill the memory.
 */
export async function readBody(response: Response, exchange: Exchange, maxBytes: number): Promise<ReadEnd> {
  try {
    const reader = response.body?.getReader?.();
    // Some platforms and some replacements of fetch have no web stream.
    if (!reader) return await readText(response, exchange, maxBytes);
    exchange.cancel = () => ignoreErrors(() => reader.cancel());
    // The attempt ended while fetch was at work.
    if (exchange.isOver) return end(exchange, false);
    const decoder = new TextDecoder();
    for (let bytes = 0; ; ) {
      const { done, value } = await reader.read();
      if (done) break;
      if (exchange.isOver) return end(exchange, false);
      bytes += value.byteLength;
      exchange.text += decoder.decode(value, { stream: true });
      if (bytes > maxBytes) return end(exchange, true);
    }
    exchange.text += decoder.decode();
    return { isTooLarge: false };
  } catch (error) {
    exchange.cancel();
    return { isTooLarge: false, cause: { error } };
  }
}

function end(exchange: Exchange, isTooLarge: boolean): ReadEnd {
  exchange.cancel();
  return { isTooLarge };
}

async function readText(response: Response, exchange: Exchange, maxBytes: number): Promise<ReadEnd> {
  exchange.text = await response.text();
  // A character has at least one byte.
  return { isTooLarge: exchange.text.length > maxBytes };
}

async function ignoreErrors(cancel: () => Promise<void>): Promise<void> {
  try {
    await cancel();
  } catch {
    // A stream that is broken already can't be canceled.
  }
}
