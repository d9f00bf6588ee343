// The operations of an OpenAPI document.
import {
  type Document,
  type Method,
  methods,
  type OperationObject,
  type ParameterObject,
  type PathItem,
  type RequestBody,
  type ResponseObject,
  type SecurityScheme,
} from "./document.js";
import { pointerOf } from "./pointers.js";
import { child, follow, type Node, resolve } from "./references.js";

export interface OperationEntry {
  path: string;
  method: Method;
  item: PathItem;
  operation: OperationObject;
}

/** Every operation of the document, in its order. */
export function* operationsOf(document: Document): Generator<OperationEntry> {
  for (const [path, value] of Object.entries(document.paths ?? {})) {
    const item = resolve<PathItem>(document, value);
    for (const method of methods) {
      const operation = item[method];
      if (operation) yield { path, method, item, operation };
    }
  }
}

/** An operation with everything that it refers to. Each part has its JSON pointer. */
export interface OperationNode {
  id: string;
  path: string;
  method: Method;
  pointer: string;
  operation: OperationObject;
  /** The methods that the path documents. */
  pathMethods: string[];
  parameters: Node<ParameterObject>[];
  body: Node<RequestBody> | undefined;
  responses: DocumentedResponse[];
  /** A request needs to meet one of the requirements. A requirement needs all of its schemes. */
  security: { pointer: string; requirements: SecurityNode[][] };
}

export interface DocumentedResponse {
  status: string;
  /** JSON pointer to the entry below `responses`. `response` may be elsewhere, behind a `$ref`. */
  entry: string;
  response: Node<ResponseObject>;
}

export interface SecurityNode {
  name: string;
  scheme: SecurityScheme;
}

/** Every operation of the document with everything that it refers to, in the document's order. */
export function readOperations(document: Document): OperationNode[] {
  return [...operationsOf(document)].map(({ path, method, item, operation }) => {
    const owner = follow(document, { pointer: pointerOf(["paths", path]), value: item });
    const self = child<Record<string, unknown>>({ pointer: owner.pointer, value: item }, method);
    const own = parametersOf(document, child(self, "parameters"));
    const shared = parametersOf(document, child({ ...owner, value: item }, "parameters"));
    const isOverridden = ({ value }: Node<ParameterObject>) =>
      own.some((other) => other.value.name === value.name && other.value.in === value.in);
    const body = child<RequestBody | undefined>(self, "requestBody");
    const requirements = operation.security ?? document.security ?? [];
    return {
      id: operation.operationId ?? `${method} ${path}`,
      path,
      method,
      pointer: self.pointer,
      operation,
      pathMethods: methods.filter((each) => each in item),
      parameters: [...shared.filter((parameter) => !isOverridden(parameter)), ...own],
      body: body.value === undefined ? undefined : follow(document, body as Node<RequestBody>),
      responses: statusesOf(operation).map((status) => {
        const entry = child<ResponseObject>(self, "responses", status);
        return { status, entry: entry.pointer, response: follow(document, entry) };
      }),
      security: {
        pointer: operation.security ? `${self.pointer}/security` : "#/security",
        requirements: requirements.map((requirement) =>
          Object.keys(requirement).map((name) => ({
            name,
            scheme: resolve(document, document.components?.securitySchemes?.[name] as SecurityScheme),
          })),
        ),
      },
    };
  });
}

const statusesOf = ({ responses = {} }: OperationObject): string[] =>
  Object.keys(responses).filter((key) => !key.startsWith("x-"));

function parametersOf(document: Document, node: Node<unknown>): Node<ParameterObject>[] {
  if (!Array.isArray(node.value)) return [];
  return node.value.map((_, index) => follow(document, child<ParameterObject>(node, index)));
}
