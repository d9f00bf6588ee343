/** Delivers a response as `fetch` does, with the faults of its connection. */
import type { Handled } from "./handle.js";
import { type Reply, toResponse } from "./responses.js";

/** Resolves to the response, or rejects as `fetch` does if the connection breaks or the signal aborts. */
export async function deliver(
  handling: () => Promise<Handled>,
  signal: AbortSignal | undefined,
): Promise<Response> {
  signal?.throwIfAborted();
  // The operation acts even if the client stops waiting, as on a server.
  const { reply, fault } = await untilAborted(handling(), signal);
  switch (fault?.kind) {
    case "lose-response":
    case "reset":
      throw connectionReset();
    case "stall-headers":
      return untilAborted(new Promise<never>(() => {}), signal);
    case "stall-body":
      return halfResponse(reply, (controller) => failWhenAborted(controller, signal));
    case "truncate-body":
      return halfResponse(reply, (controller) => controller.error(connectionReset()));
    default:
      return toResponse(reply);
  }
}

/** The error of Node.js for a broken connection. */
const connectionReset = (): TypeError =>
  new TypeError("fetch failed", {
    cause: Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" }),
  });

/** For those who can't respond with an exception: a broken connection is `Response.error()`. */
export const brokenConnection =
  (signal: AbortSignal) =>
  (error: unknown): Response => {
    if (signal.aborted || isConnectionReset(error)) return Response.error();
    throw error;
  };

const isConnectionReset = (error: unknown): boolean =>
  error instanceof TypeError && (error.cause as { code?: unknown } | undefined)?.code === "ECONNRESET";

/** Rejects as soon as the signal aborts. */
function untilAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return work;
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    onAbort(signal, abort);
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}

/** Calls `react` when the signal aborts, or now if it has. */
function onAbort(signal: AbortSignal, react: () => void): void {
  if (signal.aborted) react();
  else signal.addEventListener("abort", react, { once: true });
}

function failWhenAborted(controller: ReadableStreamDefaultController, signal: AbortSignal | undefined): void {
  if (signal) onAbort(signal, () => controller.error(signal.reason));
}

/** A response with the first half of its body; `end` decides what happens then. */
function halfResponse(
  { status, body }: Reply,
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
  return new Response(stream, { status, headers: { "content-type": "application/json" } });
}
