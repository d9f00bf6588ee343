/** The control API of the server: `/_emulator/requests`, `/faults`, `/reset`, `/state`. */
import type { FaultKind, FaultOptions } from "./faults.js";
import type { Emulator } from "./index.js";
import { error, json, noContent, type Reply } from "./responses.js";
import type { EmulatorState } from "./types.js";

const prefix = "/_emulator";

/** The reply of the control API; `undefined` if the request is for OnePay. */
export async function controlRequest(emulator: Emulator, request: Request): Promise<Reply | undefined> {
  const { pathname } = new URL(request.url);
  if (!pathname.startsWith(`${prefix}/`)) return undefined;
  const command = `${request.method} ${pathname.slice(prefix.length)}`;
  try {
    return await runCommand(emulator, command, request);
  } catch (problem) {
    return error(400, (problem as Error).message);
  }
}

async function runCommand(emulator: Emulator, command: string, request: Request): Promise<Reply> {
  switch (command) {
    case "GET /requests":
      return json(200, emulator.requests);
    case "POST /faults":
      return injectFault(emulator, await readJson(request));
    case "POST /reset":
      emulator.reset();
      return noContent;
    case "GET /state":
      return json(200, emulator.state());
    case "PUT /state":
      emulator.setState((await readJson(request)) as unknown as EmulatorState);
      return noContent;
    case "POST /otp":
      return otp(emulator, await readJson(request));
    case "POST /cards":
      return addTo(emulator, await readJson(request), (id, card) => emulator.addCard(id, card));
    case "POST /accounts":
      return addTo(emulator, await readJson(request), (id, account) => emulator.addAccount(id, account));
    default:
      return error(
        404,
        "Unknown command. Use GET /_emulator/requests, POST /_emulator/faults, /reset, /otp, /cards or /accounts, or GET or PUT /_emulator/state.",
      );
  }
}

async function readJson(request: Request): Promise<Record<string, unknown>> {
  const value = await request.json().catch(() => undefined);
  if (typeof value !== "object" || value === null) throw new TypeError("The body must be a JSON object.");
  return value as Record<string, unknown>;
}

function injectFault(emulator: Emulator, body: Record<string, unknown>): Reply {
  const { operation = "*", kind, ...options } = body;
  if (typeof operation !== "string")
    throw new TypeError('operation must be an operationId, such as "createCustomer", or "*".');
  emulator.injectFault(operation, kind as FaultKind, options as FaultOptions);
  return noContent;
}

function otp(emulator: Emulator, { phone }: Record<string, unknown>): Reply {
  if (typeof phone !== "string") throw new TypeError("phone must be a string.");
  return json(200, { otp: emulator.otp(phone) });
}

function addTo(
  emulator: Emulator,
  { customer_id, ...fields }: Record<string, unknown>,
  add: (customerId: string, fields: object) => object,
): Reply {
  if (!emulator.customers.some(({ id }) => id === customer_id))
    throw new TypeError("customer_id must be the id of a customer.");
  return json(201, add(customer_id as string, fields));
}
