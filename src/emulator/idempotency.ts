/** Idempotency keys: the operation acts once per key, and the same request gets the same response. */
import { error, type Reply } from "./responses.js";
import type { EmulatorState } from "./types.js";

export interface KeyedRequest {
  /** API key, operation, customer of the session, and the idempotency key: assumed. */
  readonly scope: readonly string[];
  /** Everything that must be the same in a repeated request: path and body. */
  readonly content: string;
}

export interface KeyedReply {
  readonly reply: Reply;
  /** Whether an earlier request made the response. */
  readonly isReplay: boolean;
}

/** Requests that are being handled, so that a concurrent one with the same key waits for them. */
export type InProgress = Map<string, Promise<Reply>>;

/** Runs `act` unless an earlier request with the key did. */
export async function actOnce(
  state: EmulatorState,
  inProgress: InProgress,
  request: KeyedRequest,
  act: () => Promise<Reply>,
): Promise<KeyedReply> {
  const key = JSON.stringify(request.scope);
  // A loop, since several may wait, and the first of them acts if the request before failed.
  while (inProgress.has(key)) await inProgress.get(key);
  const stored = Object.hasOwn(state.responses, key) ? state.responses[key] : undefined;
  if (stored) {
    if (stored.request !== request.content) return { reply: otherBody, isReplay: false };
    return { reply: { status: stored.status, body: stored.body }, isReplay: true };
  }
  const acting = act();
  inProgress.set(key, acting);
  try {
    const reply = await acting;
    // A refused request had no effect, so a corrected one may use the key again: assumed.
    if (reply.status < 300)
      state.responses[key] = { request: request.content, status: reply.status, body: reply.body };
    return { reply, isReplay: false };
  } finally {
    inProgress.delete(key);
  }
}

const otherBody = error(422, "La clave de idempotencia ya se usó con otros datos.");
