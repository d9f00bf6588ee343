/** The arguments of a method: path parameters by position, then the body, then the query, then the options. */
import { optionNames } from "./options.js";
import { serializeBody } from "./request-body.js";
import type { Operation } from "./types.js";
import { checkNumbers, encodeQuery, fillPath, type QueryPair } from "./url.js";

/** The arguments of a call as they were when it was made: what the caller changes later has no effect. */
export interface Arguments {
  readonly path: string;
  readonly query: readonly QueryPair[];
  readonly body: string | undefined;
  readonly options: unknown;
}

/**
 * Reads the arguments of a method.
 *
 * @throws TypeError that names the method and the argument.
 */
export function readArguments(operation: Operation, label: string, args: readonly unknown[]): Arguments {
  const rest = [...args];
  const path = fillPath(operation.path, () => rest.shift(), label);
  const body = operation.body && rest.shift();
  const query = operation.query && rest.shift();
  const options = rest.shift();
  if (rest.some((argument) => argument !== undefined))
    throw new TypeError(`${label}: too many arguments. The options are the last one.`);
  checkData(operation, label, body, query);
  return {
    path,
    query: encodeQuery(query, label),
    body: operation.body && serializeBody(body, operation.body === "required", label),
    options,
  };
}

/** Checks the values of the body and the query that the document or the client restricts. */
export function checkData(
  { ownFields = [], numbers = {}, pagination }: Operation,
  label: string,
  body: unknown,
  query: unknown,
): void {
  refuseOptions(body, ownFields, label, "the body");
  refuseOptions(query, ownFields, label, "the query");
  // Another number would repeat a page or never reach the end.
  const pageNumber = pagination && { [pagination.page]: { integer: true, minimum: 1 } as const };
  checkNumbers(query, { ...numbers, ...pageNumber }, label);
}

/** An option in the data would be sent as data, and a payment would get a random idempotency key each time. */
export function refuseOptions(
  data: unknown,
  ownFields: readonly string[],
  label: string,
  place: string,
): void {
  const keys = typeof data === "object" && data !== null ? Object.keys(data) : [];
  const misplaced = keys.find((key) => optionNames.includes(key) && !ownFields.includes(key));
  if (misplaced !== undefined)
    throw new TypeError(
      `${label}: ${misplaced} is an option, and it's in ${place}. Pass it in the last argument: { ${misplaced} }.`,
    );
}
