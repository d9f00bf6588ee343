import { createLogger } from "@stoplight/prism-core";
import { createInstance, getHttpOperationsFromSpec, type IHttpRequest } from "@stoplight/prism-http";
import { checks, readViolations, type Violation } from "../mock.js";
import { type Answer, type Break, bodyText, type ExampleCase, type Request, target } from "./case.js";
import type { Document } from "./document.js";
import { unique } from "./schemas.js";

/** What came back for a request, and the rules that Prism says were broken on the way there and back. */
export interface Verdict {
  answer: Answer;
  request: Break[];
  response: Break[];
}

/** Sends a request to a running mock, over HTTP. */
export async function ask(url: string, request: Request): Promise<Verdict> {
  const { method, headers } = request;
  const body = bodyText(request);
  const response = await fetch(url + target(request), {
    method,
    headers,
    // As bytes: fetch gives a text a content type of its own.
    ...(body === undefined ? {} : { body: new TextEncoder().encode(body) }),
  });
  const text = await response.text();
  const answer = readAnswer(response.status, Object.fromEntries(response.headers), text);
  return verdict(answer, readViolations(response.headers.get("sl-violations")));
}

function readAnswer(status: number, headers: Record<string, string>, text: string): Answer {
  if (text === "") return { status, headers };
  try {
    return { status, headers, body: JSON.parse(text) };
  } catch {
    return { status, headers, raw: text };
  }
}

function verdict(answer: Answer, violations: Violation[]): Verdict {
  const of = (side: string) =>
    unique(
      violations
        .filter(({ location, severity, message }) => location[0] === side && counts(severity, message))
        .map((violation) => breakOf(violation)),
    );
  return { answer, request: refused(answer) ?? of("request"), response: of("response") };
}

// An undocumented status is a mere warning to Prism; to us it is a broken promise.
const counts = (severity: string, message: string): boolean =>
  severity === "Error" || message.startsWith(strangeStatus);
const strangeStatus = "Unable to match the returned status";

interface Problem {
  type?: string;
  /** What is wrong with the request, without the leading `request`. */
  validation?: Violation[];
}

/** What Prism refuses in words of its own, where the document has none for it. */
function refused({ status, body, headers }: Answer): Break[] | undefined {
  const { error } = (body ?? {}) as { error?: { code?: string } };
  if (status === 400 && error?.code === "invalid_json") return ["malformed"];
  if (!headers["content-type"]?.startsWith("application/problem+json")) return undefined;
  const { type = "", validation = [] } = (body ?? {}) as Problem;
  const said = refusals[type.split("#")[1] ?? ""];
  return said
    ? [said]
    : unique(validation.map((each) => breakOf({ ...each, location: ["request", ...each.location] })));
}

const refusals: Record<string, Break> = {
  NO_PATH_MATCHED_ERROR: "path",
  NO_METHOD_MATCHED_ERROR: "method",
  NOT_ACCEPTABLE: "accept",
  UNAUTHORIZED: "security",
  INVALID_CONTENT_TYPE: "content-type",
};

const codes: Record<string, Break> = { "401": "security", "415": "content-type", required: "body required" };

function breakOf({ location: [, ...place], code, message }: Violation): Break {
  if (place.length === 0) {
    if (message.startsWith("The received media type")) return "media-type";
    if (message.startsWith(strangeStatus)) return "status";
    return codes[String(code)] ?? message;
  }
  // The key that is missing or too much stands in the message alone.
  const named = ["required", "additionalProperties", "unevaluatedProperties"].includes(String(code));
  const [, key] = (named && /(?:required property|found|properties:?) '(.+?)'/.exec(message)) || [];
  return `${[...place, ...(key === undefined ? [] : [key])].join(".")} ${code}`;
}

/** Prism without HTTP: the same rules, a hundred times as fast, and nothing that listens. */
export interface DirectPrism {
  ask: (request: Request, prefer?: ExampleCase["prefer"]) => Promise<Verdict>;
  /** What Prism says of an answer that an upstream gives to a request. */
  judge: (request: Request, answer: Answer) => Promise<Verdict>;
}

export async function directPrism(document: Document): Promise<DirectPrism> {
  const operations = await getHttpOperationsFromSpec(structuredClone(document));
  const logger = createLogger("direct", { level: "silent" });
  const mock = createInstance({ ...checks, isProxy: false }, { logger });
  const run = async (
    instance: typeof mock,
    input: IHttpRequest,
    config: Parameters<typeof mock.request>[2],
  ) => {
    const result = await instance.request(input, operations, config)();
    if (result._tag === "Left") return refusal(result.left as Refusal);
    const { output, validations } = result.right;
    const answer = answerOf(output.statusCode, output.headers ?? {}, output.body);
    const violations = [
      ...validations.input.map((each) => violationOf("request", each)),
      ...validations.output.map((each) => violationOf("response", each)),
    ];
    return verdict(answer, violations);
  };
  return {
    ask(request, { code, example } = { code: 0 }) {
      const preference = {
        ...(code ? { code } : {}),
        ...(example === undefined ? {} : { exampleKey: example }),
      };
      return run(mock, inputOf(request), {
        ...checks,
        isProxy: false,
        mock: { dynamic: false, ...preference },
      });
    },
    judge(request, { status, headers, body, raw }) {
      const output = { statusCode: status, headers, body: raw ?? body };
      const forward = () => () => () => Promise.resolve({ _tag: "Right" as const, right: output });
      const upstream = new URL("http://upstream.invalid");
      const proxy = createInstance({ ...checks, isProxy: true, upstream }, { logger, forward });
      return run(proxy, inputOf(request), { ...checks, isProxy: true, upstream });
    },
  };
}

type Refusal = Error & { status?: number; additional?: { validation?: Violation[] } };

const refusal = ({ name, status = 500, additional }: Refusal): Verdict =>
  verdict(
    { status, headers: { "content-type": "application/problem+json" }, body: { type: name, ...additional } },
    [],
  );

function answerOf(status: number, headers: object, body: unknown): Answer {
  const texts = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]);
  return {
    status,
    headers: Object.fromEntries(texts),
    ...(body === undefined || body === "" ? {} : { body }),
  };
}

interface Diagnostic {
  path?: string[];
  code?: string | number | undefined;
  message: string;
  severity: number;
}

const violationOf = (side: string, { path = [], code, message, severity }: Diagnostic): Violation => ({
  location: [side, ...path],
  ...(code === undefined ? {} : { code }),
  message,
  severity: severity === 0 ? "Error" : "Warning",
});

/** A request as Prism's server would hand it over after reading it. */
function inputOf(request: Request): IHttpRequest {
  const [path = "/", search] = target(request).split("?");
  const text = bodyText(request);
  const headers: Record<string, string> = { ...request.headers };
  if (text !== undefined) headers["content-length"] = String(Buffer.byteLength(text));
  const isJson = /json/.test(headers["content-type"] ?? "");
  const query: Record<string, string | string[]> = {};
  for (const name of new URLSearchParams(search).keys()) {
    const values = new URLSearchParams(search).getAll(name);
    query[name] = values.length === 1 ? String(values[0]) : values;
  }
  return {
    method: request.method.toLowerCase() as IHttpRequest["method"],
    url: { path, query },
    headers,
    body: text === undefined ? null : isJson ? JSON.parse(text) : text,
  };
}
