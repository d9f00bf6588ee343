/** What each operation does. An operation without a behavior returns its first example. */
import { listAccounts, listCards } from "./accounts-and-cards.js";
import type { Behavior } from "./context.js";
import { createCustomer, deleteCustomer, getCustomer, listCustomers } from "./customers.js";
import { createCharge, getCharge, listPaymentMethods, verify } from "./sessions.js";
import { getBalance, listTransactions, topUp } from "./wallet.js";

/** By operationId. */
export const behaviors: { readonly [operation: string]: Behavior | undefined } = {
  createCustomer,
  listCustomers,
  getCustomer,
  deleteCustomer,
  getCustomerBalance: getBalance,
  listCustomerTransactions: listTransactions,
  topUpCustomer: topUp,
  listCustomerAccounts: listAccounts,
  listCustomerCards: listCards,
  verifyCustomerSession: verify,
  listCustomerSessionPaymentMethods: listPaymentMethods,
  createCustomerSessionCharge: createCharge,
  getCustomerSessionCharge: getCharge,
};
