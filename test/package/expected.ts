// What every consumer must have seen, and the server of it.
import { expect } from "vitest";
import type { Server } from "./server.js";

const result = {
  created: { status: 201, name: "Pérez", key: "signup:42", attempts: 1 },
  listed: ["first", "second", "third"],
  absent: { name: "NotFoundError", outcome: "rejected", status: 404, known: true },
  moved: { name: "RedirectError", outcome: "unknown" },
  late: { name: "TimeoutError", outcome: "unknown" },
  aborted: { name: "AbortError", outcome: "unknown", known: true },
  fetched: { status: 200, id: "present" },
};

const sent = [
  {
    request: "POST /customers",
    key: "signup:42",
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
  { request: "GET /customers/silent", cut: true },
  { request: "GET /customers/silent", cut: true },
  { request: "GET /customers/present" },
];

/** Holds what a consumer reports, and what it sent, against what every consumer reports and sends. */
export async function expectScenario(reported: object, server: Server, consumer: string): Promise<void> {
  expect(reported).toEqual(result);
  // A hang-up reaches the server a moment after the consumer has gone on.
  await expect.poll(() => server.seen(consumer)).toEqual(sent);
  expect(server.faults.filter((fault) => fault.startsWith(`${consumer}:`))).toEqual([]);
}
