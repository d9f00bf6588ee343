/** The emulator as a target of the contract cases, and the two validators for its responses. */
import { expect } from "vitest";
import {
  bodyText,
  type Contract,
  type HttpRequest,
  parseBodyText,
  requestTarget,
  validRequest,
} from "../../scripts/contract/case.js";
import { readLock } from "../../scripts/contract/lock.js";
import { directPrism } from "../../scripts/contract/prism.js";
import { createValidator } from "../../scripts/contract/validator.js";
import { readDocument } from "../../scripts/openapi/load.js";
import { createEmulator, type Emulator } from "../../src/emulator/index.js";
import { ana } from "./client.js";

export const contracts = await readLock();
const document = await readDocument();
const ajv = createValidator(document);
const prism = await directPrism(document);

const id = "00000000-0000-4000-8000-000000000101";
const created_at = "2026-02-03T14:06:00.000000Z";

const textOr = (value: unknown, otherwise: string): string => (typeof value === "string" ? value : otherwise);

/** An emulator in which everything exists that a request names. */
function emulatorFor({ params, headers, body }: HttpRequest): Emulator {
  const customer_id = params.customer_id ?? id;
  const fields = Object(body) as Record<string, unknown>;
  const phone = textOr(fields.phone, ana.phone);
  const emulator = createEmulator();
  emulator.setState({
    ...emulator.state(),
    customers: [{ ...ana, id: customer_id, phone, nationality: null, birthdate: null, created_at }],
    charges: [
      {
        charge_id: params.charge_id ?? "",
        customer_id,
        status: "created",
        amount: 5_000_000,
        currency: "COP",
        description: null,
        remarks: null,
        paid_at: null,
        created_at,
      },
    ],
    sessions: [
      { token: headers["x-customer-token"] ?? "", customer_id, expires_at: "2099-01-01T00:00:00+00:00" },
    ],
    passwords: { [phone]: textOr(fields.otp, "") },
  });
  if (typeof fields.payment_method_id === "string")
    emulator.addCard(customer_id, { id: fields.payment_method_id });
  return emulator;
}

/** Sends a request to an emulator in which everything exists that it names. */
export function respond(request: HttpRequest): Promise<Response> {
  const text = bodyText(request);
  // As bytes, since a string would add a content type.
  const body = text === undefined ? {} : { body: new TextEncoder().encode(text) };
  const { method, headers } = request;
  const url = `https://api.onepay.la/v1${requestTarget(request)}`;
  return emulatorFor(request).handle(new Request(url, { method, headers, ...body }));
}

/** The document has no response for a malformed body and for another method. They have the shape of the other errors. */
const undocumentedStatuses = new Set([400, 405]);

/** Validates a response with Ajv and, as the second validator, with Prism's proxy. */
export async function expectValidResponse(operation: string, response: Response): Promise<void> {
  const contract = contracts.find((each) => each.operation === operation) as Contract;
  const text = await response.clone().text();
  const received = {
    status: undocumentedStatuses.has(response.status) ? 500 : response.status,
    headers: Object.fromEntries(response.headers),
    ...parseBodyText(text),
  };
  expect(ajv.response(operation, received), text).toEqual([]);
  const { responseViolations } = await prism.proxy(validRequest(contract), received);
  expect(responseViolations, text).toEqual([]);
}
