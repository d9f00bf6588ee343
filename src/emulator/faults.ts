/** Faults: what can go wrong with a request, before or after the operation acts. */
import { operations } from "../../generated/operations.js";
import { type Checks, checkField, checkFields, numberBetween, oneOf, wholeNumber } from "./checks.js";
import { randomAt } from "./random.js";
import type { Reply } from "./responses.js";

/** Faults of the connection: the client gets no complete response. */
const connectionFaults = ["lose-response", "reset", "stall-headers", "stall-body", "truncate-body"] as const;

/** Faults of the server: the client gets another response. */
const responseFaults = ["html", "429", "500", "503"] as const;

/**
 * A kind of fault. `lose-response`: the operation acts, then the connection breaks. `reset`: the connection breaks before
 * it acts. `stall-headers`, `stall-body`: the response, or its rest, never arrives. `truncate-body`: the connection
 * breaks in the middle of the body. `html`: a page instead of JSON. `latency` delays the response and changes nothing else.
 */
export type FaultKind = (typeof connectionFaults)[number] | (typeof responseFaults)[number] | "latency";

export const faultKinds: readonly FaultKind[] = [...connectionFaults, ...responseFaults, "latency"];

export interface FaultOptions {
  /**
   * How many requests get the fault.
   *
   * @default 1
   */
  readonly times?: number | undefined;
  /**
   * `"before"`: the fault happens before the operation acts, so it never does. `"after"`: the operation acts, and only
   * the response is affected. A delayed operation acts in both cases.
   *
   * @default "after" for `lose-response`, `stall-body`, `truncate-body` and `latency`; otherwise "before"
   */
  readonly when?: "before" | "after" | undefined;
  /**
   * Milliseconds for `latency`.
   *
   * @default 100
   */
  readonly delay?: number | undefined;
  /**
   * Seconds in the header `Retry-After` of a 429 or 503.
   *
   * @default undefined (no header)
   */
  readonly retryAfter?: number | undefined;
}

/** A fault of one request. */
export interface Fault {
  readonly kind: FaultKind;
  readonly when: "before" | "after";
  readonly delay: number;
  readonly retryAfter: number | undefined;
}

interface InjectedFault extends Fault {
  /** An operationId, or `*` for all. */
  readonly operation: string;
  remaining: number;
}

export interface Faults {
  inject(operation: string, kind: FaultKind, options?: FaultOptions): void;
  /** The fault of the next request; injected ones first, in their order. */
  next(operation: string): Fault | undefined;
  /** Removes injected faults, and starts the random ones from the beginning. */
  clear(): void;
}

const actsByDefault = new Set<FaultKind>(["lose-response", "stall-body", "truncate-body", "latency"]);

export function createFaults(random: { readonly seed: number; readonly rate: number } | undefined): Faults {
  const injected: InjectedFault[] = [];
  let requests = 0;
  return {
    inject(operation, kind, options = {}) {
      checkFault(operation, kind, options);
      const { times = 1, when, delay = 100, retryAfter } = options;
      const moment = when ?? (actsByDefault.has(kind) ? "after" : "before");
      injected.push({ operation, kind, when: moment, delay, retryAfter, remaining: times });
    },
    next(operation) {
      requests += 1;
      const found = injected.find((fault) => fault.operation === "*" || fault.operation === operation);
      if (!found) return random && randomFault(random, requests);
      found.remaining -= 1;
      if (found.remaining === 0) injected.splice(injected.indexOf(found), 1);
      return found;
    },
    clear() {
      injected.length = 0;
      requests = 0;
    },
  };
}

const optionChecks: Checks = {
  times: wholeNumber(1),
  when: oneOf(["before", "after"]),
  // Timers of the platforms end at 2^31 - 1 ms.
  delay: numberBetween(0, 2 ** 31 - 1),
  retryAfter: wholeNumber(0),
};

function checkFault(operation: unknown, kind: unknown, options: unknown): void {
  checkField("injectFault", "operation", operation, oneOf([...Object.keys(operations), "*"]));
  checkField("injectFault", "kind", kind, oneOf(faultKinds));
  checkFields("injectFault", options, optionChecks);
}

/** Faults of a soak test: all kinds but `latency`, before and after the operation acts. */
function randomFault({ seed, rate }: { seed: number; rate: number }, request: number): Fault | undefined {
  const draw = (index: number) => randomAt(seed, request * 3 + index);
  if (draw(0) >= rate) return undefined;
  const kinds = [...connectionFaults, ...responseFaults];
  const kind = kinds[Math.floor(draw(1) * kinds.length)] as FaultKind;
  return { kind, when: randomMoment(kind, draw(2)), delay: 0, retryAfter: undefined };
}

function randomMoment(kind: FaultKind, draw: number): Fault["when"] {
  if (kind === "lose-response") return "after";
  // A 429 states that the server didn't act.
  if (kind === "429") return "before";
  return draw < 0.5 ? "after" : "before";
}

/** The response of a faulty server; `undefined` if the fault leaves the response as it is. */
export function faultReply({ kind, retryAfter }: Fault): Reply | undefined {
  const headers = retryAfter === undefined ? {} : { "retry-after": String(retryAfter) };
  switch (kind) {
    case "html":
      return {
        status: 200,
        body: "<!doctype html><title>Mantenimiento</title>",
        headers: { "content-type": "text/html" },
      };
    case "429":
      return { status: 429, body: '{"message":"Demasiadas solicitudes."}', headers };
    case "500":
      return { status: 500, body: '{"message":"Error interno del servidor."}' };
    case "503":
      return { status: 503, body: '{"message":"Servicio no disponible."}', headers };
    default:
      return undefined;
  }
}
