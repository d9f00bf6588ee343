/** A customer's bank accounts and cards. OnePay's own forms add them, so the emulator's users do it with a method. */
import { type Check, checkField } from "./checks.js";
import { type Behavior, type Context, timestamp } from "./context.js";
import { withCustomer } from "./customers.js";
import { listReply } from "./lists.js";
import type { StoredAccount, StoredCard } from "./types.js";

export const listAccounts: Behavior = (request, context) =>
  withCustomer(request, context, ({ id }) =>
    listReply(ownedBy(context.state.accounts, id), request, context),
  );

export const listCards: Behavior = (request, context) =>
  withCustomer(request, context, ({ id }) => listReply(ownedBy(context.state.cards, id), request, context));

export const ownedBy = <T extends { readonly customer_id: string }>(
  rows: readonly T[],
  customerId: string,
): T[] => rows.filter(({ customer_id }) => customer_id === customerId);

const customerOf = ({ state }: Context): Check => ({
  isValid: (id) => state.customers.some((customer) => customer.id === id),
  expected: "the id of a customer",
});

/** Adds a card; fields that aren't passed have invented values. */
export function addCard(context: Context, customerId: string, card: Partial<StoredCard> = {}): StoredCard {
  checkField("addCard", "customerId", customerId, customerOf(context));
  const added: StoredCard = {
    id: context.random.uuid(),
    brand: "Visa",
    label: "Visa •••• 4242",
    last_four: "4242",
    expiration_date: "12/2099",
    card_name: "Titular de prueba",
    country: "CO",
    created_at: timestamp(context),
    ...card,
    customer_id: customerId,
  };
  context.state.cards.push(added);
  return added;
}

/** Adds a bank account; fields that aren't passed have invented values. */
export function addAccount(
  context: Context,
  customerId: string,
  account: Partial<StoredAccount> = {},
): StoredAccount {
  checkField("addAccount", "customerId", customerId, customerOf(context));
  const added: StoredAccount = {
    id: context.random.uuid(),
    status: "ACTIVE",
    subtype: "SAVINGS",
    authorization: true,
    bank: { id: context.random.uuid(), name: "Banco de prueba" },
    created_at: timestamp(context),
    ...account,
    customer_id: customerId,
  };
  context.state.accounts.push(added);
  return added;
}
