/** Lists: filters, order, pages and the envelopes that OnePay documents. */
import type { Context } from "./context.js";
import type { EmulatedRequest } from "./request.js";
import { json, type Reply } from "./responses.js";
import { readDeepObject } from "./validate.js";

type Row = object;

/** OnePay's lists have 15 or 20 rows per page. */
const defaultPageSize = 20;

export function listReply(rows: readonly Row[], request: EmulatedRequest, context: Context): Reply {
  const { query, path, origin } = request;
  const filter = context.ignoreFilters ? undefined : readDeepObject("filter", query);
  const found = sortRows(
    rows.filter((row) => matches(row, filter)),
    query.get("sort"),
  );
  const page = toCount(query.get("page"), 1);
  const pageSize = toCount(query.get("per_page"), defaultPageSize);
  const start = (page - 1) * pageSize;
  const data = found.slice(start, start + pageSize);
  return json(
    200,
    wrap(data, { page, pageSize, total: found.length, start, query, url: `${origin}/v1${path}` }, context),
  );
}

/** A whole number of at least 1; otherwise, the default: Laravel does the same. */
function toCount(text: string | null, byDefault: number): number {
  const number = Number(text ?? byDefault);
  return Number.isInteger(number) && number >= 1 ? number : byDefault;
}

const fieldOf = (row: Row, field: string): unknown => (row as Record<string, unknown>)[field];

/** Fields that a row doesn't have match nothing. */
const matches = (row: Row, filter: Record<string, string> | undefined): boolean =>
  Object.entries(filter ?? {}).every(([field, value]) => String(fieldOf(row, field)) === value);

/** `created_at`, or `-created_at` for the newest first. Rows are stored in the order in which they were created. */
function sortRows(rows: Row[], sort: string | null): Row[] {
  if (!sort) return rows;
  const field = sort.replace(/^-/, "");
  const sign = sort.startsWith("-") ? -1 : 1;
  const sorted = rows.map((row, index) => ({ row, index }));
  sorted.sort((a, b) => sign * (compare(fieldOf(a.row, field), fieldOf(b.row, field)) || a.index - b.index));
  return sorted.map(({ row }) => row);
}

const compare = (a: unknown, b: unknown): number => String(a).localeCompare(String(b), "en");

interface PageFacts {
  readonly page: number;
  readonly pageSize: number;
  readonly total: number;
  readonly start: number;
  readonly query: URLSearchParams;
  /** Of the list, without its query. */
  readonly url: string;
}

function wrap(
  data: Row[],
  { page, pageSize, total, start, query, url }: PageFacts,
  { envelope }: Context,
): unknown {
  const lastPage = Math.max(1, Math.ceil(total / pageSize));
  const from = data.length === 0 ? null : start + 1;
  const to = data.length === 0 ? null : start + data.length;
  const urlOf = (number: number) =>
    `${url}?${new URLSearchParams([...query].filter(([name]) => name !== "page").concat([["page", String(number)]]))}`;
  switch (envelope) {
    case "A":
      return { data, current_page: page, from, last_page: lastPage, per_page: pageSize, to, total };
    case "B":
      return {
        data,
        current_page: page,
        first_page_url: urlOf(1),
        from,
        next_page_url: page < lastPage ? urlOf(page + 1) : null,
        path: url,
        per_page: pageSize,
        prev_page_url: page > 1 ? urlOf(page - 1) : null,
        to,
      };
    case "C":
      return { data, meta: { current_page: page, last_page: lastPage, per_page: pageSize, total } };
    case "array":
      return data;
  }
}
