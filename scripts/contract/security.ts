// Credentials. The values are invented: the mock server only checks that a credential is there.
import type { OperationNode, SecurityNode } from "../openapi/operations.js";
import { escapePointer } from "../openapi/pointers.js";
import type { Change, HttpRequest } from "./case.js";

/** The change that adds the credential of a security scheme to a request. */
export function credential({ scheme: { type, in: location, name = "", scheme } }: SecurityNode): Change {
  if (type !== "apiKey") {
    const value = scheme === "basic" ? "Basic c2s6" : "Bearer sk_test_contract";
    return { set: { "/headers/authorization": value } };
  }
  if (location === "query") return { set: { [`/query/${escapePointer(name)}`]: invented } };
  if (location === "cookie") return { set: { "/headers/cookie": `${name}=${invented}` } };
  return { set: { [`/headers/${escapePointer(name.toLowerCase())}`]: invented } };
}

const invented = "token-of-the-contract";

/** Whether these schemes include all that a requirement needs. */
export const satisfied = (needed: SecurityNode[], available: SecurityNode[]): boolean =>
  needed.every(({ name }) => available.some((each) => each.name === name));

/** Whether a request has the credentials that the operation needs. */
export function authorized({ security: { requirements } }: OperationNode, request: HttpRequest): boolean {
  if (requirements.length === 0) return true;
  return requirements.some((needed) => needed.every((scheme) => hasCredential(scheme, request)));
}

function hasCredential(
  { scheme: { type, in: location, name = "", scheme } }: SecurityNode,
  request: HttpRequest,
): boolean {
  const { authorization = "", cookie = "" } = request.headers;
  if (type !== "apiKey") return (scheme === "basic" ? /^Basic\s+\S/i : /^Bearer\s+\S/).test(authorization);
  if (location === "query") return Boolean(request.query[name]);
  if (location === "cookie") return cookie.includes(`${name}=`);
  return Boolean(request.headers[name.toLowerCase()]);
}
