import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readdir, readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { root } from "../../scripts/cli.js";
import type { Exchange } from "../../scripts/evidence/recording.js";
import { openSpec } from "../../scripts/evidence/spec.js";
import { callText, plan } from "../../scripts/observe/plan.js";
import { redactedHar } from "../../scripts/observe/redact.js";
import { run } from "../../scripts/observe/run.js";
import { main } from "../../scripts/observe.js";
import { readDocument } from "../../scripts/openapi/load.js";
import { programFile } from "../../scripts/process.js";
import { runCommand } from "../command.js";
import { customer, id, tempFolder } from "./helpers.js";

const key = "sk_test_a1b2c3d4e5";
const customers = { data: [customer], current_page: 1, from: 1, last_page: 1, per_page: 5, to: 1, total: 1 };

type Respond = (request: IncomingMessage, response: ServerResponse, count: number) => void;

/** A server instead of the API, with the method and the path of each request. */
async function startStandIn(respond: Respond): Promise<{ url: string; requests: string[] }> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    response.setHeader("content-type", "application/json");
    response.setHeader("set-cookie", "session=abc123");
    respond(request, response, requests.length);
  }).listen(0, "127.0.0.1");
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  await once(server, "listening");
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`, requests };
}

/** The responses of an API with one customer. */
const onepay: Respond = ({ method, url = "" }, response) => {
  const [path = ""] = url.split("?");
  const bodies: Record<string, unknown> = {
    "/v1/customers": method === "POST" ? customer : customers,
    [`/v1/customers/${id}`]: customer,
    [`/v1/customers/${id}/balance`]: { id, balance: "5000", label: "$5.000" },
  };
  response.statusCode = method === "POST" ? 201 : 200;
  response.end(JSON.stringify(bodies[path] ?? { data: [] }));
};

const failAt =
  (failing: number, status: number): Respond =>
  (request, response, count) => {
    if (count !== failing) return onepay(request, response, count);
    response.statusCode = status;
    response.end("{}");
  };

/** Makes the calls without the command and the proxy. */
async function runPlan(url: string, create: boolean) {
  const { signal } = new AbortController();
  const options = { key, baseUrl: url, target: url, customer: undefined, pause: 0, print: () => {} };
  return run(plan(await readDocument(), create, "1"), { ...options, stop: signal, cancel: signal });
}

async function observe(url: string, args: string[] = [], env: Record<string, string> = {}) {
  const folder = await tempFolder();
  const har = join(folder, "observe.har");
  const options = ["--target", url, "--pause", "10", "--har", har, ...args];
  const result = await runCommand(main, options, { ONEPAY_API_KEY: key, ...env });
  return { ...result, entries: await entriesOf(har), files: await readdir(folder) };
}

async function entriesOf(har: string) {
  const text = await readFile(har, "utf8").catch(() => '{"log":{"entries":[]}}');
  return JSON.parse(text).log.entries as {
    request: { method: string; url: string };
    response: { status: number; content: { text: string } };
  }[];
}

test("records reads and created customers without a key and personal data, and ends with what they show", async () => {
  const { url, requests } = await startStandIn(onepay);
  const { code, stdout, stderr, entries } = await observe(url, ["--yes", "--create"]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  const created = requests.filter((each) => each === "POST /v1/customers");
  expect(created.length).toBeGreaterThan(1);
  expect(requests).toEqual([
    "GET /v1/customers?page=1&per_page=5",
    ...created,
    `GET /v1/customers/${id}`,
    `GET /v1/customers/${id}/balance`,
    `GET /v1/customers/${id}/transactions?page=1&per_page=5`,
    `GET /v1/customers/${id}/accounts?page=1`,
    `GET /v1/customers/${id}/cards?page=1`,
  ]);
  expect(entries).toHaveLength(requests.length);
  const recording = JSON.stringify(entries);
  for (const secret of [key, "abc123", id, "Ana", "ana.ejemplo", "000000101", "1990-01-01", "Bearer"])
    expect(recording).not.toContain(secret);
  expect(stdout).not.toContain(key);
  expect(stdout).toContain(`Sent ${requests.length} of ${requests.length} requests.`);
  expect(stdout).toMatch(/seen 1× +assumed +response 200/);
  // The recording has no values, and still shows that a string came instead of an integer.
  expect(stdout).toMatch(/contradicted +documented +response field Balance\.balance/);
  // The redacted bodies have the same form, so none of them contradicts a request field.
  expect(stdout).not.toContain("/request/body");
});

test("prints the requests and sends nothing without --yes", async () => {
  const { url, requests } = await startStandIn(onepay);
  const { code, stdout, files } = await observe(url);
  expect({ code, requests, files }).toEqual({ code: 0, requests: [], files: [] });
  expect(stdout).toContain(`GET ${url}/customers/{customer_id}/balance  (customers.getBalance)`);
  expect(stdout).toContain("Nothing was sent.");
});

test("only reads without --create, and stops at the first 429 with everything that was sent in the recording", async () => {
  const { url, requests } = await startStandIn(failAt(3, 429));
  const { code, stdout, stderr, entries } = await observe(url, ["--yes"]);
  expect(code).toBe(1);
  expect(stderr).toContain("(429). The remaining requests were not sent.");
  expect(stdout).toContain("Sent 3 of 6 requests.");
  expect(requests).toEqual([
    "GET /v1/customers?page=1&per_page=5",
    `GET /v1/customers/${id}`,
    `GET /v1/customers/${id}/balance`,
  ]);
  expect(entries.map(({ response }) => response.status)).toEqual([200, 200, 429]);
});

test.each([
  [401, 2, "The server rejected the key (401)."],
  [429, 2, "The server limits the rate of requests (429)."],
  // Evidence too, like the responses after them.
  [404, 6, undefined],
  [500, 6, undefined],
])("after a %i as the second response, sends %i requests in total", async (status, sent, stopped) => {
  const { url, requests } = await startStandIn(failAt(2, status));
  expect(await runPlan(url, false)).toEqual(stopped === undefined ? { sent } : { sent, stopped });
  expect(requests).toHaveLength(sent);
});

test("with --create, reads the created customer instead of somebody in the list", async () => {
  const listed = { ...customer, id: "11111111-1111-4111-8111-111111111111" };
  const { url, requests } = await startStandIn((request, response, count) => {
    if (request.url?.startsWith("/v1/customers?")) response.end(JSON.stringify([listed]));
    else onepay(request, response, count);
  });
  await runPlan(url, true);
  const read = requests.filter((each) => /^GET \/v1\/customers\/./.test(each));
  expect(read.length).toBeGreaterThan(3);
  expect(read.filter((each) => !each.includes(id))).toEqual([]);
});

test("stops after the current request on Ctrl-C, and records it", async () => {
  let child: ChildProcess | undefined;
  const { url, requests } = await startStandIn((request, response, count) => {
    if (count === 2) {
      // The signal arrives while the request is on its way.
      process.kill(-(child?.pid ?? 0), "SIGINT");
      setTimeout(() => onepay(request, response, count), 500);
    } else onepay(request, response, count);
  });
  const har = join(await tempFolder(), "observe.har");
  const args = [join(root, "scripts/observe.ts"), "--target", url, "--pause", "10", "--har", har, "--yes"];
  // A terminal sends Ctrl-C to every process of the group.
  child = spawn(process.execPath, ["--import", programFile("tsx"), ...args], {
    cwd: root,
    env: { ...process.env, ONEPAY_API_KEY: key },
    detached: true,
    stdio: ["ignore", "ignore", "pipe"],
  });
  let stderr = "";
  child.stderr?.on("data", (text: Buffer) => {
    stderr += text;
  });
  const [code] = await once(child, "close");
  expect({ code, sent: requests.length }).toEqual({ code: 1, sent: 2 });
  expect(stderr).toContain("Interrupted. The remaining requests were not sent.");
  expect((await entriesOf(har)).map(({ response }) => response.status)).toEqual([200, 200]);
});

test("stops if there is no response, and records the request with the status 0", async () => {
  const { code, stdout, stderr, entries } = await observe("http://127.0.0.1:1/v1", ["--yes"]);
  expect(code).toBe(1);
  expect(entries.map(({ request, response }) => [request.method, request.url, response.status])).toEqual([
    ["GET", "http://127.0.0.1:1/v1/customers?page=1&per_page=5", 0],
  ]);
  expect(stderr).toContain("There was no response (connect ECONNREFUSED");
  // A request without a response isn't an exchange.
  expect(stdout).not.toMatch(/seen \d|1 exchange/);
});

test("records a created customer whose response is lost, without personal data", async () => {
  const { url } = await startStandIn((request, response, count) => {
    if (request.method === "POST") request.socket.destroy();
    else onepay(request, response, count);
  });
  const { code, entries } = await observe(url, ["--yes", "--create"]);
  expect(code).toBe(1);
  expect(entries.map(({ request, response }) => [request.method, response.status])).toEqual([
    ["GET", 200],
    ["POST", 0],
  ]);
  expect(JSON.stringify(entries)).not.toContain("observe-");
});

const live = ["sk", "live", "a1b2c3d4"].join("_");
test.each([
  ["without a key", "", "https://api.onepay.la/v1", "ONEPAY_API_KEY is not set."],
  ["with a live key", live, "https://api.onepay.la/v1", "ONEPAY_API_KEY is a live key"],
  ["with a public key", "pk_test_a1", "https://api.onepay.la/v1", "ONEPAY_API_KEY isn't a secret test key."],
  ["to another host without TLS", key, "http://api.onepay.la/v1", "Pass an https URL"],
  ["to a target without a protocol", key, "api.onepay.la", "Pass an https URL"],
  ["to a target with another protocol", key, "ftp://127.0.0.1", "Pass an https URL"],
  ["to an empty target", key, "", "Pass an https URL"],
])("sends nothing %s, and doesn't print the key", async (_, value, url, message) => {
  const { code, stdout, stderr, entries } = await observe(url, ["--yes"], { ONEPAY_API_KEY: value });
  expect({ code, stdout, entries }).toEqual({ code: 1, stdout: "", entries: [] });
  expect(stderr).toContain(message);
  if (value) expect(stderr).not.toContain(value);
});

test("the plan has no operation that moves money, deletes, or needs a customer token", async () => {
  const calls = plan(await readDocument(), true, "123456");
  const operations = [...new Set(calls.map(({ operation }) => operation))];
  expect(operations).toEqual([
    ...["listCustomers", "createCustomer", "getCustomer", "getCustomerBalance"],
    ...["listCustomerTransactions", "listCustomerAccounts", "listCustomerCards"],
  ]);
});

test("invented customers get no messages, and nobody has their address", async () => {
  const calls = plan(await readDocument(), true, "123456").filter(({ body }) => body !== undefined);
  expect(calls.length).toBeGreaterThan(1);
  for (const { body } of calls) {
    expect(body).toMatchObject({ enable_notifications: false });
    expect(body?.email).toMatch(/^observe-123456-\d@example\.com$/);
  }
  expect(callText("https://api.example.com/v1", calls[0] as never)).toContain("x-idempotency: (a new key)");
});

const server = "https://api.example.com/v1";
const redacted = (exchange: object) => {
  const base = { file: "raw.har", entry: 1, started: "2026-11-01T12:00:00.000Z", method: "POST" };
  return JSON.stringify(redactedHar(openSpec(), [{ ...base, ...exchange } as Exchange], server));
};

test("a request that the document doesn't describe is redacted completely", () => {
  const text = redacted({
    url: `${server}/people/Ana?email=ana.ejemplo@example.com`,
    requestHeaders: { "x-trace": "Ana", accept: "application/json" },
    requestBody: '{"name":"Ana","code":12}',
    status: 200,
    responseHeaders: { location: "/people/Ana", "content-type": "text/html" },
    responseBody: "<p>Ana</p>",
  });
  expect(text).not.toMatch(/Ana|ana\.ejemplo|12}/);
  expect(text).toContain(`${server}/redacted/redacted?email=redacted`);
});

test("a field is redacted if it's personal in one form of the body, and so is a page that isn't a number", () => {
  const text = redacted({
    url: `${server}/customers?page=Ana`,
    requestHeaders: {},
    requestBody: '{"user_type":"company","document_type":"NIT","birthdate":"1990-01-01"}',
    status: 0,
    responseHeaders: {},
    responseBody: "",
  });
  expect(text).not.toMatch(/Ana|1990/);
  expect(text).toContain(
    JSON.stringify('{"user_type":"company","document_type":"NIT","birthdate":"1111-11-11"}'),
  );
});
