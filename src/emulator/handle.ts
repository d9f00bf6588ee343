/** From a request to what the client gets: API key, faults, validation, session, idempotency, behavior. */
import { contract } from "../../generated/contract.js";
import type { OperationContract } from "../contract.js";
import { behaviors } from "./behaviors.js";
import type { Context } from "./context.js";
import { type Fault, type Faults, faultReply } from "./faults.js";
import { actOnce, type InProgress, type KeyedReply } from "./idempotency.js";
import { apiKeyOf, hasLiveKey, isAccepted, liveKeyRefused, unknownKey } from "./keys.js";
import { documentedQuery, type EmulatedRequest } from "./request.js";
import { error, json, noContent, type Reply } from "./responses.js";
import { type Route, route } from "./router.js";
import { invalidSession, sessionCustomer } from "./sessions.js";
import type { RecordedRequest } from "./types.js";
import { hasCredentials, validateRequest } from "./validate.js";

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

export async function handle(emulation: Emulation, request: EmulatedRequest): Promise<Handled> {
  const routed = route(request.method, request.path);
  if (hasLiveKey(request)) return refuseLiveKey(emulation, request);
  const recorded = recordRequest(request, routed);
  emulation.record(recorded);
  const fault = typeof routed === "object" ? emulation.faults.next(routed.id) : undefined;
  const { reply, isReplay } = await actWithFault(fault, () => act(emulation, request, routed));
  const sent = fault && faultOf(fault, reply);
  Object.assign(recorded, {
    status: isDelivered(sent) ? reply.status : undefined,
    isReplay,
    fault: fault?.kind,
    reason: reply.reason,
  });
  return { reply, fault: sent, recorded };
}

/** A live key, and the data of real customers, must not end up in a log: the request is recorded without its data. */
function refuseLiveKey(emulation: Emulation, request: EmulatedRequest): Handled {
  const { method, path } = request;
  const withoutData = { ...request, query: new URLSearchParams(), headers: new Headers(), body: undefined };
  const recorded = recordRequest(withoutData, undefined);
  emulation.record(Object.assign(recorded, { status: 401, reason: liveKeyRefused.reason }));
  console.error(`${liveKeyRefused.reason} Refused: ${method} ${path}`);
  return { reply: liveKeyRefused, fault: undefined, recorded };
}

/** Runs the operation unless the fault prevents it, and applies what the fault changes about the response. */
async function actWithFault(fault: Fault | undefined, run: () => Promise<KeyedReply>): Promise<KeyedReply> {
  if (!fault) return run();
  if (fault.kind === "latency") return actSlowly(fault, run);
  const acted = fault.when === "after" ? await run() : { reply: lost, isReplay: false };
  return { ...acted, reply: faultReply(fault) ?? acted.reply };
}

async function actSlowly({ when, delay }: Fault, run: () => Promise<KeyedReply>): Promise<KeyedReply> {
  if (when === "before") await wait(delay);
  const acted = await run();
  if (when === "after") await wait(delay);
  return acted;
}

const wait = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

/** A request that never reached the operation. The fault replaces this response or breaks the connection. */
const lost: Reply = error(500, "Error interno del servidor.");

/** A response without a body can't break in the middle of it: nothing arrives then. */
function faultOf(fault: Fault, { body }: Reply): Fault {
  if (body !== "") return fault;
  if (fault.kind === "stall-body") return { ...fault, kind: "stall-headers" };
  if (fault.kind === "truncate-body") return { ...fault, kind: "lose-response" };
  return fault;
}

const isDelivered = (fault: Fault | undefined): boolean =>
  !fault || fault.kind === "latency" || faultReply(fault) !== undefined;

async function act(
  { context, inProgress, apiKeys }: Emulation,
  incoming: EmulatedRequest,
  routed: Route | "method" | undefined,
): Promise<KeyedReply> {
  const first = (reply: Reply): KeyedReply => ({ reply, isReplay: false });
  if (routed === "method") return first(error(405, "El método no está permitido."));
  const operation = routed && contract[routed.id];
  if (!operation) return first(error(404, "La ruta no existe."));
  const apiKey = apiKeyOf(incoming);
  if (!hasCredentials(operation, incoming) || !isAccepted(apiKey, apiKeys)) return first(unknownKey);
  const request = { ...incoming, ids: routed.ids, query: documentedQuery(operation, incoming) };
  const invalid = validateRequest(operation, request);
  if (invalid) return first(invalid);
  const customer = sessionCustomer(request, context);
  if (needsSession(operation) && !customer) return first(invalidSession);
  const behave = async () => behaviors[routed.id]?.(request, context) ?? firstExample(operation);
  const idempotencyKey = request.headers.get("x-idempotency");
  if (!idempotencyKey || !honorsKeys(operation)) return first(await behave());
  const scope = [apiKey, routed.id, customer?.id ?? "", idempotencyKey];
  const content = `${request.path} ${JSON.stringify(request.body)}`;
  return actOnce(context.state, inProgress, { scope, content }, behave);
}

const needsSession = ({ security }: OperationContract): boolean =>
  security.length > 0 && security.every((headers) => headers.includes("x-customer-token"));

/** Only the operations that document the header. With others, a repeated request acts again. */
const honorsKeys = ({ parameters }: OperationContract): boolean =>
  parameters.some(({ in: place, name }) => place === "header" && name.toLowerCase() === "x-idempotency");

const firstExample = ({ success: { status, body } }: OperationContract): Reply =>
  body === undefined ? { ...noContent, status } : json(status, body);

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
