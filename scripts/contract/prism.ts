// The first validator: Prism, over HTTP or as a function.
import { loadPrism, type PrismRequest } from "../mock/prism.js";
import { type Violation as PrismViolation, readViolations } from "../mock/violations.js";
import { queryOf } from "../mock.js";
import type { Document } from "../openapi/document.js";
import { isJson } from "../openapi/media-types.js";
import {
  bodyText,
  type ExampleCase,
  type HttpRequest,
  type HttpResponse,
  parseBodyText,
  requestTarget,
  type Violation,
} from "./case.js";
import { unique } from "./schemas.js";

/** A response, and the violations that Prism found on both sides. */
export interface PrismResult {
  response: HttpResponse;
  requestViolations: Violation[];
  responseViolations: Violation[];
}

/** Sends a request to a running mock server. */
export async function sendToMock(url: string, request: HttpRequest): Promise<PrismResult> {
  const { method, headers } = request;
  const body = bodyText(request);
  const received = await fetch(url + requestTarget(request), {
    method,
    headers,
    // Bytes, because fetch adds a content type to a string.
    ...(body === undefined ? {} : { body: new TextEncoder().encode(body) }),
  });
  const response = {
    status: received.status,
    headers: Object.fromEntries(received.headers),
    ...parseBodyText(await received.text()),
  };
  return resultOf(response, readViolations(received.headers.get("sl-violations")));
}

/** Prism as the contract tests use it: behind HTTP, or as a function. */
export interface ContractPrism {
  mock: (request: HttpRequest, prefer?: ExampleCase["prefer"]) => Promise<PrismResult>;
  /** Validates the response that an upstream server returns to a request. */
  proxy: (request: HttpRequest, response: HttpResponse) => Promise<PrismResult>;
}

/** Prism without HTTP: the same validation, a hundred times as fast. */
export async function directPrism(document: Document): Promise<ContractPrism> {
  const prism = await loadPrism(document);
  return {
    async mock(request, prefer) {
      const parsed = prismRequest(request);
      if (parsed === undefined) return malformed;
      const { violations, ...response } = await prism.mock(parsed, prefer);
      return resultOf(response, violations);
    },
    async proxy(request, { status, headers, body, raw }) {
      const upstream = { status, headers, body: raw ?? body };
      const parsed = prismRequest(request) as PrismRequest;
      const { violations, ...response } = await prism.proxy(parsed, upstream);
      return resultOf(response, violations);
    },
  };
}

/** The mock server rejects malformed JSON before Prism sees it. */
const malformed: PrismResult = {
  response: { status: 400, headers: {} },
  requestViolations: ["malformed"],
  responseViolations: [],
};

/** A request as the mock server passes it to Prism. Undefined if its body is malformed JSON. */
function prismRequest(request: HttpRequest): PrismRequest | undefined {
  const [path = "/", search] = requestTarget(request).split("?");
  const text = bodyText(request);
  const length = text === undefined ? {} : { "content-length": String(Buffer.byteLength(text)) };
  const parsed = isJson(request.headers["content-type"]) ? parseBodyText(text ?? "") : { body: text };
  if (parsed.raw !== undefined) return undefined;
  return {
    method: request.method.toLowerCase() as PrismRequest["method"],
    url: { path, query: queryOf(new URLSearchParams(search)) },
    headers: { ...request.headers, ...length },
    body: parsed.body ?? null,
  };
}

function resultOf(response: HttpResponse, violations: PrismViolation[]): PrismResult {
  const reported = (side: string) =>
    unique(violations.filter((each) => each.location[0] === side && isReported(each)).map(translate));
  return {
    response,
    requestViolations: problemViolations(response) ?? reported("request"),
    responseViolations: reported("response"),
  };
}

/** Prism reports an undocumented status as a warning. The contract tests treat it as an error. */
const isReported = ({ severity, message }: PrismViolation): boolean =>
  severity === "Error" || message.startsWith(undocumentedStatus);
const undocumentedStatus = "Unable to match the returned status";

/** The violations in a problem that isn't documented, such as 404 for an unknown path. */
function problemViolations({ body, headers }: HttpResponse): Violation[] | undefined {
  if (!headers["content-type"]?.startsWith("application/problem+json")) return undefined;
  const { type = "", validation = [] } = body as { type?: string; validation?: PrismViolation[] };
  const violation = violationByProblem[type.split("#")[1] ?? ""];
  if (violation) return [violation];
  // Their location has no leading `request`.
  return unique(validation.map((each) => translate({ ...each, location: ["request", ...each.location] })));
}

const violationByProblem: Record<string, Violation> = {
  MALFORMED_JSON: "malformed",
  NO_PATH_MATCHED_ERROR: "path",
  NO_METHOD_MATCHED_ERROR: "method",
  NOT_ACCEPTABLE: "accept",
  UNAUTHORIZED: "security",
  INVALID_CONTENT_TYPE: "content-type",
};

const violationByCode: Record<string, Violation> = {
  "401": "security",
  "415": "content-type",
  required: "body required",
};

/** A violation as Prism reports it, in the form of the contract tests. */
function translate({ location: [, ...location], code, message }: PrismViolation): Violation {
  if (location.length === 0) {
    if (message.startsWith("The received media type")) return "media-type";
    if (message.startsWith(undocumentedStatus)) return "status";
    return violationByCode[String(code)] ?? message;
  }
  // Only the message has the name of the missing or unknown property.
  const isAboutProperty = /^(required|additionalProperties|unevaluatedProperties)$/.test(String(code));
  const [, key] = (isAboutProperty && /(?:required property|found|properties:?) '(.+?)'/.exec(message)) || [];
  return `${[...location, ...(key === undefined ? [] : [key])].join(".")} ${code}`;
}
