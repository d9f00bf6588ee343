/** The customers: create, get, list, delete. */
import { type Behavior, type Context, timestamp } from "./context.js";
import { listReply } from "./lists.js";
import type { EmulatedRequest } from "./request.js";
import { json, noContent, notFound, type Reply } from "./responses.js";
import type { StoredCustomer } from "./types.js";

export const createCustomer: Behavior = ({ body }, context) => {
  const {
    user_type: _type,
    enable_notifications: _notifications,
    ...fields
  } = body as Record<string, unknown>;
  const customer = {
    id: context.random.uuid(),
    nationality: null,
    birthdate: null,
    ...fields,
    created_at: timestamp(context),
  } as unknown as StoredCustomer;
  context.state.customers.push(customer);
  return json(201, customer);
};

export const listCustomers: Behavior = (request, context) =>
  listReply(context.state.customers, request, context);

export const getCustomer: Behavior = (request, context) =>
  withCustomer(request, context, (customer) => json(200, customer));

export const deleteCustomer: Behavior = (request, context) =>
  withCustomer(request, context, (customer) => {
    const { customers } = context.state;
    customers.splice(customers.indexOf(customer), 1);
    return noContent;
  });

/** The reply for the customer in the path, or 404. */
export function withCustomer(
  { ids }: EmulatedRequest,
  { state }: Context,
  reply: (customer: StoredCustomer) => Reply,
): Reply {
  const customer = state.customers.find(({ id }) => id === ids.customer_id);
  return customer ? reply(customer) : notFound;
}
