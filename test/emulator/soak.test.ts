// Calls through `OnePay` to an emulator that fails at random, then a comparison of every outcome with what it did.
// A long soak: SOAK_CALLS=20000 npx vitest run test/emulator/soak.test.ts
import { expect, test } from "vitest";
import { createEmulator, type Emulator } from "../../src/emulator/index.js";
import { OnePay, OnePayError } from "../../src/index.js";

const calls = Number(process.env.SOAK_CALLS ?? 500);
const concurrency = Math.min(calls / 2, 1_000);
const timeout = 10_000 + calls * 20;

type Outcome = "succeeded" | "rejected" | "unknown";

/** Ten calls are five creates, three top-ups, one deletion and one login. */
const methodOf = (call: number) =>
  call % 10 < 5 ? "create" : call % 10 < 8 ? "topUp" : call % 10 < 9 ? "delete" : "verify";

const person = {
  user_type: "natural",
  first_name: "Ana",
  last_name: "Ejemplo",
  phone: "+573000000101",
  document_type: "CC",
  document_number: "000101",
} as const;
const nameOf = (call: number) => `call-${call}`;
const idOf = (call: number) => `00000000-0000-4000-8000-${String(call).padStart(12, "0")}`;
const phoneOf = (call: number) => `+57${3_000_000_000 + call}`;
const emailOf = (call: number) => `${nameOf(call)}@example.com`;
/** The customer of all top-ups. No call has this number. */
const topUpCustomer = 999_999_999;

test(`${calls} calls with random faults have true outcomes and one effect per idempotency key`, {
  timeout,
}, async () => {
  const emulator = createEmulator({ seed: 7, faults: { seed: 7, rate: 0.3 } });
  addCustomers(emulator);
  const moneyBefore = emulator.companyBalance;
  const onepay = new OnePay({ apiKey: "sk_test_emulator", fetch: emulator.fetch, timeout: 300 });
  const outcomes: Outcome[] = [];
  let next = 0;
  const loop = async () => {
    while (next < calls) {
      const call = next++;
      outcomes[call] = await outcomeOf(makeCall(onepay, emulator, call));
    }
  };
  await Promise.all(Array.from({ length: concurrency }, loop));

  const effectsOf = countEffects(emulator);
  const problems = Array.from({ length: calls }, (_, call) => {
    const problem = problemOf(outcomes[call], effectsOf(call));
    return problem ? [`${methodOf(call)} ${call}: ${problem}`] : [];
  });
  expect(problems.flat()).toEqual([]);
  const moved = emulator.state().transactions.reduce((sum, { amount }) => sum + amount, 0);
  expect(emulator.companyBalance + moved).toBe(moneyBefore);
  // The faults did happen (nine kinds, or none), and the client's retries met stored responses.
  expect(new Set(emulator.requests.map(({ fault }) => fault)).size).toBe(10);
  expect(emulator.requests.filter(({ isReplay }) => isReplay).length).toBeGreaterThan(10);
});

/** Adds what the calls need: a customer per deletion and per login, and one for the top-ups. */
function addCustomers(emulator: Emulator): void {
  const needsCustomer = Array.from({ length: calls }, (_, call) => call).filter((call) =>
    ["delete", "verify"].includes(methodOf(call)),
  );
  const customers = [topUpCustomer, ...needsCustomer].map((call) => ({
    ...person,
    id: idOf(call),
    phone: phoneOf(call),
    email: emailOf(call),
    nationality: null,
    birthdate: null,
    created_at: "2026-03-01T12:00:00.000000Z",
  }));
  emulator.setState({ ...emulator.state(), customers });
}

function makeCall({ customers, customerSessions }: OnePay, emulator: Emulator, call: number) {
  const idempotencyKey = nameOf(call);
  switch (methodOf(call)) {
    case "create":
      return customers.create({ ...person, email: emailOf(call) }, { idempotencyKey });
    case "topUp": {
      const topUp = { amount: 1_000, concept: nameOf(call) };
      return customers.topUp(idOf(topUpCustomer), topUp, { idempotencyKey });
    }
    case "delete":
      return customers.delete(idOf(call));
    case "verify":
      return customerSessions.verify({ phone: phoneOf(call), otp: emulator.otp(phoneOf(call)) });
  }
}

async function outcomeOf(call: PromiseLike<unknown>): Promise<Outcome> {
  try {
    await call;
    return "succeeded";
  } catch (error) {
    if (!(error instanceof OnePayError)) throw error;
    return error.outcome;
  }
}

/** How often the emulator acted on a call. */
function countEffects(emulator: Emulator): (call: number) => number {
  const { customers, transactions, sessions } = emulator.state();
  const emails = countBy(customers.map(({ email }) => email));
  const concepts = countBy(transactions.map(({ concept }) => concept));
  const logins = countBy(sessions.map(({ customer_id }) => customer_id));
  const ids = new Set(customers.map(({ id }) => id));
  return (call) => {
    switch (methodOf(call)) {
      case "create":
        return emails.get(emailOf(call)) ?? 0;
      case "topUp":
        return concepts.get(nameOf(call)) ?? 0;
      case "delete":
        return ids.has(idOf(call)) ? 0 : 1;
      case "verify":
        return logins.get(idOf(call)) ?? 0;
    }
  };
}

function countBy(names: readonly unknown[]): Map<unknown, number> {
  const counts = new Map<unknown, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

function problemOf(outcome: Outcome | undefined, effects: number): string | undefined {
  if (outcome === undefined) return "no outcome";
  if (effects > 1) return `${effects} effects`;
  if (outcome === "succeeded" && effects === 0) return "succeeded without an effect";
  if (outcome === "rejected" && effects > 0) return "rejected with an effect";
  return undefined;
}
