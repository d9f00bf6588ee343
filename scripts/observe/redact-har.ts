// Redacts a HAR file: what isn't known to be harmless is replaced, and what isn't needed is left out.
import { matchPath } from "../evidence/match.js";
import type { Exchange } from "../evidence/recording.js";
import type { Document, Schema } from "../openapi/document.js";
import { isJson } from "../openapi/media-types.js";
import { type OperationNode, readOperations } from "../openapi/operations.js";
import { child, type Node } from "../openapi/references.js";
import type { SchemaNode } from "../openapi/schemas.js";
import { findResponse } from "../openapi/statuses.js";
import { redactBody, redactHeaders, redactParameter } from "./redact.js";

/** A HAR with the exchanges of one server, without secrets and personal data. */
export function redactedHar(document: Document, exchanges: Exchange[], server: string): object {
  const operations = readOperations(document);
  return {
    log: {
      version: "1.2",
      creator: { name: "onepay-client observe", version: "1" },
      entries: exchanges.map((exchange) => redactedEntry(document, operations, exchange, server)),
    },
  };
}

function redactedEntry(document: Document, operations: OperationNode[], exchange: Exchange, server: string) {
  const { method, url, status, started, requestBody, responseBody } = exchange;
  const { pathname, searchParams } = new URL(url);
  const path = pathname.slice(new URL(server).pathname.replace(/\/$/, "").length);
  const found = matchPath(operations, method, path);
  const operation = found?.operation;
  const redactedPath = found
    ? found.operation.path.replace(/\{(.+?)\}/g, (_, name: string) =>
        encodeURIComponent(redactParameter(document, found.operation, name, found.parameters[name] ?? "")),
      )
    : path.replace(/[^/]+/g, "redacted");
  const queryString = [...searchParams].map(([name, value]) => ({
    name,
    value: operation ? redactParameter(document, operation, name, value) : "redacted",
  }));
  const search = new URLSearchParams(queryString.map(({ name, value }) => [name, value])).toString();
  const documented = operation && findResponse(operation.responses, status);
  const text = redactedText(document, documented?.response, responseBody);
  const sent = requestBody
    ? {
        postData: {
          mimeType: "application/json",
          text: redactedText(document, operation?.body, requestBody),
        },
      }
    : {};
  return {
    startedDateTime: started,
    time: 0,
    request: {
      method,
      url: `${server}${redactedPath}${search && `?${search}`}`,
      httpVersion: "HTTP/1.1",
      cookies: [],
      headers: pairs(redactHeaders(exchange.requestHeaders)),
      queryString,
      headersSize: -1,
      bodySize: -1,
      ...sent,
    },
    response: {
      status,
      statusText: "",
      httpVersion: "HTTP/1.1",
      cookies: [],
      headers: pairs(redactHeaders(exchange.responseHeaders)),
      content: { size: text.length, mimeType: exchange.responseHeaders["content-type"] ?? "", text },
      redirectURL: "",
      headersSize: -1,
      bodySize: -1,
    },
    cache: {},
    timings: { send: 0, wait: 0, receive: 0 },
  };
}

const pairs = (headers: Record<string, string>) =>
  Object.entries(headers).map(([name, value]) => ({ name, value }));

/** The redacted text of a body. If it isn't JSON, all of it is redacted. */
function redactedText(
  document: Document,
  owner: Node<{ content?: Record<string, unknown> }> | undefined,
  text: string,
): string {
  if (text === "") return "";
  try {
    return JSON.stringify(redactBody(document, jsonSchema(owner), JSON.parse(text)));
  } catch {
    return "redacted";
  }
}

function jsonSchema(owner: Node<{ content?: Record<string, unknown> }> | undefined): SchemaNode | undefined {
  const type = Object.keys(owner?.value.content ?? {}).find(isJson);
  return owner && type !== undefined ? child<Schema>(owner, "content", type, "schema") : undefined;
}
