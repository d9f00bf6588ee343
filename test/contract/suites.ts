// The contract tests as functions, so that they run against any document: the real one, and a copy with a new path.
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  bodyText,
  type Case,
  type Contract,
  type HttpRequest,
  type HttpResponse,
  requestOf,
  responseOf,
  validRequest,
} from "../../scripts/contract/case.js";
import { type AnyClient, call, clientDifferences } from "../../scripts/contract/client.js";
import { prismDifferences, validatorDifferences } from "../../scripts/contract/compare.js";
import { disagreementAbout } from "../../scripts/contract/disagreements.js";
import { directPrism } from "../../scripts/contract/prism.js";
import { createValidator } from "../../scripts/contract/validator.js";
import type { Document, Schema } from "../../scripts/openapi/document.js";
import { type OperationNode, readOperations } from "../../scripts/openapi/operations.js";
import { child } from "../../scripts/openapi/references.js";
import { mediaTypesOf } from "../../scripts/openapi/schemas.js";
import type { Operation } from "../../src/types.js";
import { arbitraryOf } from "./arbitrary.js";
import { startPrism, startServer, startUpstream, type TestServer } from "./server.js";

const casesOf = <K extends Case["kind"]>(contracts: Contract[], kind: K) =>
  contracts.flatMap((contract) =>
    contract.cases
      .filter((each): each is Extract<Case, { kind: K }> => each.kind === kind)
      .map((each) => ({ id: each.id, contract, each })),
  );

/** Compares each case with Prism, which runs behind HTTP, and with Ajv. */
export function testCases(document: Document, contracts: Contract[], kinds: Case["kind"][]): void {
  const validator = createValidator(document);
  let prism: Awaited<ReturnType<typeof startPrism>>;
  beforeAll(async () => {
    prism = await startPrism(document);
  });
  afterAll(() => prism.close());

  describe.each(kinds)("the %s case", (kind) => {
    test.each(casesOf(contracts, kind))("$id", async ({ contract, each }) => {
      expect(await prismDifferences(prism, contract, each)).toEqual([]);
      expect(validatorDifferences(validator, contract, each)).toEqual([]);
      if (each.kind !== "request" || disagreementAbout(each.id)) return;
      // The case can have an incomplete list of violations. Both validators must report the same complete list.
      const request = requestOf(contract, each);
      const { requestViolations } = await prism.mock(request);
      expect(validator.request(request).sort()).toEqual(requestViolations.sort());
    });
  });
}

export type Operations = Record<string, Operation>;
export type CreateClient = (options: {
  apiKey: string;
  baseUrl: string;
  maxRetries: number;
  fetch?: typeof globalThis.fetch;
}) => unknown;

function operationNamed(operations: Operations, id: string): Operation {
  const operation = operations[id];
  if (!operation) throw new Error(`The client has no operation ${id}. Run \`npm run generate\`.`);
  return operation;
}

/** Returns the response cases to the client, and checks what a caller gets. */
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

  // The client doesn't validate bodies. A response that violates the schema is returned as it is.
  test.each(casesOf(contracts, "response"))("the client's result of $id", async ({ contract, each }) => {
    next = responseOf(contract, each);
    const operation = operationNamed(operations, contract.operation);
    expect(await clientDifferences(clientFor(upstream.url), operation, contract, each)).toEqual([]);
  });

  const successes = contracts.flatMap((contract) => {
    const success = Object.values(contract.responses).find(({ status, body }) => status < 300 && body);
    return success ? [{ id: contract.operation, contract, success, text: bodyText(success) ?? "" }] : [];
  });
  const invalidResponse = { error: { name: "InvalidResponseError", outcome: "unknown" } };

  test.each(successes)(
    "$id throws an InvalidResponseError if the connection closes in the middle of the body",
    async ({ id, contract, success: { status, headers }, text }) => {
      const server = await startServer((_request, response) => {
        response.writeHead(status, { ...headers, "content-length": Buffer.byteLength(text) });
        response.write(text.slice(0, -5), () => response.destroy());
      });
      const request = validRequest(contract);
      const result = await call(clientFor(server.url), operationNamed(operations, id), request);
      await server.close();
      expect(result).toMatchObject(invalidResponse);
    },
  );

  test.each(successes)(
    "$id throws an InvalidResponseError if the body isn't JSON",
    async ({ id, contract, success: { status, headers }, text }) => {
      next = { status, headers, raw: text.slice(0, -1) };
      const request = validRequest(contract);
      const result = await call(clientFor(upstream.url), operationNamed(operations, id), request);
      expect(result).toMatchObject(invalidResponse);
    },
  );
}

const callOptions = fc.record(
  {
    idempotencyKey: fc.stringMatching(/^[!-~]{1,255}$/),
    timeout: fc.integer({ min: 1, max: 999_999_999 }),
    deadline: fc.integer({ min: 1_000, max: 999_999_999 }),
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
function callInput(document: Document, { parameters, body }: OperationNode): fc.Arbitrary<CallInput> {
  const [mediaType] = mediaTypesOf(body);
  const parametersIn = (location: string) => {
    const own = parameters.filter(({ value }) => value.in === location);
    const requiredKeys = own.flatMap(({ value }) => (value.required ? [value.name] : []));
    const values = own.map((each) => [each.value.name, arbitraryOf(document, child(each, "schema"))]);
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
function readSentRequest(path: string, url: string, init: RequestInit): HttpRequest {
  const { pathname, searchParams } = new URL(url);
  const parts = pathname.slice("/v1".length).split("/");
  const params = path
    .split("/")
    .map((part, index) => [part.slice(1, -1), decodeURIComponent(parts[index] ?? "")])
    .filter((_, index) => path.split("/")[index]?.startsWith("{"));
  const query = [...new Set(searchParams.keys())].map((name) => {
    const values = searchParams.getAll(name);
    return [name, values.length === 1 ? values[0] : values];
  });
  return {
    method: init.method ?? "",
    path,
    params: Object.fromEntries(params),
    query: Object.fromEntries(query),
    headers: Object.fromEntries(new Headers(init.headers)),
    ...(typeof init.body === "string" ? { raw: init.body } : {}),
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

  describe.each(readOperations(document).filter(({ id }) => only(id)))(
    "a valid call of $id",
    (documented) => {
      const { path, method, id } = documented;
      const operation = operationNamed(operations, id);
      const { idempotencyKey: keyHeader, ...secretHeaders } = operation.headers ?? {};

      /** Checks the request of any call. `run` makes the call with a client that has these options. */
      const expectValidRequests = (
        numRuns: number,
        run: (input: CallInput, options: Parameters<CreateClient>[0]) => Promise<unknown> | undefined,
      ) =>
        fc.assert(
          fc.asyncProperty(callInput(document, documented), async (input) => {
            const sent: HttpRequest[] = [];
            const fetch = (async (url: string, init: RequestInit) => {
              sent.push(readSentRequest(path, url, init));
              return new Response("{}", { status: 400, headers: { "content-type": "application/json" } });
            }) as typeof globalThis.fetch;
            const thrown = await run(input, { apiKey: input.apiKey, baseUrl, fetch, maxRetries: 0 })?.catch(
              (error: unknown) => error,
            );
            const [request] = sent;
            if (request === undefined) throw thrown ?? new Error("The client sent nothing.");
            expect(validator.request(request)).toEqual([]);
            expect((await prism.mock(request)).requestViolations).toEqual([]);
          }),
          { numRuns, seed: 20_241_204 },
        );

      test("sends a valid request with a method", () =>
        expectValidRequests(40, ({ token, options, ids, query, body }, clientOptions) => {
          const client = createClient(clientOptions) as AnyClient;
          const { idempotencyKey, ...others } = options;
          const withKey = keyHeader !== undefined && idempotencyKey !== undefined ? { idempotencyKey } : {};
          const tokens = Object.fromEntries(Object.keys(secretHeaders).map((option) => [option, token]));
          return client[operation.resource]?.[operation.name]?.(
            ...Object.values(ids),
            ...(operation.body ? [body] : []),
            ...(operation.query ? [query] : []),
            { ...others, ...tokens, ...withKey },
          );
        }));

      test("sends a valid request with the openapi-fetch client", () =>
        expectValidRequests(20, ({ token, options: { idempotencyKey }, ids, query, body }, clientOptions) => {
          const client = createFetchClient(clientOptions) as Record<
            string,
            (path: string, init: object) => Promise<unknown>
          >;
          const withKey =
            keyHeader !== undefined && idempotencyKey !== undefined ? { [keyHeader]: idempotencyKey } : {};
          const header = {
            ...Object.fromEntries(Object.values(secretHeaders).map((name) => [name, token])),
            ...withKey,
          };
          const init = { params: { path: ids, query, header }, ...(body === undefined ? {} : { body }) };
          return client[method.toUpperCase()]?.(path, init);
        }));
    },
  );
}
