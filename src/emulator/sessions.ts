/** Customer sessions: the one-time password, the token, payment methods and charges. */
import { ownedBy } from "./accounts-and-cards.js";
import { type Check, checkField } from "./checks.js";
import { type Behavior, type Context, pesoLabel } from "./context.js";
import type { EmulatedRequest } from "./request.js";
import { error, invalidField, json, notFound, type Reply } from "./responses.js";
import type { EmulatorState, StoredCharge, StoredCustomer } from "./types.js";
import { balanceOf } from "./wallet.js";

/** How long a session lasts: assumed. */
const sessionMinutes = 60;

const phoneNumber: Check = {
  isValid: (value) => typeof value === "string" && /^\+[1-9]\d{1,14}$/.test(value),
  expected: "a phone number with its country prefix, such as +573000000101",
};

/**
 * The one-time password of a phone: the one that wasn't used yet, or a new one.
 *
 * @throws InvalidArgument if it isn't a phone number.
 */
export function passwordFor({ state, random }: Context, phone: string): string {
  checkField("otp", "phone", phone, phoneNumber);
  const existing = Object.hasOwn(state.passwords, phone) ? state.passwords[phone] : undefined;
  if (existing) return existing;
  const password = random.digits(6);
  state.passwords[phone] = password;
  return password;
}

export const verify: Behavior = ({ body }, context) => {
  const { phone, otp } = body as { phone: string; otp: string };
  const { state, random } = context;
  const customer = state.customers.find((each) => each.phone === phone);
  const password = Object.hasOwn(state.passwords, phone) ? state.passwords[phone] : undefined;
  if (!customer || password === undefined || password !== otp)
    return invalidField("otp", "El código no es válido o ya venció");
  // It's spent, also if the response is lost.
  delete state.passwords[phone];
  const expires = new Date(context.now().getTime() + sessionMinutes * 60_000);
  const session = {
    token: `${state.sessions.length + 1}|${random.uuid()}`,
    customer_id: customer.id,
    expires_at: toOffset(expires),
  };
  state.sessions.push(session);
  const { id, first_name, last_name, email } = customer;
  return json(200, {
    token: session.token,
    expires_at: session.expires_at,
    customer: { id, first_name, last_name, phone, email },
  });
};

/** OnePay's session times have an offset and no fraction. */
const toOffset = (date: Date): string => date.toISOString().replace(/\.\d+Z$/, "+00:00");

export const listPaymentMethods: Behavior = (request, context) =>
  withSession(request, context, ({ id, phone }) => {
    const { state } = context;
    const cards = ownedBy(state.cards, id).map((card) => ({
      id: card.id,
      brand: card.brand,
      last_four: card.last_four,
      label: card.label,
      expiration_date: sessionExpiration(card.expiration_date),
      card_name: card.card_name,
    }));
    const wallets = [
      // The wallet itself has the customer's id. Its phone has no country prefix.
      { id, subtype: "WALLET", phone: phone.replace(/^\+57/, ""), label: pesoLabel(balanceOf(state, id)) },
    ];
    const pse = ownedBy(state.accounts, id).map((account) => ({
      id: account.id,
      bank_name: account.bank.name,
      label: account.bank.name,
    }));
    return json(200, { data: { cards, wallets, pse } });
  });

/** The session shows `12/2099` as the last day of the month. Other forms stay as they are. */
function sessionExpiration(date: string): string {
  const [, month, year] = /^(\d{1,2})\/(\d{4})$/.exec(date) ?? [];
  return year === undefined
    ? date
    : new Date(Date.UTC(Number(year), Number(month), 0)).toISOString().slice(0, 10);
}

interface ChargeBody {
  readonly payment_method_id: string;
  readonly amount: number;
  readonly currency: string;
  readonly description?: string;
  readonly approve?: boolean;
}

export const createCharge: Behavior = (request, context) =>
  withSession(request, context, ({ id }) => {
    const { state } = context;
    const body = request.body as ChargeBody;
    if (!isPaymentMethod(state, id, body.payment_method_id))
      return invalidField("payment_method_id", "El método de pago no existe o no pertenece al cliente");
    const charge: StoredCharge = {
      charge_id: context.random.uuid(),
      customer_id: id,
      status: statusOf(body.approve),
      amount: body.amount,
      currency: body.currency,
      description: body.description ?? null,
      remarks: body.approve === false ? "Rechazado en modo prueba." : null,
      paid_at: body.approve ? toOffset(context.now()) : null,
      created_at: toOffset(context.now()),
    };
    state.charges.push(charge);
    return json(201, chargeReply(charge, context));
  });

/** In test mode, `approve` decides; without it, the charge waits for the customer's approval. */
const statusOf = (approve: boolean | undefined): StoredCharge["status"] =>
  approve === undefined ? "created" : approve ? "paid" : "failed";

function chargeReply({ charge_id, status }: StoredCharge, { now }: Context) {
  // OnePay's example of an approved charge has the status of one in progress.
  if (status === "paid")
    return { charge_id, status: "in_progress", message: "Cargo aprobado en modo prueba." };
  if (status === "failed") return { charge_id, status, message: "Cargo rechazado en modo prueba." };
  const expires_at = toOffset(new Date(now().getTime() + 15 * 60_000));
  return { charge_id, status, message: "Esperando la aprobación del cliente.", expires_at };
}

const isPaymentMethod = (state: EmulatorState, customerId: string, id: string): boolean =>
  id === customerId ||
  [...ownedBy(state.cards, customerId), ...ownedBy(state.accounts, customerId)].some(
    (method) => method.id === id,
  );

export const getCharge: Behavior = (request, context) =>
  withSession(request, context, ({ id }) => {
    const charge = context.state.charges.find(
      ({ charge_id, customer_id }) => charge_id === request.ids.charge_id && customer_id === id,
    );
    if (!charge) return notFound;
    const { customer_id: _customer, ...shown } = charge;
    return json(200, shown);
  });

export const invalidSession: Reply = error(401, "La sesión del cliente no es válida.");

/** The customer of the session; `undefined` if the token is unknown or expired, or if the customer was deleted. */
export function sessionCustomer(
  { headers }: EmulatedRequest,
  { state, now }: Context,
): StoredCustomer | undefined {
  const session = state.sessions.find(({ token }) => token === headers.get("x-customer-token"));
  if (!session || new Date(session.expires_at) <= now()) return undefined;
  return state.customers.find(({ id }) => id === session.customer_id);
}

/** The reply for the customer of the session. A request without a session got 401 before. */
function withSession(
  request: EmulatedRequest,
  context: Context,
  reply: (customer: StoredCustomer) => Reply,
): Reply {
  return reply(sessionCustomer(request, context) as StoredCustomer);
}
