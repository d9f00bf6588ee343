// The main job's last step: the request that OnePay publishes goes through the built client and comes back as a customer.
import { UserError } from "../cli.js";
import { type Document, type Example, operationsOf, type RequestBody, resolve } from "../generate/openapi.js";

export interface FirstCustomer {
  request: Record<string, unknown>;
  customer: Record<string, unknown>;
  status: number;
  idempotencyKey: string | undefined;
}

/** Sends the document's first request for `createCustomer` to `mock`, as a merchant's server would send it. */
export async function createFirstCustomer(document: Document, mock: string): Promise<FirstCustomer> {
  // The package by its name, as its users import it: what is tried is what they get.
  const { OnePay } = await import("onepay-client");
  const onepay = new OnePay({ apiKey: "sk_test_xxx", baseUrl: mock });
  const request = publishedRequest(document);
  const { data, response, idempotencyKey } = await onepay.customers.create(request as never).withResponse();
  return { request, customer: { ...data }, status: response.status, idempotencyKey };
}

function publishedRequest(document: Document): Record<string, unknown> {
  for (const { operation } of operationsOf(document)) {
    if (operation.operationId !== "createCustomer" || !operation.requestBody) continue;
    const body = resolve<RequestBody>(document, operation.requestBody);
    const [first] = Object.values(body.content["application/json"]?.examples ?? {});
    if (first) return resolve<Example>(document, first).value as Record<string, unknown>;
  }
  throw new UserError(
    "The document has no example of a request for createCustomer; add one to spec/paths/customers.yaml.",
  );
}
