import type {
  CreateCustomer,
  OnePay,
} from "onepay-client";

/** The id of the customer with this document. */
export async function findCustomer(
  onepay: OnePay,
  body: CreateCustomer,
  signal: AbortSignal,
): Promise<string | undefined> {
  const { document_number } = body;
  const rows = onepay.customers.list(
    { filter: { document_number }, per_page: 50 },
    { signal },
  );
  for await (const row of rows) {
    // The server may ignore the filter, and two types
    // of document may have the same number.
    if (
      row.document_number === document_number &&
      row.document_type === body.document_type
    )
      return row.id;
  }
  return undefined;
}
