// The calls of `npm run observe`: reads, and with --create the creation of invented customers.
import { operations as clientOperations } from "../../generated/operations.js";
import type { Document, Schema } from "../openapi/document.js";
import { type OperationNode, readOperations } from "../openapi/operations.js";
import { child } from "../openapi/references.js";
import { examplesOf, mediaTypesOf } from "../openapi/schemas.js";

/** Operations that create something and move no money. */
const safeToCreate = ["createCustomer"];

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
  const reads = operations
    .filter((each) => each.method === "get" && pathParameters(each).every((name) => name === "customer_id"))
    .map(plannedRead);
  const creates = operations
    .filter(({ id }) => create && safeToCreate.includes(id))
    .flatMap((operation) => plannedCreates(document, operation, run));
  return [
    ...reads.filter(({ needsCustomer }) => !needsCustomer),
    ...creates,
    ...reads.filter(({ needsCustomer }) => needsCustomer),
  ];
}

/** A customer token would need a one-time password on somebody's phone. */
const needsOnlyKey = ({ security }: OperationNode): boolean =>
  security.requirements.some(([first, ...others]) => first?.scheme.type === "http" && others.length === 0);

const pathParameters = ({ parameters }: OperationNode): string[] =>
  parameters.filter(({ value }) => value.in === "path").map(({ value }) => value.name);

function plannedCall(operation: OperationNode): PlannedCall {
  const { id, method, path } = operation;
  const { resource, name } = clientOperations[id as keyof typeof clientOperations];
  const needsCustomer = pathParameters(operation).length > 0;
  return { operation: id, resource, name, method: method.toUpperCase(), path, needsCustomer };
}

function plannedRead(operation: OperationNode): PlannedCall {
  const numbers = operation.parameters.filter(
    (parameter) =>
      parameter.value.in === "query" && child<Schema>(parameter, "schema").value?.type === "integer",
  );
  // A small page, so that the response shows whether the server follows its size.
  const query = Object.fromEntries(numbers.map(({ value: { name } }) => [name, name === "page" ? 1 : 5]));
  return { ...plannedCall(operation), ...(numbers.length > 0 ? { query } : {}) };
}

/** The customers of the examples, changed into people who don't exist and get no messages. */
function plannedCreates(document: Document, operation: OperationNode, run: string): PlannedCall[] {
  const examples = mediaTypesOf(operation.body)
    .slice(0, 1)
    .flatMap((content) => examplesOf(document, content));
  return examples.map(({ value }, index) => ({
    ...plannedCall(operation),
    body: {
      ...(value as Record<string, unknown>),
      email: `observe-${run}-${index + 1}@example.com`,
      phone: `+57300000${String(index + 1).padStart(4, "0")}`,
      document_number: `000${run}${index + 1}`,
      enable_notifications: false,
    },
  }));
}

/** The URL of a call. Without a customer, the parameter of the path stays. */
export function callUrl(server: string, { path, query = {} }: PlannedCall, customer?: string): string {
  const search = new URLSearchParams(Object.entries(query).map(([key, value]) => [key, `${value}`]));
  const filled = customer === undefined ? path : path.replace(/\{.+\}/, encodeURIComponent(customer));
  return `${server}${filled}${search.size > 0 ? `?${search}` : ""}`;
}

/** A call as text, without the key. */
export function callText(server: string, call: PlannedCall): string {
  const { method, body, resource, name } = call;
  const lines = [`${method} ${callUrl(server, call)}  (${resource}.${name})`];
  if (body) lines.push("  x-idempotency: (a new key)", `  ${JSON.stringify(body)}`);
  return lines.join("\n");
}
