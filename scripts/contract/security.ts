// Credentials on the wire. Those of the good requests are made up: any will do for the mock.
import { type Change, escapeKey, type Request } from "./case.js";
import type { OperationNode, SecurityNode } from "./document.js";

/** The pointer to where a scheme's credential stands in a request, and one that is good enough for a mock. */
export function credential({ scheme: { type, in: where, name = "", scheme } }: SecurityNode): Change {
  if (type !== "apiKey") {
    const kind = scheme === "basic" ? "Basic c2s6" : "Bearer sk_test_contract";
    return { set: { "/headers/authorization": kind } };
  }
  if (where === "query") return { set: { [`/query/${escapeKey(name)}`]: "token-of-the-contract" } };
  if (where === "cookie") return { set: { "/headers/cookie": `${name}=token-of-the-contract` } };
  return { set: { [`/headers/${escapeKey(name.toLowerCase())}`]: "token-of-the-contract" } };
}

/** Do these schemes hold all that a requirement needs? */
export const satisfied = (needed: SecurityNode[], given: SecurityNode[]): boolean =>
  needed.every(({ name }) => given.some((each) => each.name === name));

/** Does a request carry a credential that the operation asks for? Whether it is a good one, no document knows. */
export function authorized({ security: { requirements } }: OperationNode, request: Request): boolean {
  if (requirements.length === 0) return true;
  return requirements.some((needed) => needed.every((scheme) => carries(scheme, request)));
}

function carries(
  { scheme: { type, in: where, name = "", scheme } }: SecurityNode,
  request: Request,
): boolean {
  const { authorization = "", cookie = "" } = request.headers;
  if (type !== "apiKey") return (scheme === "basic" ? /^Basic\s+\S/i : /^Bearer\s+\S/).test(authorization);
  if (where === "query") return Boolean(request.query[name]);
  if (where === "cookie") return cookie.includes(`${name}=`);
  return Boolean(request.headers[name.toLowerCase()]);
}
