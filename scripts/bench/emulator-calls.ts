// Calls through `OnePay` to an emulator that fails at random, then a comparison of every outcome with what it did.
// The client and the emulator are passed: the benchmark uses the built package, and the tests the source.
import type { Emulator, EmulatorOptions } from "../../src/emulator/index.js";
import type { OnePay, OnePayOptions } from "../../src/index.js";

export interface Subject {
  OnePay: new (options: OnePayOptions) => OnePay;
  createEmulator: (options: EmulatorOptions) => Emulator;
}

export interface Settings {
  calls: number;
  seed: number;
  /** The share of requests that fail. */
  rate: number;
  concurrency: number;
}

export interface Report {
  seconds: number;
  outcomes: Record<string, number>;
  /** How many requests the emulator received, by the fault that they got. */
  requests: Record<string, number>;
  replays: number;
  /** Untrue outcomes, doubled effects, lost or created money. */
  problems: string[];
}

type Outcome = "succeeded" | "rejected" | "unknown";
type Method = "create" | "topUp" | "delete" | "verify";

/** Ten calls are five creates, three top-ups, one deletion and one login. */
const methodOf = (call: number): Method =>
  call % 10 < 5 ? "create" : call % 10 < 8 ? "topUp" : call % 10 < 9 ? "delete" : "verify";

const amount = 1_000;
const person = {
  user_type: "natural",
  first_name: "Ana",
  last_name: "Ejemplo",
  phone: "+573000000101",
  document_type: "CC",
  document_number: "000101",
} as const;
/** A number that no call has. */
const topUpCustomer = 999_999_999;
const nameOf = (call: number) => `call-${call}`;
const idOf = (call: number) => `00000000-0000-4000-8000-${String(call).padStart(12, "0")}`;
const phoneOf = (call: number) => `+57${3_000_000_000 + call}`;
const emailOf = (call: number) => `${nameOf(call)}@example.com`;

export async function callEmulator({ OnePay, createEmulator }: Subject, settings: Settings): Promise<Report> {
  const { calls, seed, rate, concurrency } = settings;
  const emulator = createEmulator({ seed, faults: { seed, rate } });
  const before = prepare(emulator, calls);
  const onepay = new OnePay({ apiKey: "sk_test_emulator", fetch: emulator.fetch, timeout: 300 });
  const outcomes: Outcome[] = [];
  const start = performance.now();
  let next = 0;
  const loop = async () => {
    while (next < calls) {
      const call = next++;
      outcomes[call] = await outcomeOf(makeCall(onepay, emulator, call));
    }
  };
  await Promise.all(Array.from({ length: concurrency }, loop));
  const seconds = (performance.now() - start) / 1_000;
  const effectsOf = countEffects(emulator);
  const problems = outcomes.flatMap((outcome, call) => {
    const problem = problemOf(outcome, effectsOf(call));
    return problem ? [`${methodOf(call)} ${call}: ${problem}`] : [];
  });
  return {
    seconds,
    outcomes: countBy(outcomes),
    requests: countBy(emulator.requests.map(({ fault }) => fault ?? "no fault")),
    replays: emulator.requests.filter(({ isReplay }) => isReplay).length,
    problems: [...problems, ...moneyProblems(emulator, before)],
  };
}

/** Creates what the calls need: a customer per deletion and per login, and one for the top-ups. Returns the money. */
function prepare(emulator: Emulator, calls: number): number {
  const needCustomer = Array.from({ length: calls }, (_, call) => call).filter((call) =>
    ["delete", "verify"].includes(methodOf(call)),
  );
  const created_at = "2026-03-01T12:00:00.000000Z";
  const customers = [topUpCustomer, ...needCustomer].map((call) => ({
    ...person,
    id: idOf(call),
    phone: phoneOf(call),
    email: emailOf(call),
    nationality: null,
    birthdate: null,
    created_at,
  }));
  emulator.setState({ ...emulator.state(), customers });
  return emulator.companyBalance;
}

function makeCall(onepay: OnePay, emulator: Emulator, call: number): Promise<unknown> {
  const idempotencyKey = nameOf(call);
  switch (methodOf(call)) {
    case "create":
      return onepay.customers.create({ ...person, email: emailOf(call) }, { idempotencyKey });
    case "topUp":
      return onepay.customers.topUp(idOf(999_999_999), { amount, concept: nameOf(call) }, { idempotencyKey });
    case "delete":
      return onepay.customers.delete(idOf(call));
    case "verify":
      return onepay.customerSessions.verify({ phone: phoneOf(call), otp: emulator.otp(phoneOf(call)) });
  }
}

async function outcomeOf(call: Promise<unknown>): Promise<Outcome> {
  try {
    await call;
    return "succeeded";
  } catch (error) {
    const { outcome } = error as { outcome?: Outcome };
    if (outcome === undefined) throw error;
    return outcome;
  }
}

/** How often the emulator acted on a call. */
function countEffects(emulator: Emulator): (call: number) => number {
  const { customers, transactions, sessions } = emulator.state();
  const emails = countBy(customers.map(({ email }) => String(email)));
  const concepts = countBy(transactions.map(({ concept }) => String(concept)));
  const logins = countBy(sessions.map(({ customer_id }) => customer_id));
  const ids = new Set(customers.map(({ id }) => id));
  return (call) => {
    switch (methodOf(call)) {
      case "create":
        return emails[emailOf(call)] ?? 0;
      case "topUp":
        return concepts[nameOf(call)] ?? 0;
      case "delete":
        return ids.has(idOf(call)) ? 0 : 1;
      case "verify":
        return logins[idOf(call)] ?? 0;
    }
  };
}

function problemOf(outcome: Outcome | undefined, effects: number): string | undefined {
  if (outcome === undefined) return "no outcome";
  if (effects > 1) return `${effects} effects`;
  if (outcome === "succeeded" && effects === 0) return "succeeded without an effect";
  if (outcome === "rejected" && effects > 0) return "rejected with an effect";
  return undefined;
}

function moneyProblems(emulator: Emulator, before: number): string[] {
  const moved = emulator.state().transactions.reduce((sum, each) => sum + each.amount, 0);
  const after = emulator.companyBalance + moved;
  return after === before ? [] : [`${before} pesos became ${after}`];
}

function countBy(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}
