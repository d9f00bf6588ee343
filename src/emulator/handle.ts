/** From a request to what the client gets: authentication, validation, idempotency, faults, behavior. */
import { contract } from "../../generated/contract.js";
import { behaviors } from "./behaviors.js";
import type { Context } from "./context.js";
import { type Fault, type Faults, faultReply } from "./faults.js";
import { actOnce, type InProgress } from "./idempotency.js";
import { type EmulatedRequest, readRequest } from "./request.js";
import { error, json, noContent, type Reply } from "./responses.js";
import { type Route, route } from "./router.js";
import type { RecordedRequest } from "./types.js";
import { validateRequest } from "./validate.js";

export interface Emulation {
  readonly context: Context;
  readonly faults: Faults;
  readonly inProgress: InProgress;
  readonly apiKeys: readonly string[] | undefined;
  readonly record: (request: RecordedRequest) => void;
}

/** What the client gets: the response, and the fault of its connection, if any. */
export interface Handled {
  readonly reply: Reply;
  readonly fault: Fault | undefined;
  readonly recorded: RecordedRequest;
}

export async function handle(emulation: Emulation, incoming: Request): Promise<Handled> {
  const request = await readRequest(incoming);
  const routed = route(request.method, request.path);
  const recorded = recordRequest(request, routed);
  emulation.record(recorded);
  const fault = typeof routed === "object" ? emulation.faults.next(routed.id) : undefined;
  if (fault?.delay && fault.kind === "latency")
    await new Promise((resolve) => setTimeout(resolve, fault.delay));
  const isLost = fault?.when === "before" && fault.kind !== "latency";
  const acted = isLost ? { reply: lost, isReplay: false } : await act(emulation, request, routed);
  const reply = (fault && faultReply(fault)) ?? acted.reply;
  recorded.status = isDelivered(fault) ? reply.status : undefined;
  recorded.isReplay = acted.isReplay;
  recorded.fault = fault?.kind;
  recorded.reason = reply.reason;
  return { reply, fault, recorded };
}

/** A request that never reached the operation. The fault replaces this response or breaks the connection. */
const lost: Reply = error(500, "Error interno del servidor.");

const isDelivered = (fault: Fault | undefined): boolean =>
  !fault || fault.kind === "latency" || faultReply(fault) !== undefined;

async function act(
  { context, inProgress, apiKeys }: Emulation,
  request: EmulatedRequest,
  routed: Route | "method" | undefined,
): Promise<{ reply: Reply; isReplay: boolean }> {
  const answer = (reply: Reply) => ({ reply, isReplay: false });
  const apiKey = (request.headers.get("authorization") ?? "").replace(/^Bearer\s+/i, "");
  if (apiKey.startsWith("sk_live_")) return answer(liveKeyRefused);
  if (routed === undefined) return answer(error(404, "La ruta no existe."));
  if (routed === "method") return answer(error(405, "El método no está permitido."));
  const operation = contract[routed.id];
  if (!operation) return answer(error(404, "La ruta no existe."));
  request.ids = routed.ids;
  const invalid = validateRequest(operation, request);
  if (invalid) return answer(invalid);
  if (!isAccepted(apiKey, apiKeys)) return answer(error(401, "No autenticado."));
  const behave = async () => behaviors[routed.id]?.(request, context) ?? firstExample(operation.success);
  const idempotencyKey = request.headers.get("x-idempotency");
  if (!idempotencyKey || request.method === "GET") return answer(await behave());
  const content = `${request.path} ${JSON.stringify(request.body)}`;
  return actOnce(
    context.state,
    inProgress,
    { apiKey, operation: routed.id, idempotencyKey, content },
    behave,
  );
}

const liveKeyRefused = error(
  401,
  "Emulator: a live key was refused. Use a test key (sk_test_…), and check where the live key comes from.",
);

const isAccepted = (apiKey: string, accepted: readonly string[] | undefined): boolean =>
  accepted ? accepted.includes(apiKey) : apiKey.startsWith("sk_test_");

function firstExample({ status, body }: { readonly status: number; readonly body?: unknown }): Reply {
  return body === undefined ? noContent : json(status, body);
}

function recordRequest(request: EmulatedRequest, routed: Route | "method" | undefined): RecordedRequest {
  return {
    method: request.method,
    path: request.path,
    query: Object.fromEntries(request.query),
    operation: typeof routed === "object" ? routed.id : undefined,
    idempotencyKey: request.headers.get("x-idempotency") ?? undefined,
    body: request.body,
    status: undefined,
    isReplay: false,
    fault: undefined,
    reason: undefined,
  };
}
