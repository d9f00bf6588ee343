// Random sequences of calls, concurrent duplicates and faults, compared with a model that fits on a page.
import fc from "fast-check";
import { expect, test } from "vitest";
import { type Emulator, type FaultKind, faultKinds } from "../../src/emulator/index.js";
import { ana, send, start } from "./client.js";

const companyBalance = 100_000;

/** What the emulator should remember: balances by customer, and what each idempotency key was used for. */
interface Model {
  company: number;
  readonly wallets: (number | "deleted")[];
  readonly keys: Map<string, string>;
}

interface Real {
  readonly emulator: Emulator;
  readonly ids: string[];
}

interface Injected {
  readonly kind: FaultKind;
  readonly when: "before" | "after";
}

type Command = fc.AsyncCommand<Model, Real>;

/** One operation acts once per key and content. Returns the expected status. */
function actOnce({ keys }: Model, key: string, content: string, act: () => number): number {
  const used = keys.get(key);
  if (used !== undefined) return used.startsWith(`${content} `) ? Number(used.split(" ").at(-1)) : 422;
  const status = act();
  if (status < 300) keys.set(key, `${content} ${status}`);
  return status;
}

function topUpModel(model: Model, customer: number, amount: number): number {
  const balance = model.wallets[customer];
  if (balance === undefined || balance === "deleted") return 404;
  if (amount <= 0) return 422;
  if (amount > model.company) return 401;
  model.company -= amount;
  model.wallets[customer] = balance + amount;
  return 201;
}

const noCustomer = "00000000-0000-4000-8000-000000000000";

/** Sends requests at the same time; the first one has the fault. Returns the statuses of those that arrived intact. */
async function sendAll(
  emulator: Emulator,
  fault: Injected | undefined,
  operation: string,
  run: () => Promise<Response>,
  times: number,
) {
  if (fault) emulator.injectFault(operation, fault.kind, { when: fault.when, delay: 1 });
  const responses = await Promise.all(Array.from({ length: times }, run));
  return responses.slice(fault && fault.kind !== "latency" ? 1 : 0).map(({ status }) => status);
}

const acts = (fault: Injected | undefined): boolean =>
  !fault || fault.when === "after" || fault.kind === "latency";

/** The expected statuses: the first request may be lost, and the others must agree with the model. */
function expectStatuses(
  statuses: number[],
  fault: Injected | undefined,
  times: number,
  expected: () => number,
) {
  const isActing = acts(fault);
  if (isActing || times > 1) {
    const status = expected();
    expect(new Set(statuses)).toEqual(new Set(statuses.length === 0 ? [] : [status]));
  } else expect(statuses).toEqual([]);
}

const create = (name: string, key: string, times: number, fault: Injected | undefined): Command => ({
  check: () => true,
  async run(model: Model, real: Real) {
    const { emulator, ids } = real;
    const options = { body: { ...ana, first_name: name }, "x-idempotency": key };
    const run = () => send(emulator, "POST", "/customers", options);
    const statuses = await sendAll(emulator, fault, "createCustomer", run, times);
    expectStatuses(statuses, fault, times, () =>
      actOnce(model, `create ${key}`, name, () => {
        model.wallets.push(0);
        return 201;
      }),
    );
    for (const { id } of emulator.customers) if (!ids.includes(id)) ids.push(id);
    expectSame(model, real);
  },
  toString: () => `create ${name} with ${key} × ${times}${faultText(fault)}`,
});

const topUp = (
  customer: number,
  amount: number,
  key: string,
  times: number,
  fault: Injected | undefined,
): Command => ({
  check: () => true,
  async run(model: Model, real: Real) {
    const { emulator, ids } = real;
    const path = `/customers/${ids[customer] ?? noCustomer}/transactions`;
    const options = { body: { amount: amount, concept: "Bono" }, "x-idempotency": key };
    const run = () => send(emulator, "POST", path, options);
    const statuses = await sendAll(emulator, fault, "topUpCustomer", run, times);
    expectStatuses(statuses, fault, times, () =>
      actOnce(model, `top-up ${key}`, `${path} ${amount}`, () => topUpModel(model, customer, amount)),
    );
    expectSame(model, real);
  },
  toString: () => `top up ${customer} by ${amount} with ${key} × ${times}${faultText(fault)}`,
});

const deleteOne = (customer: number, fault: Injected | undefined): Command => ({
  check: () => true,
  async run(model: Model, real: Real) {
    const { emulator, ids } = real;
    const run = () => send(emulator, "DELETE", `/customers/${ids[customer] ?? noCustomer}`);
    const statuses = await sendAll(emulator, fault, "deleteCustomer", run, 1);
    expectStatuses(statuses, fault, 1, () => {
      const wallet = model.wallets[customer];
      if (wallet === undefined || wallet === "deleted") return 404;
      model.wallets[customer] = "deleted";
      return 204;
    });
    expectSame(model, real);
  },
  toString: () => `delete ${customer}${faultText(fault)}`,
});

const faultText = (fault: Injected | undefined): string => (fault ? ` (${fault.kind} ${fault.when})` : "");

/** The emulator has the model's customers, balances and money, and no money was created or lost. */
function expectSame({ company, wallets }: Model, { emulator, ids }: Real): void {
  const living = ids.filter((_, index) => wallets[index] !== "deleted");
  expect(ids).toHaveLength(wallets.length);
  expect(emulator.customers.map(({ id }) => id)).toEqual(living);
  expect(living.map((id) => emulator.balance(id))).toEqual(wallets.filter((each) => each !== "deleted"));
  expect(emulator.companyBalance).toBe(company);
  const moved = emulator.state().transactions.reduce((sum, { amount }) => sum + amount, 0);
  expect(moved + emulator.companyBalance).toBe(companyBalance);
}

// A stalled response never settles here: nobody aborts these requests.
const faultOf = (isUsed: (kind: FaultKind) => boolean) =>
  fc.option(
    fc.record<Injected>({
      kind: fc.constantFrom(...faultKinds.filter(isUsed)),
      when: fc.constantFrom("before", "after"),
    }),
    { nil: undefined, freq: 2 },
  );
const fault = faultOf((kind) => kind !== "stall-headers");
// A deletion's response has no body, so nothing of it arrives if it stalls.
const deletionFault = faultOf((kind) => !kind.startsWith("stall"));
const times = fc.constantFrom(1, 1, 1, 2, 3);
const key = fc.constantFrom("key-1", "key-2", "key-3", "key-4");
const customer = fc.nat(3);

const commands = [
  fc.tuple(fc.constantFrom("Ana", "Eva"), key, times, fault).map((args) => create(...args)),
  fc.tuple(customer, fc.integer({ min: -1, max: 60_000 }), key, times, fault).map((args) => topUp(...args)),
  fc.tuple(customer, deletionFault).map((args) => deleteOne(...args)),
];

test("the emulator does what the model does in any sequence of calls, concurrent duplicates and faults", async () => {
  await fc.assert(
    fc.asyncProperty(fc.commands(commands, { maxCommands: 25 }), async (sequence) => {
      const setup = () => ({
        model: { company: companyBalance, wallets: [], keys: new Map() } as Model,
        real: { emulator: start({ companyBalance }).emulator, ids: [] } as Real,
      });
      await fc.asyncModelRun(setup, sequence);
    }),
    { numRuns: 100 },
  );
});
