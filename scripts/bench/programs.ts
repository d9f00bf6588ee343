// Programs that call the operations of a document, as users of the clients write them.
import type { Operation } from "../../src/types.js";
import type { Document, RequestBody } from "../openapi/document.js";
import { valueAt } from "../openapi/pointers.js";

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
  const lines = Array.from({ length: count }, (_, index) => calls[index % calls.length]);
  return [imports, ...lines.map((call, index) => `export const result${index} = await ${call};`), ""].join(
    "\n",
  );
}

export const onePayProgram = (operations: Operations, document: Document): Program => ({
  imports: `import { OnePay } from "onepay-client";\nconst onepay = new OnePay({ apiKey: ${secretKey} });`,
  calls: Object.values(operations).map((operation) => {
    const { resource, name, body } = operation;
    const options = secretOptions(operation).map(([option]) => `${option}: "12|token"`);
    const args = [
      ...pathParameters(operation).map(() => id),
      ...(body ? [exampleBody(document, operation)] : []),
      ...(options.length > 0 ? [`{ ${options.join(", ")} }`] : []),
    ];
    return `onepay.${resource}.${name}(${args.join(", ")})`;
  }),
});

/** The calls of an openapi-fetch client. */
export const fetchClientProgram = (operations: Operations, document: Document): Program => ({
  imports: `import { createFetchClient } from "onepay-client";\nconst client = createFetchClient({ apiKey: ${secretKey} });`,
  calls: Object.values(operations).map((operation) => {
    const ids = pathParameters(operation).map((name) => `${JSON.stringify(name)}: ${id}`);
    const secrets = secretOptions(operation).map(([, header]) => `${JSON.stringify(header)}: "12|token"`);
    const init = [
      ...(ids.length > 0 ? [`params: { path: { ${ids.join(", ")} } }`] : []),
      ...(operation.body ? [`body: ${exampleBody(document, operation)}`] : []),
      ...(secrets.length > 0 ? [`headers: { ${secrets.join(", ")} }`] : []),
    ];
    return `client.${operation.method.toUpperCase()}(${JSON.stringify(operation.path)}, { ${init.join(", ")} })`;
  }),
});

const pathParameters = ({ path }: Operation): string[] =>
  [...path.matchAll(/\{(.*?)\}/g)].map(([, name = ""]) => name);

/** Options that become headers, without the idempotency key, which every client can create. */
const secretOptions = ({ headers = {} }: Operation): [option: string, header: string][] =>
  Object.entries(headers).filter(([option]) => option !== "idempotencyKey");

/** The first example of the request body. */
function exampleBody(document: Document, { path, method }: Operation): string {
  const operation = document.paths?.[path]?.[method as "post"];
  const { content } = resolved<RequestBody>(document, operation?.requestBody);
  const [example] = Object.values(content["application/json"]?.examples ?? {});
  return JSON.stringify(resolved<{ value: unknown }>(document, example).value);
}

function resolved<T>(document: Document, value: unknown): T {
  const { $ref } = value as { $ref?: string };
  return ($ref ? valueAt(document, $ref) : value) as T;
}
