// Creates a customer on the mock server with the built client and the request that OnePay's page shows.
import { UserError } from "../cli.js";
import type { Document, Example, RequestBody } from "../openapi/document.js";
import { operationsOf } from "../openapi/operations.js";
import { resolve } from "../openapi/references.js";

export interface FirstCustomer {
  request: Record<string, unknown>;
  customer: Record<string, unknown>;
  status: number;
  idempotencyKey: string | undefined;
}

export async function createFirstCustomer(document: Document, baseUrl: string): Promise<FirstCustomer> {
  // By its name, as users import it.
  const { OnePay } = await import("onepay-client");
  const onepay = new OnePay({ apiKey: "sk_test_xxx", baseUrl });
  const request = publishedRequest(document);
  const { data, response, idempotencyKey } = await onepay.customers.create(request as never).withResponse();
  return { request, customer: { ...data }, status: response.status, idempotencyKey };
}

/** The first example of a request for createCustomer. */
function publishedRequest(document: Document): Record<string, unknown> {
  for (const { operation } of operationsOf(document)) {
    if (operation.operationId !== "createCustomer" || !operation.requestBody) continue;
    const body = resolve<RequestBody>(document, operation.requestBody);
    const [example] = Object.values(body.content["application/json"]?.examples ?? {});
    if (example) return resolve<Example>(document, example).value as Record<string, unknown>;
  }
  throw new UserError("createCustomer has no example of a request. Add one to spec/paths/customers.yaml.");
}

/** What was sent and what was returned, as lines of text. */
export function customerLines({ request, customer, status }: FirstCustomer): string[] {
  const fields = (values: Record<string, unknown>) =>
    Object.entries(values).map(([name, value]) => `  ${name.padEnd(20)} ${value}`);
  const isSameCustomer = request.email === customer.email;
  return [
    "Sent to POST /customers",
    ...fields(request),
    "",
    `Returned with status ${status}`,
    ...fields(customer),
    ...(isSameCustomer
      ? []
      : [
          "",
          "These are two different people, as on OnePay's page. The mock server returns the documented example.",
        ]),
  ];
}
