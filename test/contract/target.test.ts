import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { har } from "../../scripts/contract/har.js";
import { readLock } from "../../scripts/contract/lock.js";
import { checkTarget, plan, requestText, run } from "../../scripts/contract/target.js";
import { createValidator } from "../../scripts/contract/validator.js";
import { startMock } from "../../scripts/mock.js";
import { readDocument } from "../../scripts/openapi/load.js";
import { startNode } from "../../scripts/process.js";
import { createTempFolder } from "../../scripts/temp.js";
import { startServer } from "./server.js";

// Servers on loopback replace the real API, which these tests can't reach.

const document = await readDocument();
const contracts = await readLock();
const validator = createValidator(document);
const mock = await startMock({ document });
const folder = await createTempFolder("target");
afterAll(() => Promise.all([mock.close(), folder.remove()]));

const key = "sk_test_of_nobody";
const silent = () => {};
const runAgainst = (url: string, planned = plan(contracts, key)) => run(url, planned, validator, 0, silent);

/** Runs the command behind `npm run test:contract`. */
const contract = (args: string[], env: Record<string, string>) =>
  startNode(["--import", "tsx", "scripts/contract.ts", ...args], { env }).result;

describe("a contract run against a server", () => {
  const liveKey = ["sk", "live", "0123456789"].join("_");

  test.each([
    ["a live key", "https://api.example.com/v1", liveKey, "a live key"],
    ["a public key", "https://api.example.com/v1", "pk_test_1", "isn't a secret test key"],
    ["no key", "https://api.example.com/v1", undefined, "ONEPAY_API_KEY is not set"],
    ["an http URL", "http://api.example.com/v1", key, "an https URL"],
    ["a target that isn't a URL", "api", key, "an https URL"],
  ])("rejects %s", (_what, url, apiKey, message) => {
    expect(() => checkTarget(url, apiKey)).toThrow(message);
  });

  test("prints one message and exits 1 if the key is a live key", async () => {
    const result = await contract([], { CONTRACT_TARGET: mock.url, ONEPAY_API_KEY: liveKey });
    expect(result).toEqual({
      code: 1,
      stdout: "",
      stderr:
        "ONEPAY_API_KEY is a live key, and this command creates customers. Set it to a test key (sk_test_…).\n",
    });
  });

  test("prints the requests without the key, and sends nothing without --yes", async () => {
    const received: string[] = [];
    const server = await startServer((request, response) => {
      received.push(request.url ?? "");
      response.end();
    });
    const { code, stdout } = await contract([], { CONTRACT_TARGET: server.url, ONEPAY_API_KEY: key });
    await server.close();
    expect([code, received]).toEqual([0, []]);
    expect(stdout).toContain(`GET ${server.url}/customers\n`);
    expect(stdout).toContain(`POST ${server.url}/customers\n`);
    expect(stdout).toContain('"email":"contract-1@example.com"');
    expect(stdout).not.toContain(key);
    expect(stdout).toContain("Nothing was sent.");
  });

  test("sends all planned requests, and finds no differences if the server matches the document", async () => {
    const planned = plan(contracts, key);
    const { exchanges, differences, stopped } = await runAgainst(mock.url, planned);
    expect([exchanges.length, differences, stopped]).toEqual([planned.length, [], undefined]);
  });

  test.each([
    [401, "rejected the key"],
    [429, "limits the rate"],
  ])("stops at the first %i", async (status, reason) => {
    const server = await startServer((_request, response) => {
      response.writeHead(status, { "content-type": "application/json" }).end('{"message":"No."}');
    });
    const { exchanges, stopped } = await runAgainst(server.url);
    await server.close();
    expect([exchanges.length, stopped]).toEqual([1, expect.stringContaining(reason)]);
  });

  test("reports a response that isn't as documented", async () => {
    const server = await startServer((_request, response) => {
      response.writeHead(200, { "content-type": "application/json" }).end('{"balance":"many"}');
    });
    const planned = plan(contracts, key).filter(({ operation }) => operation === "getCustomerBalance");
    const { differences } = await runAgainst(server.url, planned);
    await server.close();
    expect(differences).toContain('getCustomerBalance 200: the response violates "body.balance type"');
  });

  test("stops if there is no response", async () => {
    const server = await startServer(() => {});
    await server.close();
    expect((await runAgainst(server.url)).stopped).toContain("There was no response");
  });

  test("pauses between two requests", async () => {
    const start = performance.now();
    await run(mock.url, plan(contracts, key).slice(0, 3), validator, 60, silent);
    expect(performance.now() - start).toBeGreaterThan(115);
  });
});

describe("the plan of a contract run", () => {
  const planned = plan(contracts, key);

  test("reads first, then creates customers, and doesn't move money", () => {
    const methods = planned.map(({ request }) => request.method);
    expect(methods).toEqual([...methods].sort());
    expect(new Set(methods)).toEqual(new Set(["GET", "POST"]));
    const posts = planned.filter(({ request }) => request.method === "POST");
    expect(new Set(posts.map(({ operation }) => operation))).toEqual(new Set(["createCustomer"]));
  });

  test("excludes operations that need a customer token", () => {
    expect(planned.filter(({ operation }) => /Session/.test(operation))).toEqual([]);
  });

  test("creates invented customers without notifications, each with a new idempotency key", () => {
    const created = planned.filter(({ request }) => request.method === "POST").map(({ request }) => request);
    for (const { body } of created) {
      expect(body).toMatchObject({
        email: expect.stringMatching(/^contract-\d@example\.com$/),
        phone: expect.stringMatching(/^\+573000000/),
        document_number: expect.stringMatching(/^00000/),
        enable_notifications: false,
      });
    }
    const keys = created.map(({ headers }) => headers["x-idempotency"]);
    expect(new Set(keys).size).toBe(keys.length);
  });

  test("reads the customer of --customer", () => {
    const id = "11111111-1111-4111-8111-111111111111";
    const [request] = plan(contracts, key, id).filter(({ operation }) => operation === "getCustomer");
    expect(requestText("https://api.example.com/v1", request as NonNullable<typeof request>)).toContain(
      `GET https://api.example.com/v1/customers/${id}\n`,
    );
  });
});

interface Entry {
  time: number;
  request: { url: string; headers: { value: string }[]; postData?: { text: string } };
  response: { status: number; headers: { value: string }[]; content: { mimeType: string; text: string } };
}

const entriesOf = (recording: object): Entry[] => (recording as { log: { entries: Entry[] } }).log.entries;

/** Every string and number of a JSON value. */
function leavesOf(value: unknown): unknown[] {
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(leavesOf) : [value];
}

/** The values of a recording that can contain what was sent or received. Times and sizes can't. */
const recordedValues = ({ request, response }: Entry): unknown[] => [
  ...new URL(request.url).pathname.split("/").map(decodeURIComponent),
  ...new URL(request.url).searchParams.values(),
  ...[...request.headers, ...response.headers].map(({ value }) => value),
  ...leavesOf(JSON.parse(request.postData?.text ?? "null")),
  ...leavesOf(JSON.parse(response.content.text || "null")),
];

describe("the recording of a contract run", () => {
  const customerId = "9da58912-101d-46f8-86c9-20a52119c0bf";
  const planned = plan(contracts, key, customerId);
  const personal = ["first_name", "last_name", "email", "phone", "document_number", "birthdate"];

  /** The values of personal fields, at any depth. */
  function personalValues(value: unknown): unknown[] {
    if (typeof value !== "object" || value === null) return [];
    return Object.entries(value).flatMap(([name, inner]) =>
      personal.includes(name) && inner ? [inner] : personalValues(inner),
    );
  }

  test("contains no API key, no idempotency key and no personal data", async () => {
    const { exchanges } = await runAgainst(mock.url, planned);
    const secrets = [
      `Bearer ${key}`,
      customerId,
      ...planned.map(({ request }) => request.headers["x-idempotency"]),
      ...exchanges.flatMap(({ request, text }) => [
        ...personalValues(request.body),
        ...personalValues(JSON.parse(text)),
      ]),
    ].filter((value) => value !== undefined);
    expect(secrets.length).toBeGreaterThan(20);
    const recorded = new Set(entriesOf(har(document, exchanges)).flatMap(recordedValues));
    expect(secrets.filter((value) => recorded.has(value))).toEqual([]);
  });

  test("has whole milliseconds, so that a duration can't look like a document number", async () => {
    const { exchanges } = await runAgainst(mock.url, planned);
    const times = entriesOf(har(document, exchanges)).map(({ time }) => time);
    expect(times.every(Number.isInteger)).toBe(true);
  });

  test("still matches the document", async () => {
    const { exchanges } = await runAgainst(mock.url, planned);
    const entries = entriesOf(har(document, exchanges));
    const violations = entries.flatMap(({ response }, index) =>
      validator.response(exchanges[index]?.operation ?? "", {
        status: response.status,
        headers: { "content-type": response.content.mimeType },
        body: JSON.parse(response.content.text),
      }),
    );
    expect([entries.length, violations]).toEqual([planned.length, []]);
  });

  test("redacts fields that the document doesn't describe", async () => {
    const server = await startServer((_request, response) => {
      response.writeHead(200, { "content-type": "application/json" }).end('{"id":"x","nickname":"Juancho"}');
    });
    const [read] = planned.filter(({ operation }) => operation === "getCustomer");
    const { exchanges } = await runAgainst(server.url, [read as NonNullable<typeof read>]);
    await server.close();
    expect(JSON.stringify(har(document, exchanges))).not.toContain("Juancho");
  });

  test("is written to the file of --har", async () => {
    const file = join(folder.path, "run.har");
    const { code, stdout } = await contract(["--yes", "--pause", "0", "--har", file], {
      CONTRACT_TARGET: mock.url,
      ONEPAY_API_KEY: key,
    });
    expect([code, stdout]).toEqual([0, expect.stringContaining("as documented")]);
    expect(JSON.parse(await readFile(file, "utf8"))).toMatchObject({ log: { version: "1.2" } });
  });
});
