/** API keys: the emulator accepts test keys, and refuses live keys loudly. */
import type { EmulatedRequest } from "./request.js";
import { error, type Reply } from "./responses.js";

export const isTestKey = (key: unknown): boolean => typeof key === "string" && key.startsWith("sk_test_");

const isLiveKey = (key: string): boolean => /^[sp]k_live_/i.test(key);

/** The API key of a request; an empty string if there is none. */
export const apiKeyOf = ({ headers }: Pick<EmulatedRequest, "headers">): string =>
  (headers.get("authorization") ?? "").replace(/^Bearer\s+/i, "");

export const hasLiveKey = (request: Pick<EmulatedRequest, "headers">): boolean =>
  isLiveKey(apiKeyOf(request).trim());

export const isAccepted = (apiKey: string, accepted: readonly string[] | undefined): boolean =>
  accepted ? accepted.includes(apiKey) : isTestKey(apiKey);

export const liveKeyRefused: Reply = error(
  401,
  "Emulator: a live key was refused. Use a test key (sk_test_…), and check where the live key comes from.",
);

export const unknownKey: Reply = error(401, "No autenticado.");
