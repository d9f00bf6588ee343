// Prism as a function: a request in, a response and the violations out.
//
// We don't use Prism's own HTTP server (@stoplight/prism-http-server 5.12). An exception in its request handler becomes
// an unhandled rejection, which ends the process. Here an exception only rejects the promise.
import { createLogger } from "@stoplight/prism-core";
import {
  createInstance,
  getHttpOperationsFromSpec,
  type IHttpConfig,
  type IHttpRequest,
  ProblemJsonError,
} from "@stoplight/prism-http";
import type { Violation } from "./violations.js";

export type PrismRequest = IHttpRequest;

/** The response of an upstream server. */
export interface UpstreamResponse {
  status: number;
  headers: Record<string, string>;
  body?: unknown;
}

export interface PrismResponse extends UpstreamResponse {
  violations: Violation[];
}

/** What a `Prefer` header asks for. */
export interface Preferences {
  /** The status to return. */
  code?: number;
  /** The name of the example to return. */
  example?: string;
  /** Whether to invent a body from the schema instead of returning an example. */
  dynamic?: boolean;
}

export interface Prism {
  /** Validates a request, and returns the documented response for it. */
  mock: (request: PrismRequest, preferences?: Preferences) => Promise<PrismResponse>;
  /** Validates a request and the response to it. A URL is the server that returns the response. */
  proxy: (request: PrismRequest, upstream: URL | UpstreamResponse) => Promise<PrismResponse>;
}

const checks = {
  checkSecurity: true,
  validateRequest: true,
  validateResponse: true,
  errors: false,
  upstreamProxy: undefined,
};

/** Loads an OpenAPI document. The caller's object stays as it is: Prism resolves references in a copy. */
export async function loadPrism(document: object): Promise<Prism> {
  const operations = await getHttpOperationsFromSpec(structuredClone(document));
  const logger = createLogger("prism", { level: "silent" });
  const run = async (request: PrismRequest, config: IHttpConfig, upstream?: UpstreamResponse) => {
    const instance = createInstance(config, { logger, ...(upstream ? { forward: returns(upstream) } : {}) });
    const result = await instance.request(request, operations, config)();
    if (result._tag === "Left") return problemResponse(result.left);
    const { output, validations } = result.right;
    return {
      status: output.statusCode,
      headers: stringHeaders(output.headers),
      ...(output.body === undefined || output.body === "" ? {} : { body: output.body }),
      violations: [
        ...validations.input.map((each) => violationOf("request", each)),
        ...validations.output.map((each) => violationOf("response", each)),
      ],
    };
  };
  return {
    mock: (request, { code, example, dynamic = false } = {}) => {
      const exampleKey = example === undefined ? {} : { exampleKey: example };
      const mock = { dynamic, ...(code === undefined ? {} : { code }), ...exampleKey };
      return run(request, { ...checks, isProxy: false, mock });
    },
    proxy: (request, upstream) => {
      const config = { ...checks, isProxy: true as const, mock: { dynamic: false } };
      if (upstream instanceof URL) return run(request, { ...config, upstream });
      return run(request, { ...config, upstream: new URL("http://upstream.invalid") }, upstream);
    },
  };
}

/** A replacement for the part of Prism that sends a request to the upstream server. */
const returns =
  ({ status, headers, body }: UpstreamResponse) =>
  () =>
  () =>
  async () => ({ _tag: "Right" as const, right: { statusCode: status, headers, body } });

/** A response for which the OpenAPI document has none, such as 404 for an unknown path. */
function problemResponse(
  error: Error & { status?: number; additional?: { headers?: object } },
): PrismResponse {
  return {
    status: error.status ?? 500,
    headers: { ...stringHeaders(error.additional?.headers), "content-type": "application/problem+json" },
    body: ProblemJsonError.toProblemJson(error as Parameters<typeof ProblemJsonError.toProblemJson>[0]),
    violations: [],
  };
}

const stringHeaders = (headers: object = {}): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]));

interface Diagnostic {
  path?: string[];
  code?: string | number | undefined;
  message: string;
  /** 0 is an error. */
  severity: number;
}

const violationOf = (side: string, { path = [], code, message, severity }: Diagnostic): Violation => ({
  location: [side, ...path],
  ...(code === undefined ? {} : { code }),
  message,
  severity: severity === 0 ? "Error" : "Warning",
});
