/** An emulator in which everything exists that an operation reads. */
import { createEmulator, type Emulator } from "../../src/emulator/index.js";
import { ana } from "./client.js";

export interface Names {
  customerId?: string | undefined;
  phone?: string | undefined;
  otp?: string | undefined;
  token?: string | undefined;
  chargeId?: string | undefined;
  cardId?: string | undefined;
}

const created_at = "2026-02-03T14:06:00.000000Z";

export function populatedEmulator({
  customerId = "00000000-0000-4000-8000-000000000101",
  phone = ana.phone,
  otp = "",
  token = "",
  chargeId = "",
  cardId,
}: Names): Emulator {
  const emulator = createEmulator();
  emulator.setState({
    ...emulator.state(),
    customers: [{ ...ana, id: customerId, phone, nationality: null, birthdate: null, created_at }],
    charges: [
      {
        charge_id: chargeId,
        customer_id: customerId,
        status: "created",
        amount: 5_000_000,
        currency: "COP",
        description: null,
        remarks: null,
        paid_at: null,
        created_at,
      },
    ],
    sessions: [{ token, customer_id: customerId, expires_at: "2099-01-01T00:00:00+00:00" }],
    passwords: { [phone]: otp },
  });
  if (cardId) emulator.addCard(customerId, { id: cardId });
  return emulator;
}
