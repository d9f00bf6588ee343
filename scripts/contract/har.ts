// Writes recorded requests and responses as an HTTP Archive (HAR 1.2). Redocly's `drift` and browsers can read it.
import type { Document, Schema } from "../openapi/document.js";
import { type OperationNode, readOperations } from "../openapi/operations.js";
import { child } from "../openapi/references.js";
import type { SchemaNode } from "../openapi/schemas.js";
import { findResponse } from "../openapi/statuses.js";
import type { HttpRequest } from "./case.js";
import { redactBody, redactHeaders, redactParameter } from "./redact.js";

/** A request and its response, before redaction. */
export interface Exchange {
  operation: string;
  request: HttpRequest;
  /** The URL without path and query. */
  base: string;
  status: number;
  headers: Record<string, string>;
  /** The body of the response. */
  text: string;
  started: Date;
  /** From sending to the last byte, in whole milliseconds. */
  duration: number;
}

/** The recording with secrets and personal data redacted. */
export function har(document: Document, exchanges: Exchange[]): object {
  const all = readOperations(document);
  return {
    log: {
      version: "1.2",
      creator: { name: "onepay-client contract tests", version: "1" },
      entries: exchanges.map((exchange) =>
        entry(document, all.find(({ id }) => id === exchange.operation) as OperationNode, exchange),
      ),
    },
  };
}

function entry(document: Document, operation: OperationNode, exchange: Exchange) {
  const { request, base, status, headers, started, duration } = exchange;
  const path = request.path.replace(/\{(.+?)\}/g, (_, name: string) =>
    encodeURIComponent(redactParameter(document, operation, name, request.params[name] ?? "")),
  );
  const query = Object.entries(request.query).flatMap(([name, value]) =>
    [value].flat().map((each) => ({ name, value: redactParameter(document, operation, name, each) })),
  );
  const search = new URLSearchParams(query.map(({ name, value }) => [name, value])).toString();
  const sent =
    request.body === undefined ? undefined : redactBody(document, bodySchema(operation), request.body);
  const text = responseText(document, operation, exchange);
  return {
    startedDateTime: started.toISOString(),
    time: duration,
    request: {
      method: request.method,
      url: `${base}${path}${search && `?${search}`}`,
      httpVersion: "HTTP/1.1",
      cookies: [],
      headers: pairs(redactHeaders(operation, request.headers)),
      queryString: query,
      headersSize: -1,
      bodySize: -1,
      ...(sent === undefined
        ? {}
        : { postData: { mimeType: "application/json", text: JSON.stringify(sent) } }),
    },
    response: {
      status,
      statusText: "",
      httpVersion: "HTTP/1.1",
      cookies: [],
      headers: pairs(redactHeaders(operation, headers)),
      content: { size: text.length, mimeType: headers["content-type"] ?? "", text },
      redirectURL: "",
      headersSize: -1,
      bodySize: -1,
    },
    cache: {},
    timings: { send: 0, wait: duration, receive: 0 },
  };
}

const pairs = (headers: Record<string, string>) =>
  Object.entries(headers).map(([name, value]) => ({ name, value }));

const bodySchema = ({ body }: OperationNode): SchemaNode | undefined =>
  body && child<Schema>(body, "content", "application/json", "schema");

/** The redacted text of a response. If it isn't JSON, all of it is redacted. */
function responseText(document: Document, operation: OperationNode, { status, text }: Exchange): string {
  if (text === "") return "";
  const documented = findResponse(operation.responses, status);
  const schema = documented && child<Schema>(documented.response, "content", "application/json", "schema");
  try {
    return JSON.stringify(redactBody(document, schema, JSON.parse(text)));
  } catch {
    return "redacted";
  }
}
