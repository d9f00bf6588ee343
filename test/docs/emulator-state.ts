// The state of the emulator that the samples run on: everything that they read without creating it.
import { createEmulator, type EmulatorState } from "onepay-client/emulator";

const customerId = "00000000-0000-4000-8000-000000000101";
const phone = "+573000000101";
const created_at = "2026-02-03T14:06:00.000000Z";

const ana = {
  id: customerId,
  first_name: "Ana",
  last_name: "Ejemplo",
  email: "ana@example.com",
  phone,
  document_type: "CC",
  document_number: "000101",
  nationality: null,
  birthdate: null,
  created_at,
} as const;

// The guide on lists looks for this document.
const juan = {
  ...ana,
  id: "00000000-0000-4000-8000-000000000102",
  first_name: "Juan",
  email: "juan@example.com",
  phone: "+573000000102",
  document_number: "1234567890",
} as const;

export function stateForSamples(): EmulatorState {
  const emulator = createEmulator();
  emulator.setState({
    ...emulator.state(),
    customers: [ana, juan],
    transactions: [
      {
        id: "00000000-0000-4000-8000-000000003001",
        customer_id: customerId,
        amount: 50_000,
        concept: "Bono",
        created_at,
      },
    ],
    charges: [
      {
        charge_id: "00000000-0000-4000-8000-000000009001",
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
    sessions: [
      { token: "12|example-customer-token", customer_id: customerId, expires_at: "2099-01-01T00:00:00Z" },
    ],
    passwords: { [phone]: "000000" },
  });
  emulator.addCard(customerId, { id: "00000000-0000-4000-8000-000000006001" });
  emulator.addAccount(customerId);
  return emulator.state();
}
