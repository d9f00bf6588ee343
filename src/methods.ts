/** The methods of the resources: from their arguments to a promise of the data or of a page. */
import { readArguments } from "./arguments.js";
import { createCall } from "./call.js";
import type { ClientSettings } from "./options.js";
import { createPage, type ParsedPage, type Position, parsePage, toPagePromise } from "./pagination.js";
import { type CallResult, type Parse, send } from "./send.js";
import type { OnePayPromise, Operation, Page, PagePromise } from "./types.js";
import { type QueryPair, queryString } from "./url.js";

/** Calls an operation. It never throws: wrong arguments reject. */
export function callMethod(
  client: ClientSettings,
  id: string,
  operation: Operation,
  args: readonly unknown[],
): OnePayPromise<unknown> {
  const label = `${operation.resource}.${operation.name}`;
  // Called at once, so that everything is taken before the caller can change it.
  const prepare = () => {
    const { path, query, body, options } = readArguments(operation, label, args);
    const target = { ...operation, operation: id, label, mayBeEmpty: operation.method === "delete" };
    const url = client.baseUrl + path;
    return { call: createCall(client, target, url + queryString(query), body, options), url, query };
  };
  type Prepared = ReturnType<typeof prepare>;
  const prepared = settle(prepare);
  const { pagination } = operation;
  if (!pagination) {
    return toOnePayPromise(
      prepared.then(({ call }) => send(call, ({ data }) => ({ kind: "data", data }))),
      (data) => data,
    );
  }

  // Without a position, the page that the caller's query asks for.
  const fetchPage = (position?: Position): PagePromise<unknown> => {
    const sendPage = ({ call, url, query }: Prepared) => {
      const current = position ?? firstPosition(query, pagination.page);
      const parse: Parse<ParsedPage> = (success) => {
        const page = parsePage(success, pagination.items, current);
        return page.kind === "data" ? { kind: "data", data: page } : page;
      };
      return send({ ...call, url: url + queryString(withPage(query, pagination.page, current)) }, parse);
    };
    const promise = toOnePayPromise<ParsedPage, Page<unknown>>(prepared.then(sendPage), (page) =>
      createPage(page, label, fetchPage),
    );
    return toPagePromise(promise, label);
  };
  return fetchPage();
}

/** The page that the caller's query asks for: the first one by default. */
function firstPosition(query: readonly QueryPair[], parameter: string): Position {
  const number = Number(query.find(([name]) => name === parameter)?.[1] ?? 1);
  return { number, itemsBefore: number === 1 ? 0 : undefined, previous: undefined };
}

/** The query with the number of a later page. The first page is requested as the caller wrote it. */
function withPage(
  query: readonly QueryPair[],
  parameter: string,
  { number, previous }: Position,
): QueryPair[] {
  if (!previous) return [...query];
  const others = query.filter(([name]) => name !== parameter);
  return [...others, [parameter, String(number)]];
}

/** The result of a function as a promise: what it throws rejects. */
async function settle<T>(run: () => T): Promise<T> {
  return run();
}

/** The promise of the data, with the way to the response and the metadata. */
export function toOnePayPromise<Parsed, T>(
  result: Promise<CallResult<Parsed>>,
  read: (parsed: Parsed) => T,
): OnePayPromise<T> {
  const promise = result.then(({ data }) => read(data));
  return Object.assign(promise, {
    withResponse: async () => {
      const data = await promise;
      const { response, idempotencyKey, attempts } = await result;
      return { data, response, idempotencyKey, attempts };
    },
  });
}
