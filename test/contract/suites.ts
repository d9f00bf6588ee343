// The contract tests as functions, so that they run against any document: the real one, and a copy with a new path.
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  bodyText,
  type Case,
  type Contract,
  type ExampleCase,
  type HttpRequest,
  type HttpResponse,
  type RequestCase,
  type ResponseCase,
  requestOf,
  responseOf,
  validRequest,
  withPreference,
} from "../../scripts/contract/case.js";
import {
  type AnyClient,
  call,
  clientDifferences,
  hasExampleBody,
  type OperationData,
} from "../../scripts/contract/client.js";
import {
  exampleDifferences,
  requestDifferences,
  responseDifferences,
  validatorDifferences,
} from "../../scripts/contract/compare.js";
import { disagreementAbout } from "../../scripts/contract/disagreements.js";
import { directPrism, sendToMock } from "../../scripts/contract/prism.js";
import { createValidator } from "../../scripts/contract/validator.js";
import { type Mock, startMock } from "../../scripts/mock.js";
import type { Document, Schema } from "../../scripts/openapi/document.js";
import { type OperationNode, readOperations } from "../../scripts/openapi/operations.js";
import { child } from "../../scripts/openapi/references.js";
import { mediaTypesOf } from "../../scripts/openapi/schemas.js";
import { arbitraryOf } from "./arbitrary.js";
import { startServer, startUpstream, type TestServer } from "./server.js";

const byOperation = (contracts: Contract[]) =>
  contracts.map((contract) => [contract.operation, contract] as const);
const casesOf = <K extends Case["kind"]>({ cases }: Contract, kind: K) =>
  cases.filter((each): each is Extract<Case, { kind: K }> => each.kind === kind);

/** Sends the request cases to the mock server, and compares Prism and Ajv. */
export function testRequests(document: Document, contracts: Contract[]): void {
  const validator = createValidator(document);
  let mock: Mock;
  beforeAll(async () => {
    mock = await startMock({ document });
  });
  afterAll(() => mock.close());

  describe.each(byOperation(contracts))("%s request", (_operation, contract) => {
    test.each(casesOf(contract, "request").map((each) => [each.id, each] as [string, RequestCase]))(
      "%s",
      async (_id, each) => {
        const request = requestOf(contract, each);
        const result = await sendToMock(mock.url, request);
        expect(requestDifferences(each, result)).toEqual([]);
        expect(validatorDifferences(validator, contract, each)).toEqual([]);
        if (!disagreementAbout(each.id))
          expect(validator.request(request).sort()).toEqual(result.requestViolations.sort());
      },
    );
  });

  describe.each(byOperation(contracts))("%s documented response", (_operation, contract) => {
    test.each(casesOf(contract, "example").map((each) => [each.id, each] as [string, ExampleCase]))(
      "%s",
      async (_id, each) => {
        const result = await sendToMock(mock.url, withPreference(validRequest(contract), each));
        expect(exampleDifferences(contract.responses[each.from] as HttpResponse, result)).toEqual([]);
        expect(validatorDifferences(validator, contract, each)).toEqual([]);
      },
    );
  });
}

/** Returns the response cases from an upstream server behind Prism's proxy, and compares Prism and Ajv. */
export function testResponses(document: Document, contracts: Contract[]): void {
  const validator = createValidator(document);
  let next: HttpResponse = { status: 500, headers: {} };
  let upstream: TestServer;
  let proxy: Mock;
  beforeAll(async () => {
    upstream = await startUpstream(() => next);
    proxy = await startMock({ document, upstream: upstream.url });
  });
  afterAll(() => Promise.all([proxy.close(), upstream.close()]));

  describe.each(byOperation(contracts))("%s upstream response", (_operation, contract) => {
    test.each(casesOf(contract, "response").map((each) => [each.id, each] as [string, ResponseCase]))(
      "%s",
      async (_id, each) => {
        next = responseOf(contract, each);
        const result = await sendToMock(proxy.url, validRequest(contract));
        expect(result.response.status).toBe(next.status);
        expect(responseDifferences(each, result)).toEqual([]);
        expect(validatorDifferences(validator, contract, each)).toEqual([]);
      },
    );
  });
}

export type Operations = Record<string, OperationData>;
export type CreateClient = (options: {
  apiKey: string;
  baseUrl: string;
  maxRetries: number;
  fetch?: typeof globalThis.fetch;
}) => unknown;

function operationNamed(operations: Operations, id: string): OperationData {
  const operation = operations[id];
  if (!operation) throw new Error(`The client has no operation ${id}. Run \`npm run generate\`.`);
  return operation;
}

/** Returns the response cases to the client, and compares what the caller gets. */
export function testClientResponses(
  contracts: Contract[],
  operations: Operations,
  createClient: CreateClient,
): void {
  let next: HttpResponse = { status: 500, headers: {} };
  let upstream: TestServer;
  const clientFor = (baseUrl: string) =>
    createClient({ apiKey: "sk_test_contract", baseUrl, maxRetries: 0 }) as AnyClient;
  beforeAll(async () => {
    upstream = await startUpstream(() => next);
  });
  afterAll(() => upstream.close());

  describe.each(byOperation(contracts))("the client's result of %s", (operationId, contract) => {
    const operation = operationNamed(operations, operationId);
    const request = validRequest(contract);

    // The client doesn't validate bodies. A response that violates the schema is returned as it is.
    test.each(casesOf(contract, "response").map((each) => [each.id, each] as [string, ResponseCase]))(
      "%s",
      async (_id, each) => {
        const response = responseOf(contract, each);
        next = response;
        const result = await call(clientFor(upstream.url), operation, request);
        const isExample = hasExampleBody(each);
        const clientCase = { operationId, operation, request, response, isExample };
        expect(clientDifferences(clientCase, result)).toEqual([]);
      },
    );
  });

  const successWithBody = ({ responses }: Contract): HttpResponse | undefined =>
    Object.values(responses).find(({ status, body }) => status < 300 && body !== undefined);

  describe.each(byOperation(contracts.filter(successWithBody)))(
    "%s with a broken success",
    (operationId, contract) => {
      const operation = operationNamed(operations, operationId);
      const success = successWithBody(contract) as HttpResponse;
      const text = bodyText(success) ?? "";
      const invalidResponse = { error: { name: "InvalidResponseError", outcome: "unknown" } };

      test("throws an InvalidResponseError if the connection closes in the middle of the body", async () => {
        const server = await startServer((_request, response) => {
          const length = Buffer.byteLength(text);
          response.writeHead(success.status, { ...success.headers, "content-length": length });
          response.write(text.slice(0, -5), () => response.destroy());
        });
        const result = await call(clientFor(server.url), operation, validRequest(contract));
        await server.close();
        expect(result).toMatchObject(invalidResponse);
      });

      test("throws an InvalidResponseError if the body isn't JSON", async () => {
        next = { status: success.status, headers: success.headers, raw: text.slice(0, -1) };
        const result = await call(clientFor(upstream.url), operation, validRequest(contract));
        expect(result).toMatchObject(invalidResponse);
      });
    },
  );
}

const callOptions = fc.record(
  {
    idempotencyKey: fc.stringMatching(/^[!-~]{1,255}$/),
    timeout: fc.integer({ min: 1, max: 999_999_999 }),
    deadline: fc.integer({ min: 1_000, max: 999_999_999 }),
    maxRetries: fc.integer({ min: 0, max: 5 }),
    headers: fc.dictionary(
      fc.stringMatching(/^x-app-[a-z0-9-]{1,12}$/),
      fc.option(fc.stringMatching(/^[!-~]{1,20}$/)),
      { maxKeys: 2 },
    ),
  },
  { requiredKeys: [] },
);

interface CallInput {
  apiKey: string;
  token: string;
  options: Record<string, unknown>;
  ids: Record<string, unknown>;
  query: Record<string, unknown>;
  body: unknown;
}

/** Anything that the client's types allow for an operation. */
function callInput(document: Document, operation: OperationNode): fc.Arbitrary<CallInput> {
  const [mediaType] = mediaTypesOf(operation.body);
  const parametersIn = (location: string) => {
    const parameters = operation.parameters.filter(({ value }) => value.in === location);
    const requiredKeys = parameters.flatMap(({ value }) => (value.required ? [value.name] : []));
    const values = parameters.map(
      (each) => [each.value.name, arbitraryOf(document, child<Schema>(each, "schema"))] as const,
    );
    return fc.record<Record<string, unknown>>(Object.fromEntries(values), { requiredKeys });
  };
  return fc.record({
    apiKey: fc.stringMatching(/^sk_test_[!-~]{1,40}$/),
    token: fc.stringMatching(/^[!-~]{1,60}$/),
    options: callOptions,
    ids: parametersIn("path"),
    query: parametersIn("query"),
    body: mediaType ? arbitraryOf(document, child<Schema>(mediaType, "schema")) : fc.constant(undefined),
  }) as fc.Arbitrary<CallInput>;
}

const baseUrl = "http://127.0.0.1:9/v1";

/** What the client passed to `fetch`, in the form of the contract tests. */
function readSentRequest(
  path: string,
  url: string,
  { method = "", headers = {}, body }: RequestInit,
): HttpRequest {
  const { pathname, searchParams } = new URL(url);
  const parts = pathname.slice("/v1".length).split("/");
  const params = path
    .split("/")
    .flatMap((part, index) =>
      part.startsWith("{") ? [[part.slice(1, -1), decodeURIComponent(parts[index] ?? "")]] : [],
    );
  const query = [...new Set(searchParams.keys())].map((name) => {
    const values = searchParams.getAll(name);
    return [name, values.length === 1 ? values[0] : values];
  });
  return {
    method,
    path,
    params: Object.fromEntries(params),
    query: Object.fromEntries(query),
    headers: Object.fromEntries(new Headers(headers as Record<string, string>)),
    ...(typeof body === "string" ? { raw: body } : {}),
  };
}

/** Calls the client with anything that its types allow, and checks that the document accepts what is sent. */
export async function testClientRequests(
  document: Document,
  operations: Operations,
  { createClient, createFetchClient }: { createClient: CreateClient; createFetchClient: CreateClient },
  only: (operationId: string) => boolean = () => true,
): Promise<void> {
  const validator = createValidator(document);
  const prism = await directPrism(document);
  const isAccepted = async (request: HttpRequest) => {
    expect(validator.request(request)).toEqual([]);
    expect((await prism.mock(request)).requestViolations).toEqual([]);
  };
  const tested = readOperations(document).filter(({ id }) => only(id));

  describe.each(tested.map((each) => [each.id, each] as const))("a valid call of %s", (id, operation) => {
    const { headers: { idempotencyKey, ...secrets } = {}, ...data } = operationNamed(operations, id);
    const input = callInput(document, operation);

    /** Runs a call with a `fetch` that keeps the request. */
    async function requestOfCall(
      run: (fetch: typeof globalThis.fetch) => Promise<unknown>,
    ): Promise<HttpRequest> {
      let request: HttpRequest | undefined;
      await run((async (url: string, init: RequestInit) => {
        request = readSentRequest(operation.path, url, init);
        return new Response("{}", { status: 400, headers: { "content-type": "application/json" } });
      }) as typeof globalThis.fetch).catch((error: unknown) => {
        if (request === undefined) throw error;
      });
      if (request === undefined) throw new Error("The client sent nothing.");
      return request;
    }

    test("sends a valid request with a method", async () => {
      await fc.assert(
        fc.asyncProperty(input, async ({ apiKey, token, options, ids, query, body }) => {
          const { idempotencyKey: key, ...others } = options;
          const tokens = Object.fromEntries(Object.keys(secrets).map((option) => [option, token]));
          const request = await requestOfCall((fetch) => {
            const client = createClient({ apiKey, baseUrl, fetch, maxRetries: 0 }) as AnyClient;
            const hasKey = idempotencyKey !== undefined && key !== undefined;
            const last = { ...others, ...tokens, ...(hasKey ? { idempotencyKey: key } : {}), maxRetries: 0 };
            const args = [
              ...Object.values(ids),
              ...(data.body ? [body] : []),
              ...(data.query ? [query] : []),
              last,
            ];
            return client[data.resource]?.[data.name]?.(...args) as Promise<unknown>;
          });
          await isAccepted(request);
        }),
        { numRuns: 40, seed: 20_241_204 },
      );
    });

    test("sends a valid request with the openapi-fetch client", async () => {
      await fc.assert(
        fc.asyncProperty(input, async ({ apiKey, token, options, ids, query, body }) => {
          const key = options.idempotencyKey;
          const header = {
            ...Object.fromEntries(Object.values(secrets).map((name) => [name, token])),
            ...(idempotencyKey !== undefined && key !== undefined ? { [idempotencyKey]: key } : {}),
          };
          const request = await requestOfCall((fetch) => {
            const client = createFetchClient({ apiKey, baseUrl, fetch, maxRetries: 0 }) as Record<
              string,
              (path: string, init: object) => Promise<unknown>
            >;
            const init = { params: { path: ids, query, header }, ...(body === undefined ? {} : { body }) };
            return client[operation.method.toUpperCase()]?.(operation.path, init) as Promise<unknown>;
          });
          await isAccepted(request);
        }),
        { numRuns: 20, seed: 20_241_204 },
      );
    });
  });
}
