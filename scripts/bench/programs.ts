// Programs that call the operations of a document, as users of the clients write them.
import type { Operation } from "../../src/types.js";
import type { Document, Example, RequestBody } from "../openapi/document.js";
import { resolve } from "../openapi/references.js";

export type Operations = Readonly<Record<string, Operation>>;

/** A program that can be written with any number of calls. */
export interface Program {
  imports: string;
  calls: string[];
}

const id = '"9da58912-101d-46f8-86c9-20a52119c0bf"';
const secretKey = '"sk_test_example"';

/** The program with `count` calls. If it has fewer, they're repeated. */
export function programText({ imports, calls }: Program, count = calls.length): string {
  const lines = Array.from(
    { length: count },
    (_, index) => `export const result${index} = await ${calls[index % calls.length]};`,
  );
  return [imports, ...lines, ""].join("\n");
}

export const onePayProgram = (operations: Operations, document: Document): Program => ({
  imports: `import { OnePay } from "onepay-client";\nconst onepay = new OnePay({ apiKey: ${secretKey} });`,
  calls: Object.values(operations).map((operation) => {
    const { resource, name } = operation;
    const secrets = secretOptions(operation).map(([option]) => `${option}: "12|token"`);
    const args = [
      ...pathParameters(operation).map(() => id),
      ...exampleBody(document, operation),
      ...(secrets.length > 0 ? [`{ ${secrets.join(", ")} }`] : []),
    ];
    return `onepay.${resource}.${name}(${args.join(", ")})`;
  }),
});

/** The calls of an openapi-fetch client. */
export const fetchClientProgram = (operations: Operations, document: Document): Program => ({
  imports: `import { createFetchClient } from "onepay-client";\nconst client = createFetchClient({ apiKey: ${secretKey} });`,
  calls: Object.values(operations).map((operation) => {
    const ids = pathParameters(operation).map((name) => `${name}: ${id}`);
    const secrets = secretOptions(operation).map(([, header]) => `"${header}": "12|token"`);
    const init = [
      ...(ids.length > 0 ? [`params: { path: { ${ids.join(", ")} } }`] : []),
      ...exampleBody(document, operation).map((body) => `body: ${body}`),
      ...(secrets.length > 0 ? [`headers: { ${secrets.join(", ")} }`] : []),
    ];
    return `client.${operation.method.toUpperCase()}("${operation.path}", { ${init.join(", ")} })`;
  }),
});

const pathParameters = ({ path }: Operation): string[] =>
  [...path.matchAll(/\{(.*?)\}/g)].map(([, name = ""]) => name);

/** Options that become headers, without the idempotency key, which every client can create. */
const secretOptions = ({ headers = {} }: Operation): [option: string, header: string][] =>
  Object.entries(headers).filter(([option]) => option !== "idempotencyKey");

/** The first example of the request body, if the operation has a body. */
function exampleBody(document: Document, { path, method, body }: Operation): string[] {
  const requestBody = document.paths?.[path]?.[method]?.requestBody;
  if (!body || !requestBody) return [];
  const { content } = resolve<RequestBody>(document, requestBody);
  const [example = {}] = Object.values(content["application/json"]?.examples ?? {});
  return [JSON.stringify(resolve<Example>(document, example).value)];
}
