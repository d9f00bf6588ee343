// Errors of the platform, and of replaced fetches, that contain what the call sent. The report lists what an error shows.
import { caught } from "./caught.mjs";

const secrets = {
  "API key": /secretSECRET123/,
  email: /ana(@|%40)example\.com/,
  name: /P(é|%C3%A9)rez|O('|%27)Brien/i,
  "document number": /1000000001/,
  "proxy password": /UFJPWFlTRUNSRVQ=/,
};

export async function causes({ OnePay }, { closedUrl, failingUrl }, options) {
  const client = (more) =>
    new OnePay({ apiKey: "sk_test_secretSECRET123", baseUrl: closedUrl, maxRetries: 0, ...options, ...more });
  const aborted = () => AbortSignal.abort(new DOMException("aborted: sk_test_secretSECRET123", "AbortError"));
  const filter = { email: "ana@example.com", name: "Pérez Ruiz", document_number: "1000000001" };

  const calls = {
    "query of a refused connection": () => client().customers.list({ filter }),
    "query with an apostrophe": () => client().customers.list({ filter: { ...filter, name: "O'Brien" } }),
    "body of a refused connection": () => client().customers.create({ last_name: "Pérez", ...filter }),
    "response on an error": () =>
      client({ baseUrl: failingUrl, fetch: fetchOrThrow }).customers.list({ filter }),
    "reason of an abort": () => client().customers.get("a", { signal: aborted() }),
    "header of a proxy": () =>
      client({
        headers: { "proxy-authorization": "Basic UFJPWFlTRUNSRVQ=" },
        fetch: throwHeader,
      }).customers.get("a"),
    "sorted query": () => client({ fetch: throwSortedQuery }).customers.list({ filter }),
  };

  const report = {};
  for (const [name, call] of Object.entries(calls)) {
    const error = await caught(call());
    report[name] = { hasCause: error.cause !== undefined, shows: findSecrets(printed(error)) };
  }
  return report;
}

const findSecrets = (text) => Object.keys(secrets).filter((name) => secrets[name].test(text));

/** All that this runtime prints of an error. */
function printed(error) {
  const util = globalThis.process?.getBuiltinModule?.("node:util");
  return [
    util?.inspect(error, { depth: 6 }),
    util?.inspect(error, { depth: 6, showHidden: true }),
    globalThis.Deno?.inspect(error),
    globalThis.Bun?.inspect(error),
    error.stack,
    JSON.stringify(error),
    JSON.stringify(error, Object.getOwnPropertyNames(error)),
    String(error.cause),
    error.cause?.stack,
    JSON.stringify(error.cause, Object.getOwnPropertyNames(error.cause ?? {})),
    String(error.cause?.cause),
  ].join("\n");
}

class HttpError extends Error {
  constructor(response) {
    super(`status ${response.status}`);
    this.response = response;
  }
}

async function fetchOrThrow(url, init) {
  const response = await fetch(url, init);
  if (response.ok) return response;
  throw new HttpError(response);
}

async function throwHeader(_url, { headers }) {
  throw new Error(`refused: ${headers["proxy-authorization"]}`);
}

async function throwSortedQuery(url) {
  const { searchParams } = new URL(url);
  searchParams.sort();
  throw new Error(`refused: ${searchParams}`);
}
