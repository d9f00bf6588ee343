/** Responses in OnePay's shapes. */

/** A response before it is sent. */
export interface Reply {
  readonly status: number;
  /** JSON text; an empty string for no body. */
  readonly body: string;
  readonly headers?: { readonly [name: string]: string };
  /** Why the request failed, for the log. */
  readonly reason?: string;
}

export const json = (status: number, value: unknown): Reply => ({ status, body: JSON.stringify(value) });

export const noContent: Reply = { status: 204, body: "" };

interface ErrorCode {
  readonly code: number;
  readonly name: string;
}

/** The documented shape of an error. */
export function error(status: number, message: string, code?: ErrorCode): Reply {
  const body = { message, ...(code && { code: code.code, code_name: code.name }) };
  return { ...json(status, body), reason: code?.name ?? message };
}

/** The documented shape of an error with invalid fields. */
export function invalidFields(fields: readonly { key: string; description: string }[]): Reply {
  const body = { message: "Los datos enviados no son válidos.", errors: fields };
  return { ...json(422, body), reason: `invalid fields: ${fields.map(({ key }) => key).join(", ")}` };
}

export const invalidField = (key: string, description: string): Reply =>
  invalidFields([{ key, description }]);

export const notFound: Reply = error(404, "El recurso no existe.");

export function toResponse({ status, body, headers }: Reply): Response {
  const type = body === "" ? {} : { "content-type": "application/json" };
  return new Response(body === "" ? null : body, { status, headers: { ...type, ...headers } });
}
