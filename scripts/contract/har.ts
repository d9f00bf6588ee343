// A recording in HTTP Archive form (HAR 1.2), which Redocly's `drift` and every browser can read.
import type { Request } from "./case.js";
import { below, type Document, type Node, type OperationNode, operations, type Schema } from "./document.js";
import { redactBody, redactHeaders, redactParameter } from "./redact.js";

/** One request with its answer, as it was. */
export interface Exchange {
  operation: string;
  request: Request;
  /** Where it was sent: the URL without path and query. */
  base: string;
  status: number;
  headers: Record<string, string>;
  /** The text of the answer. */
  text: string;
  started: Date;
  /** Milliseconds from sending to the last byte. */
  duration: number;
}

/** The recording of some exchanges, with secrets and personal data replaced. */
export function har(document: Document, exchanges: Exchange[]): object {
  const all = operations(document);
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
  const text = answerText(document, operation, exchange);
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

const bodySchema = ({ body }: OperationNode): Node | undefined =>
  body && below<Schema>(body, "content", "application/json", "schema");

/** The answer's text; what is no JSON is not shown, since nothing says what it may hold. */
function answerText(document: Document, operation: OperationNode, { status, text }: Exchange): string {
  if (text === "") return "";
  const found = operation.responses.find((each) =>
    new RegExp(`^${each.status.replaceAll("X", "\\d")}$`).test(String(status)),
  );
  const schema = found && below<Schema>(found.response, "content", "application/json", "schema");
  try {
    return JSON.stringify(redactBody(document, schema, JSON.parse(text)));
  } catch {
    return "redacted";
  }
}
