/** The control API of the server: `/_emulator/requests`, `/faults`, `/reset`, `/state`, `/otp`, `/cards`, `/accounts`. */
import {
  type Emulator,
  type EmulatorState,
  type FaultKind,
  type FaultOptions,
  InvalidArgument,
} from "./index.js";
import { error, json, noContent, type Reply } from "./responses.js";

const prefix = "/_emulator";

export const isControlPath = (pathname: string): boolean => pathname.split("/")[1] === prefix.slice(1);

/** The reply of the control API. Bad input gets 400 with one message. */
export function controlReply(emulator: Emulator, method: string, pathname: string, body: string): Reply {
  try {
    return runCommand(emulator, `${method} ${pathname.slice(prefix.length)}`, body);
  } catch (problem) {
    if (!(problem instanceof InvalidArgument)) throw problem;
    return error(400, problem.message);
  }
}

function runCommand(emulator: Emulator, command: string, body: string): Reply {
  switch (command) {
    case "GET /requests":
      return json(200, emulator.requests);
    case "POST /faults":
      return injectFault(emulator, readObject(body));
    case "POST /reset":
      emulator.reset();
      return noContent;
    case "GET /state":
      return json(200, emulator.state());
    case "PUT /state":
      emulator.setState(readObject(body) as unknown as EmulatorState);
      return noContent;
    case "POST /otp":
      return json(200, { otp: emulator.otp(readObject(body).phone as string) });
    case "POST /cards":
      return addTo(readObject(body), (id, card) => emulator.addCard(id, card));
    case "POST /accounts":
      return addTo(readObject(body), (id, account) => emulator.addAccount(id, account));
    default:
      return error(
        404,
        "Unknown command. Use GET /_emulator/requests, POST /_emulator/faults, /reset, /otp, /cards or /accounts, or GET or PUT /_emulator/state.",
      );
  }
}

function readObject(body: string): Record<string, unknown> {
  const value = parse(body);
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new InvalidArgument("The body must be a JSON object.");
  return value as Record<string, unknown>;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new InvalidArgument("The body isn't JSON.");
  }
}

function injectFault(
  emulator: Emulator,
  { operation = "*", kind, ...options }: Record<string, unknown>,
): Reply {
  emulator.injectFault(operation as string, kind as FaultKind, options as FaultOptions);
  return noContent;
}

function addTo(
  { customer_id, ...fields }: Record<string, unknown>,
  add: (customerId: string, fields: object) => object,
): Reply {
  return json(201, add(customer_id as string, fields));
}
