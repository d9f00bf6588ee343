// Programs that call the operations of a document, as a user of each client would write them.
import { type ClientOperation as Call, collectOperations } from "../generate/collect.js";
import { type Document, type Example, type RequestBody, resolve } from "../generate/openapi.js";

/** A program that can be written with any number of calls. */
export interface Program {
  head: string;
  calls: string[];
}

/** The program with its first `count` calls; where it has fewer, they are called again. */
export function text({ head, calls }: Program, count = calls.length): string {
  const lines = Array.from({ length: count }, (_, index) => calls[index % calls.length]);
  return [head, ...lines.map((call, index) => `export const answer${index} = await ${call};`), ""].join("\n");
}

const secretKey = '"sk_test_example"';

/** The flat door. */
export const flat = (document: Document, from = "onepay-client"): Program => ({
  head: `import { OnePay } from ${JSON.stringify(from)};\nconst onepay = new OnePay({ apiKey: ${secretKey} });`,
  calls: callsWith(document, ({ resource, name, ids, body, credentials }, example) => {
    const secret = credentials.map(({ option }) => `${option}: "12|token"`);
    const values = [
      ...ids.map(() => '"9da58912-101d-46f8-86c9-20a52119c0bf"'),
      ...(body ? [example] : []),
      ...(secret.length > 0 ? [`{ ${secret.join(", ")} }`] : []),
    ];
    return `onepay.${resource}.${name}(${values.join(", ")})`;
  }),
});

/** openapi-fetch, with the types that openapi-typescript makes. */
export const openapiFetch = (document: Document, schema: string): Program => ({
  head: `import createClient from "openapi-fetch";\nimport type { paths } from ${JSON.stringify(schema)};\nconst client = createClient<paths>({ baseUrl: "https://api.onepay.la/v1" });`,
  calls: callsWith(document, (call, example) => generic(call, example, call.idempotencyKey)),
});

/** The other door: openapi-fetch's calls, without the header that the client sets. */
export const fetchClient = (document: Document, from = "onepay-client"): Program => ({
  head: `import { createFetchClient } from ${JSON.stringify(from)};\nconst client = createFetchClient({ apiKey: ${secretKey} });`,
  calls: callsWith(document, (call, example) => generic(call, example)),
});

/** ky and axios know nothing of the API: whoever calls them names the type of each answer. */
export const ky = (document: Document, schema: string): Program => ({
  head: `import ky from "ky";\nimport type { operations } from ${JSON.stringify(schema)};\nconst http = ky.create({ prefixUrl: "https://api.onepay.la/v1" });`,
  calls: callsWith(
    document,
    (call, example) =>
      `http.${call.method}(${url(call).replace("/", "")}${call.body ? `, { json: ${example} }` : ""}).json<${answer(call)}>()`,
  ),
});

export const axios = (document: Document, schema: string): Program => ({
  head: `import axios from "axios";\nimport type { operations } from ${JSON.stringify(schema)};\nconst http = axios.create({ baseURL: "https://api.onepay.la/v1" });`,
  calls: callsWith(
    document,
    (call, example) => `http.${call.method}<${answer(call)}>(${url(call)}${call.body ? `, ${example}` : ""})`,
  ),
});

/** Made by Stainless for another API of payments: twelve of its calls, as near to ours as it has them. */
export const dodopayments: Program = {
  head: 'import DodoPayments from "dodopayments";\nconst client = new DodoPayments({ bearerToken: "key" });',
  calls: [
    'client.customers.create({ email: "juan@example.com", name: "Juan Pérez" })',
    "client.customers.list()",
    'client.customers.retrieve("id")',
    'client.customers.update("id", { name: "Juan Pérez" })',
    'client.customers.retrievePaymentMethods("id")',
    'client.customers.listCreditEntitlements("id")',
    'client.customers.customerPortal.create("id")',
    'client.customers.wallets.list("id")',
    'client.customers.wallets.ledgerEntries.list("id")',
    'client.customers.wallets.ledgerEntries.create("id", { amount: 50_000, currency: "COP", entry_type: "credit" })',
    'client.payments.retrieve("id")',
    'client.refunds.create({ payment_id: "id" })',
  ],
};

/** Writes come first: a program with one call then has a body to check. */
function callsWith(document: Document, write: (call: Call, example: string) => string): string[] {
  const { operations: calls } = collectOperations(document);
  return [
    ...calls.filter((call) => call.idempotencyKey),
    ...calls.filter((call) => !call.idempotencyKey),
  ].map((call) => write(call, exampleOf(document, call)));
}

/** The document's first example of a body. */
function exampleOf(document: Document, { operation, body }: Call): string {
  if (!operation.requestBody || !body?.mediaType) return "{}";
  const { content } = resolve<RequestBody>(document, operation.requestBody);
  const [first = {}] = Object.values(content[body.mediaType]?.examples ?? {});
  return JSON.stringify(resolve<Example>(document, first).value ?? {});
}

function generic(call: Call, example: string, key?: string): string {
  const ids = call.ids.map((id) => `${JSON.stringify(id)}: "9da58912-101d-46f8-86c9-20a52119c0bf"`);
  const params = [
    ...(ids.length > 0 ? [`path: { ${ids.join(", ")} }`] : []),
    ...(key ? [`header: { ${JSON.stringify(key)}: "key" }`] : []),
  ];
  const secrets = call.credentials.map(({ header }) => `${JSON.stringify(header)}: "12|token"`);
  const init = [
    ...(params.length > 0 ? [`params: { ${params.join(", ")} }`] : []),
    ...(call.body ? [`body: ${example}`] : []),
    ...(secrets.length > 0 ? [`headers: { ${secrets.join(", ")} }`] : []),
  ];
  return `client.${call.method.toUpperCase()}(${JSON.stringify(call.path)}${init.length > 0 ? `, { ${init.join(", ")} }` : ""})`;
}

const url = ({ path }: Call): string =>
  JSON.stringify(path.replace(/\{.*?\}/g, "9da58912-101d-46f8-86c9-20a52119c0bf"));

function answer({ responses }: Call): string {
  const success = responses.find(({ status }) => status.startsWith("2"));
  return success?.mediaType ? success.access : "void";
}
