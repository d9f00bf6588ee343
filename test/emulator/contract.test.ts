import { describe, expect, test } from "vitest";
import { contract as compiled } from "../../generated/contract.js";
import { bodyText, type HttpRequest, requestOf, requestTarget } from "../../scripts/contract/case.js";
import { readLock } from "../../scripts/contract/lock.js";
import { createEmulator, type Emulator, type EmulatorState } from "../../src/emulator/index.js";
import { ana } from "./client.js";
import { differenceAbout, differences } from "./differences.js";

const contracts = await readLock();
const cases = contracts.flatMap((contract) =>
  contract.cases.flatMap((each) => (each.kind === "request" ? [{ contract, each }] : [])),
);

/** An emulator in which everything exists that a request names. */
function emulatorFor({ params, headers, body }: HttpRequest): Emulator {
  const emulator = createEmulator();
  const id = params.customer_id ?? "00000000-0000-4000-8000-000000000101";
  const { phone, otp, payment_method_id } = Object(body) as { [field: string]: string };
  const created_at = "2026-02-03T14:06:00.000000Z";
  const customer = { ...ana, id, phone: phone ?? ana.phone, nationality: null, birthdate: null, created_at };
  const charge = {
    charge_id: params.charge_id ?? "",
    customer_id: id,
    status: "created",
    amount: 5_000_000,
    currency: "COP",
    description: null,
    remarks: null,
    paid_at: null,
    created_at,
  };
  const session = {
    token: headers["x-customer-token"] ?? "",
    customer_id: id,
    expires_at: "2099-01-01T00:00:00+00:00",
  };
  emulator.setState({
    ...emulator.state(),
    customers: [customer],
    charges: [charge],
    sessions: [session],
    passwords: { [customer.phone]: otp },
  } as unknown as EmulatorState);
  if (payment_method_id !== undefined) emulator.addCard(id, { id: payment_method_id });
  return emulator;
}

function respond(request: HttpRequest): Promise<Response> {
  const text = bodyText(request);
  // As bytes, since a string would add a content type.
  const body = text === undefined ? {} : { body: new TextEncoder().encode(text) };
  const { method, headers } = request;
  const url = `https://api.onepay.la/v1${requestTarget(request)}`;
  return emulatorFor(request).handle(new Request(url, { method, headers, ...body }));
}

describe("a request to the emulator", () => {
  test.each(cases.map(({ contract, each }) => [each.id, contract, each] as const))(
    "gets the mock server's status and a valid body: %s",
    async (id, contract, each) => {
      const response = await respond(requestOf(contract, each));
      const text = await response.text();
      if (differenceAbout(id)?.isAccepted) expect(response.ok, text).toBe(true);
      else expect(response.status, text).toBe(each.status);
      const { responses = {} } = compiled[contract.operation] ?? {};
      // 400 and 405 aren't documented: their bodies have the shape of the other errors.
      const validate = responses[response.status] ?? responses["5XX"];
      if (text !== "") expect(validate?.(JSON.parse(text)), text).toBe(true);
    },
  );
});

test.each(differences.map((difference) => [difference.reason, difference] as const))(
  "a listed difference to the mock server still exists: %s",
  async (_reason, difference) => {
    const about = cases.filter(({ each }) => differenceAbout(each.id) === difference);
    expect(about).not.toEqual([]);
    for (const { contract, each } of about) {
      const { status } = await respond(requestOf(contract, each));
      expect([each.id, status]).not.toEqual([each.id, each.status]);
    }
  },
);
