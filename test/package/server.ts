// Plays OnePay for the consumers on loopback: a created customer, two pages, an error, a redirect, silence. Each
// consumer has addresses of its own, and what it sent is kept for the test to look at.
import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import { root } from "../../scripts/cli.js";

/** A request, as far as the consumers must agree on it. */
export interface Seen {
  request: string;
  key?: string;
  body?: unknown;
  /** Did the consumer hang up before it had an answer? */
  cut?: true;
}

export interface Server {
  /** The base URL for a consumer. */
  baseUrl(consumer: string): string;
  /** Serves the files of a folder to a consumer that is a page. Gives the address of the page. */
  publish(consumer: string, folder: string): string;
  /** What a consumer has sent so far. */
  seen(consumer: string): Seen[];
  /** Headers of a consumer's requests that OnePay would refuse. */
  faults: string[];
  close(): void;
}

// What the document shows is what is answered here.
const { examples } = (
  JSON.parse(readFileSync(join(root, "generated/openapi.json"), "utf8")) as {
    components: { examples: Record<string, { value: Record<string, unknown> }> };
  }
).components;

const example = (name: string): Record<string, unknown> => {
  const found = examples[name];
  if (!found)
    throw new Error(`The document has no example ${name}. Name another one in test/package/server.ts.`);
  return found.value;
};

const pages = [["first", "second"], ["third"]];

export async function serve(): Promise<Server> {
  const requests = new Map<string, Seen[]>();
  const folders = new Map<string, string>();
  const faults: string[] = [];

  const server = createServer(async (request, response) => {
    const { pathname, search } = new URL(request.url ?? "/", "http://loopback");
    const [, consumer = "", version, ...rest] = pathname.split("/");
    if (version !== "v1") return file(folders.get(consumer), version, rest, response);
    const path = `/${rest.join("/")}`;
    const seen: Seen = { request: `${request.method} ${path}${search}` };
    seenBy(consumer).push(seen);
    for (const [name, expected] of Object.entries({
      authorization: "Bearer sk_test_xxx",
      accept: "application/json",
    }))
      if (request.headers[name] !== expected)
        faults.push(`${consumer}: ${seen.request}: ${name}: ${request.headers[name]}`);
    const key = request.headers["x-idempotency"];
    if (typeof key === "string") seen.key = key;
    const body = await text(request);
    if (body) seen.body = JSON.parse(body);
    response.on("close", () => {
      if (!response.writableFinished) seen.cut = true;
    });
    answer(seen, response);
  });
  const seenBy = (consumer: string): Seen[] => {
    const seen = requests.get(consumer) ?? [];
    requests.set(consumer, seen);
    return seen;
  };

  await new Promise<void>((settle) => server.listen(0, "127.0.0.1", settle));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    baseUrl: (consumer) => `${origin}/${consumer}/v1`,
    publish: (consumer, folder) => {
      folders.set(consumer, folder);
      return `${origin}/${consumer}/`;
    },
    seen: seenBy,
    faults,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

function answer({ request, body }: Seen, response: ServerResponse): void {
  const json = (status: number, value: unknown) =>
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
  const customer = (fields: object) => ({ ...example("customer-natural-person"), ...fields });
  const [, method, path, page = "1"] = /^(\w+) ([^?]*)(?:\?page=(\d+))?$/.exec(request) ?? [];
  if (method === "POST" && path === "/customers") return void json(201, customer(body as object));
  if (path === "/customers") {
    const data = (pages[Number(page) - 1] ?? []).map((id) => customer({ id }));
    const counts = { current_page: Number(page), last_page: pages.length, total: pages.flat().length };
    return void json(200, { ...example("customers-with-total"), ...counts, data });
  }
  if (path === "/customers/present") return void json(200, customer({ id: "present" }));
  if (path === "/customers/moved") return void response.writeHead(302, { location: "present" }).end();
  // Silence: the consumer has to hang up by itself.
  if (path === "/customers/silent") return;
  json(404, example("error-not-found"));
}

function file(
  folder: string | undefined,
  first: string | undefined,
  rest: string[],
  response: ServerResponse,
): void {
  const types: Record<string, string> = { ".html": "text/html", ".js": "text/javascript" };
  const path = [first || "index.html", ...rest].join("/");
  const type = types[extname(path)];
  if (!folder || !type) return void response.writeHead(404).end();
  response.writeHead(200, { "content-type": type }).end(readFileSync(join(folder, path)));
}

async function text(request: IncomingMessage): Promise<string> {
  let all = "";
  for await (const chunk of request.setEncoding("utf8")) all += chunk;
  return all;
}
