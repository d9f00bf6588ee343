/** Delivers a response as `fetch` does, with the faults of its connection. */
import type { Handled } from "./handle.js";
import { toResponse } from "./responses.js";

/** Resolves to the response, or rejects as `fetch` does if the connection breaks or the signal aborts. */
export function deliver({ reply, fault }: Handled, signal: AbortSignal | undefined): Promise<Response> {
  switch (fault?.kind) {
    case "lose-response":
    case "reset":
      return Promise.reject(connectionReset());
    case "stall-headers":
      return untilAborted(signal);
    case "stall-body":
      return Promise.resolve(partialResponse(reply, (controller) => failWhenAborted(controller, signal)));
    case "truncate-body":
      return Promise.resolve(partialResponse(reply, (controller) => controller.error(connectionReset())));
    default:
      return Promise.resolve(toResponse(reply));
  }
}

/** The error of Node.js for a broken connection. */
const connectionReset = (): TypeError =>
  new TypeError("fetch failed", {
    cause: Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" }),
  });

function untilAborted(signal: AbortSignal | undefined): Promise<Response> {
  return new Promise((_resolve, reject) => {
    if (signal?.aborted) reject(signal.reason);
    signal?.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}

function failWhenAborted(controller: ReadableStreamDefaultController, signal: AbortSignal | undefined): void {
  signal?.addEventListener("abort", () => controller.error(signal.reason), { once: true });
}

/** A response with the first half of its body; `end` decides what happens then. */
function partialResponse(
  { status, body }: Handled["reply"],
  end: (controller: ReadableStreamDefaultController) => void,
): Response {
  let isSent = false;
  const stream = new ReadableStream({
    pull(controller) {
      if (isSent) return end(controller);
      isSent = true;
      controller.enqueue(new TextEncoder().encode(body.slice(0, Math.ceil(body.length / 2))));
    },
  });
  const hasBody = status !== 204;
  return new Response(hasBody ? stream : null, { status, headers: { "content-type": "application/json" } });
}
