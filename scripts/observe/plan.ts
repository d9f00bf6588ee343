// The calls of `npm run observe`: reads, and with --create the creation of invented customers.
import { operations as clientOperations } from "../../generated/operations.js";
import type { Document, Schema } from "../openapi/document.js";
import { type OperationNode, readOperations } from "../openapi/operations.js";
import { child } from "../openapi/references.js";
import { examplesOf, mediaTypesOf } from "../openapi/schemas.js";

/** Operations that create something and move no money. */
const safeToCreate = ["createCustomer"];

const customerId = "customer_id";

export interface PlannedCall {
  operation: string;
  /** The resource and the method of the client: `customers` and `list`. */
  resource: string;
  name: string;
  method: string;
  path: string;
  query?: Record<string, number>;
  body?: Record<string, unknown>;
  needsCustomer: boolean;
}

/** `run` is a number that makes the invented customers of two runs different. */
export function plan(document: Document, create: boolean, run: string): PlannedCall[] {
  const operations = readOperations(document).filter(needsOnlyKey);
  const reads = operations.filter(({ method }) => method === "get").filter(hasOnlyCustomerId);
  const lists = reads.filter((operation) => pathParameters(operation).length === 0).map(plannedRead);
  const details = reads.filter((operation) => pathParameters(operation).length > 0).map(plannedRead);
  const creates = operations
    .filter(({ id }) => create && safeToCreate.includes(id))
    .flatMap((operation) => plannedCreates(document, operation, run));
  return [...lists, ...creates, ...details];
}

/** A customer token would need a one-time password on somebody's phone. */
const needsOnlyKey = ({ security }: OperationNode): boolean =>
  security.requirements.some(
    (schemes) => schemes.length === 1 && schemes.every(({ scheme }) => scheme.type === "http"),
  );

const pathParameters = ({ parameters }: OperationNode): string[] =>
  parameters.filter(({ value }) => value.in === "path").map(({ value }) => value.name);

const hasOnlyCustomerId = (operation: OperationNode): boolean =>
  pathParameters(operation).every((name) => name === customerId);

const calledAs = ({ id, method, path }: OperationNode) => {
  const { resource, name } = clientOperations[id as keyof typeof clientOperations];
  return { operation: id, resource, name, method: method.toUpperCase(), path };
};

function plannedRead(operation: OperationNode): PlannedCall {
  const numbers = operation.parameters.filter(
    (parameter) =>
      parameter.value.in === "query" && child<Schema>(parameter, "schema").value?.type === "integer",
  );
  // A small page, so that the response shows whether the server follows its size.
  const query = Object.fromEntries(numbers.map(({ value: { name } }) => [name, name === "page" ? 1 : 5]));
  return {
    ...calledAs(operation),
    ...(numbers.length > 0 ? { query } : {}),
    needsCustomer: pathParameters(operation).length > 0,
  };
}

function plannedCreates(document: Document, operation: OperationNode, run: string): PlannedCall[] {
  const [content] = mediaTypesOf(operation.body);
  const examples = content ? examplesOf(document, content) : [];
  return examples.map(({ value }, index) => ({
    ...calledAs(operation),
    body: inventedCustomer(value as Record<string, unknown>, run, index + 1),
    needsCustomer: false,
  }));
}

/** The customer of an example, changed into somebody who doesn't exist and gets no messages. */
const inventedCustomer = (example: Record<string, unknown>, run: string, number: number) => ({
  ...example,
  email: `observe-${run}-${number}@example.com`,
  phone: `+57300000${String(number).padStart(4, "0")}`,
  document_number: `000${run}${number}`,
  enable_notifications: false,
});

/** The URL of a call. Without a customer, the parameter of the path stays. */
export function callUrl(server: string, { path, query = {} }: PlannedCall, customer?: string): string {
  const search = new URLSearchParams(Object.entries(query).map(([key, value]) => [key, `${value}`]));
  const filled =
    customer === undefined ? path : path.replace(`{${customerId}}`, encodeURIComponent(customer));
  return `${server}${filled}${search.size > 0 ? `?${search}` : ""}`;
}

/** A call as text, without the key. */
export function callText(server: string, call: PlannedCall): string {
  const { method, body, resource, name } = call;
  const lines = [`${method} ${callUrl(server, call)}  (${resource}.${name})`];
  if (body) lines.push("  x-idempotency: (a new key)", `  ${JSON.stringify(body)}`);
  return lines.join("\n");
}
