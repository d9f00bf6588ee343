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
import type { Emulator } from "../../src/emulator/index.js";
import { populatedEmulator } from "./populate.js";

export const contracts = await readLock();
const document = await readDocument();
const ajv = createValidator(document);
const prism = await directPrism(document);

/** An emulator in which everything exists that a request names. */
function emulatorFor({ params, headers, body }: HttpRequest): Emulator {
  const fields = Object(body) as Record<string, unknown>;
  const textIn = (name: string) => (typeof fields[name] === "string" ? fields[name] : undefined);
  return populatedEmulator({
    customerId: params.customer_id,
    chargeId: params.charge_id,
    token: headers["x-customer-token"],
    phone: textIn("phone"),
    otp: textIn("otp"),
    cardId: textIn("payment_method_id"),
  });
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
