import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { operations as data } from "../../generated/operations.js";
import { ajvJudge } from "../../scripts/contract/ajv.js";
import type { Request } from "../../scripts/contract/case.js";
import type { FlatClient, OperationData } from "../../scripts/contract/client.js";
import { below, operations, type Schema } from "../../scripts/contract/document.js";
import { readDocument } from "../../scripts/contract/lock.js";
import { directPrism } from "../../scripts/contract/prism.js";
import { mediaOf } from "../../scripts/contract/reach.js";
import { createFetchClient, OnePay } from "../../src/index.js";
import { arbitraryOf } from "./arbitrary.js";

// Whatever a caller hands to the client within its types, what goes out is a request that the document accepts.

const document = await readDocument();
const prism = await directPrism(document);
const ajv = ajvJudge(document);
const baseUrl = "http://127.0.0.1:9/v1";

/** What the client would have sent, as the request that the document describes. */
function requestOf(path: string, url: string, { method = "", headers = {}, body }: RequestInit): Request {
  const { pathname, searchParams } = new URL(url);
  const template = path.split("/");
  const parts = pathname.slice("/v1".length).split("/");
  const params = template.flatMap((part, index) =>
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
    headers: Object.fromEntries(
      Object.entries(headers as Record<string, string>).map(([name, value]) => [name.toLowerCase(), value]),
    ),
    ...(typeof body === "string" ? { raw: body } : {}),
  };
}

const options = fc.record(
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
const key = fc.stringMatching(/^sk_test_[!-~]{1,40}$/);
const token = fc.stringMatching(/^[!-~]{1,60}$/);

describe.each(operations(document).map((operation) => [operation.id, operation] as const))(
  "%s",
  (id, operation) => {
    const known = (data as Record<string, OperationData>)[id] as OperationData;
    const [media] = mediaOf(operation.body);
    const of = (where: string) => operation.parameters.filter(({ value }) => value.in === where);
    const record = (where: string) =>
      fc.record(
        Object.fromEntries(
          of(where).map((each) => [each.value.name, arbitraryOf(document, below<Schema>(each, "schema"))]),
        ),
        { requiredKeys: of(where).flatMap(({ value }) => (value.required ? [value.name] : [])) },
      );
    const input = fc.record({
      key,
      token,
      options,
      ids: record("path"),
      query: record("query"),
      body: media ? arbitraryOf(document, below<Schema>(media, "schema")) : fc.constant(undefined),
    });
    type Input = Record<string, never> & { key: string; token: string; options: Record<string, unknown> } & {
      [Part in "ids" | "query"]: Record<string, unknown>;
    } & { body: unknown };

    /** Sends through one of the doors and gives what went out. */
    async function sent(send: (fetch: typeof globalThis.fetch) => Promise<unknown>): Promise<Request> {
      let request: Request | undefined;
      await send((async (url: string, init: RequestInit) => {
        request = requestOf(operation.path, url, init);
        return new Response("{}", { status: 400, headers: { "content-type": "application/json" } });
      }) as typeof globalThis.fetch).catch((error: unknown) => {
        if (request === undefined) throw error;
      });
      if (request === undefined) throw new Error("Nothing was sent.");
      return request;
    }

    async function isAccepted(request: Request): Promise<void> {
      expect(ajv.request(request)).toEqual([]);
      expect((await prism.ask(request)).request).toEqual([]);
    }

    const { headers: { idempotencyKey, ...secrets } = {}, resource, name } = known;
    const hasKey = idempotencyKey !== undefined;

    test("through the flat method", async () => {
      await fc.assert(
        fc.asyncProperty(input as fc.Arbitrary<unknown>, async (value) => {
          const { key, token, options, ids, query, body } = value as Input;
          const { idempotencyKey: given, ...others } = options;
          const tokens = Object.fromEntries(Object.keys(secrets).map((option) => [option, token]));
          const request = await sent((fetch) => {
            const client = new OnePay({
              apiKey: key,
              baseUrl,
              fetch,
              maxRetries: 0,
            }) as unknown as FlatClient;
            const last = {
              ...others,
              ...tokens,
              ...(hasKey && given !== undefined ? { idempotencyKey: given } : {}),
              maxRetries: 0,
            };
            const args = [
              ...Object.values(ids),
              ...(known.body ? [body] : []),
              ...(known.query ? [query] : []),
              last,
            ];
            return client[resource]?.[name]?.(...args) as Promise<unknown>;
          });
          await isAccepted(request);
        }),
        { numRuns: 40, seed: 20_241_204 },
      );
    });

    test("through the fetch client", async () => {
      await fc.assert(
        fc.asyncProperty(input as fc.Arbitrary<unknown>, async (value) => {
          const { key, token, options, ids, query, body } = value as Input;
          const given = options.idempotencyKey;
          const header = {
            ...Object.fromEntries(Object.values(secrets).map((header) => [header, token])),
            ...(hasKey && given !== undefined ? { [idempotencyKey]: given } : {}),
          };
          const request = await sent((fetch) => {
            const client = createFetchClient({
              apiKey: key,
              baseUrl,
              fetch,
              maxRetries: 0,
            }) as unknown as Record<string, (path: string, init: object) => Promise<unknown>>;
            const init = { params: { path: ids, query, header }, ...(body === undefined ? {} : { body }) };
            return client[operation.method.toUpperCase()]?.(operation.path, init) as Promise<unknown>;
          });
          await isAccepted(request);
        }),
        { numRuns: 20, seed: 20_241_204 },
      );
    });
  },
);
