/** The wallet: balance, transactions and top-ups from the company's balance. */
import { type Behavior, type Context, pesoLabel, timestamp } from "./context.js";
import { withCustomer } from "./customers.js";
import { listReply } from "./lists.js";
import { error, invalidField, json } from "./responses.js";
import type { EmulatorState, StoredTransaction } from "./types.js";

/** Whole pesos in a customer's wallet. */
export const balanceOf = ({ transactions }: EmulatorState, customerId: string): number =>
  transactions
    .filter(({ customer_id }) => customer_id === customerId)
    .reduce((sum, { amount }) => sum + amount, 0);

export const getBalance: Behavior = (request, context) =>
  withCustomer(request, context, ({ id }) => {
    const balance = balanceOf(context.state, id);
    return json(200, { id, balance, label: pesoLabel(balance) });
  });

export const listTransactions: Behavior = (request, context) =>
  withCustomer(request, context, ({ id }) => {
    const own = context.state.transactions.filter(({ customer_id }) => customer_id === id);
    return listReply(own.map(toTransaction), request, context);
  });

export const topUp: Behavior = (request, context) =>
  withCustomer(request, context, ({ id }) => {
    const { amount, concept } = request.body as { amount: number; concept?: string };
    const { state } = context;
    if (amount <= 0) return invalidField("amount", "El monto debe ser mayor que cero");
    if (state.companyBalance === 0) return balanceIsEmpty;
    if (amount > state.companyBalance) return insufficientFunds;
    state.companyBalance -= amount;
    const transaction = createTransaction(context, id, amount, concept);
    state.transactions.push(transaction);
    // The response of a top-up has only the date.
    return json(201, { ...toTransaction(transaction), created_at: transaction.created_at.slice(0, 10) });
  });

// OnePay documents both with the status 401.
const balanceIsEmpty = error(401, "El saldo está vacío.", { code: 10500, name: "balance_is_empty" });
const insufficientFunds = error(401, "El monto solicitado supera el balance disponible.", {
  code: 10501,
  name: "insufficient_funds",
});

function createTransaction(
  context: Context,
  customerId: string,
  amount: number,
  concept?: string,
): StoredTransaction {
  return {
    id: context.random.uuid(),
    customer_id: customerId,
    amount,
    ...(concept !== undefined && { concept }),
    created_at: timestamp(context),
  };
}

const toTransaction = ({ customer_id: _customer, ...transaction }: StoredTransaction) => ({
  type: "deposit",
  label: pesoLabel(transaction.amount),
  subtype: null,
  confirmed: true,
  node_type: null,
  node: null,
  ...transaction,
});
