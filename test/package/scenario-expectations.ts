// What every consumer reports about the scenario, and what the server receives.
import { expect } from "vitest";
import type { ReceivedRequest } from "./server.js";

export const expectedReport = {
  created: { status: 201, name: "Pérez", idempotencyKey: "signup:42", attempts: 1 },
  listed: ["first", "second", "third"],
  absent: { name: "NotFoundError", outcome: "rejected", status: 404, isApiError: true },
  moved: { name: "RedirectError", outcome: "unknown" },
  late: { name: "TimeoutError", outcome: "unknown" },
  aborted: { name: "AbortError", outcome: "unknown", isOnePayError: true },
  requested: { id: "payment" },
  fetched: { status: 200, id: "present" },
};

/** What every consumer reports about the emulator. */
export const expectedEmulation = {
  created: { attempts: 2, customers: 1 },
  listed: 1,
  balance: 50_000,
  charge: { status: "paid", amount: 5_000_000 },
  late: { name: "TimeoutError", outcome: "unknown" },
  truncated: { name: "InvalidResponseError", outcome: "unknown" },
  live: { name: "UnauthorizedError", outcome: expect.any(String) },
};

export const expectedRequests: ReceivedRequest[] = [
  {
    request: "POST /customers",
    idempotencyKey: "signup:42",
    body: {
      user_type: "natural",
      first_name: "Juan",
      last_name: "Pérez",
      email: "juan@example.com",
      phone: "+573001234567",
      document_type: "CC",
      document_number: "1234567890",
    },
  },
  { request: "GET /customers" },
  { request: "GET /customers?page=2" },
  { request: "GET /customers/absent" },
  { request: "GET /customers/moved" },
  { request: "GET /customers/silent", isClosedByClient: true },
  { request: "GET /customers/silent", isClosedByClient: true },
  { request: "POST /payments", idempotencyKey: expect.any(String), body: { amount: 5000 } },
  { request: "GET /customers/present" },
];
