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

/** Every operation of the document, in its order. */
export function operationsOf(
  document: Document,
): { path: string; method: Method; operation: OperationObject }[] {
  return Object.entries(document.paths ?? {}).flatMap(([path, value]) => {
    const item = resolve<PathItem>(document, value);
    return methods.flatMap((method) => {
      const operation = item[method];
      return operation ? [{ path, method, operation }] : [];
    });
  });
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
  return operationsOf(document).map(({ path, method, operation }) => {
    const item = follow(document, { pointer: pointerOf(["paths", path]), value: document.paths?.[path] });
    const self = child(item, method);
    const own = parametersOf(document, self);
    const shared = parametersOf(document, item).filter(
      ({ value }) => !own.some((other) => other.value.name === value.name && other.value.in === value.in),
    );
    return {
      id: operation.operationId ?? `${method} ${path}`,
      path,
      method,
      pointer: self.pointer,
      operation,
      pathMethods: methods.filter((each) => item.value?.[each]),
      parameters: [...shared, ...own],
      body: operation.requestBody && follow<RequestBody>(document, child(self, "requestBody")),
      responses: Object.keys(operation.responses ?? {})
        .filter((status) => !status.startsWith("x-"))
        .map((status) => {
          const entry = child<ResponseObject>(self, "responses", status);
          return { status, entry: entry.pointer, response: follow(document, entry) };
        }),
      security: securityOf(document, operation, self.pointer),
    };
  });
}

function securityOf(document: Document, { security }: OperationObject, pointer: string) {
  const schemes = (document.components?.securitySchemes ?? {}) as Record<string, SecurityScheme>;
  return {
    pointer: security ? `${pointer}/security` : "#/security",
    requirements: (security ?? document.security ?? []).map((requirement) =>
      Object.keys(requirement).map((name) => ({
        name,
        scheme: resolve(document, schemes[name] as SecurityScheme),
      })),
    ),
  };
}

function parametersOf(document: Document, owner: Node<unknown>): Node<ParameterObject>[] {
  const list = child<unknown>(owner, "parameters");
  if (!Array.isArray(list.value)) return [];
  return list.value.map((_, index) => follow(document, child<ParameterObject>(list, index)));
}
