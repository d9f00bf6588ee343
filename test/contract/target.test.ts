import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { ajvJudge } from "../../scripts/contract/ajv.js";
import { har } from "../../scripts/contract/har.js";
import { readDocument, readLock } from "../../scripts/contract/lock.js";
import { checkTarget, plan, run, shownRequest } from "../../scripts/contract/target.js";
import { startMock } from "../../scripts/mock.js";
import { listen } from "./upstream.js";

// Against stand-ins on loopback: no test of this project has ever met the real API.

const document = await readDocument();
const contracts = await readLock();
const mock = await startMock({ document });
const folder = await mkdtemp(join(tmpdir(), "onepay-target-"));
afterAll(async () => {
  await mock.close();
  await rm(folder, { recursive: true });
});

const key = "sk_test_of_nobody";
const silent = () => {};
const sent = (url: string, planned = plan(contracts, key)) =>
  run(url, planned, ajvJudge(document), 0, silent);

describe("nothing is sent", () => {
  const live = ["sk", "live", "0123456789"].join("_");

  test.each([
    ["with a live key", "https://api.example.com/v1", live, "a live key"],
    ["with a public key", "https://api.example.com/v1", "pk_test_1", "no test key"],
    ["without a key", "https://api.example.com/v1", undefined, "ONEPAY_API_KEY is not set"],
    ["to an address without TLS", "http://api.example.com/v1", key, "an https URL"],
    ["to what is no address", "api", key, "an https URL"],
  ])("%s", (_what, url, given, message) => {
    expect(() => checkTarget(url, given)).toThrow(message);
  });

  test("with a live key: the program says why, without a stack trace, and exits 1", async () => {
    const { code, stdout, stderr } = await contract([], { CONTRACT_TARGET: mock.url, ONEPAY_API_KEY: live });
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toBe(
      "ONEPAY_API_KEY is a live key: this would create customers that nobody wants. Use sk_test_…\n",
    );
  });

  test("until --yes is added: the program prints every request in full, but for the key", async () => {
    const asked: string[] = [];
    const server = await listen((request, response) => {
      asked.push(request.url ?? "");
      response.end();
    });
    const { code, stdout } = await contract([], { CONTRACT_TARGET: server.url, ONEPAY_API_KEY: key });
    await server.close();
    expect([code, asked]).toEqual([0, []]);
    expect(stdout).toContain(`GET ${server.url}/customers\n`);
    expect(stdout).toContain(`POST ${server.url}/customers\n`);
    expect(stdout).toContain('"email":"contract-1@example.com"');
    expect(stdout).not.toContain(key);
    expect(stdout).toContain("Nothing was sent.");
  });
});

describe("the plan", () => {
  const planned = plan(contracts, key);

  test("reads first, then creates customers, and touches nothing that moves money", () => {
    const methods = planned.map(({ request }) => request.method);
    expect(methods).toEqual([...methods].sort());
    expect(new Set(methods)).toEqual(new Set(["GET", "POST"]));
    expect(
      planned
        .filter(({ request }) => request.method === "POST")
        .every(({ operation }) => operation === "createCustomer"),
    ).toBe(true);
  });

  test("leaves out what needs a customer's own token", () => {
    expect(planned.filter(({ operation }) => /Session/.test(operation))).toEqual([]);
  });

  test("creates people who do not exist, get no message, and each under a key of their own", () => {
    const created = planned.filter(({ request }) => request.method === "POST").map(({ request }) => request);
    const bodies = created.map(({ body }) => body as Record<string, unknown>);
    for (const body of bodies) {
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

  test("reads the customer that is named", () => {
    const id = "11111111-1111-4111-8111-111111111111";
    const [request] = plan(contracts, key, id).filter(({ operation }) => operation === "getCustomer");
    expect(shownRequest("https://api.example.com/v1", request as NonNullable<typeof request>)).toContain(
      `GET https://api.example.com/v1/customers/${id}\n`,
    );
  });
});

describe("a run", () => {
  test("sends all that was planned and finds a server that keeps to the document faultless", async () => {
    const planned = plan(contracts, key);
    const { exchanges, faults, stopped } = await sent(mock.url, planned);
    expect([exchanges.length, faults, stopped]).toEqual([planned.length, [], undefined]);
  });

  test.each([
    [401, "refuses the key"],
    [429, "asks for a rest"],
  ])("ends at the first %i", async (status, why) => {
    const server = await listen((_request, response) => {
      response.writeHead(status, { "content-type": "application/json" }).end('{"message":"No."}');
    });
    const { exchanges, stopped } = await sent(server.url);
    await server.close();
    expect([exchanges.length, stopped]).toEqual([1, expect.stringContaining(why)]);
  });

  test("says which answer is not as documented", async () => {
    const server = await listen((_request, response) => {
      response.writeHead(200, { "content-type": "application/json" }).end('{"balance":"many"}');
    });
    const planned = plan(contracts, key).filter(({ operation }) => operation === "getCustomerBalance");
    const { faults } = await sent(server.url, planned);
    await server.close();
    expect(faults).toContain('getCustomerBalance 200: the answer breaks "body.balance type"');
  });

  test("ends where nobody answers", async () => {
    const server = await listen(() => {});
    await server.close();
    expect((await sent(server.url)).stopped).toContain("does not answer");
  });

  test("waits between two requests", async () => {
    const start = performance.now();
    await run(mock.url, plan(contracts, key).slice(0, 3), ajvJudge(document), 60, silent);
    expect(performance.now() - start).toBeGreaterThan(115);
  });
});

describe("the recording", () => {
  const planned = plan(contracts, key, "9da58912-101d-46f8-86c9-20a52119c0bf");

  test("holds no key, no idempotency key and nothing that tells of a person", async () => {
    const { exchanges } = await sent(mock.url, planned);
    const text = JSON.stringify(har(document, exchanges));
    const personal = exchanges.flatMap(({ request, text }) => [
      ...Object.values((request.body ?? {}) as Record<string, unknown>),
      ...(text.match(/"(?:first_name|last_name|email|phone|document_number|birthdate)":"([^"]+)"/g) ?? []),
    ]);
    const secrets = planned.map(({ request }) => request.headers["x-idempotency"]);
    for (const value of [key, ...secrets, ...personal, "9da58912-101d-46f8-86c9-20a52119c0bf"]) {
      // What kind of customer it is tells of nobody; a flag does not, either.
      if (typeof value !== "string" || ["natural", "company", "CC", "CE", "NIT", "PASSPORT"].includes(value))
        continue;
      expect(text).not.toContain(value);
    }
  });

  test("keeps what the document describes: it still conforms to it", async () => {
    const { exchanges } = await sent(mock.url, planned);
    const { log } = har(document, exchanges) as { log: { entries: { request: object; response: Entry }[] } };
    const judge = ajvJudge(document);
    const faults = log.entries.flatMap(({ response }, index) =>
      judge.answer(exchanges[index]?.operation ?? "", {
        status: response.status,
        headers: { "content-type": response.content.mimeType },
        body: JSON.parse(response.content.text),
      }),
    );
    expect([log.entries.length, faults]).toEqual([planned.length, []]);
  });

  test("takes what the document does not know for personal", async () => {
    const server = await listen((_request, response) => {
      response.writeHead(200, { "content-type": "application/json" }).end('{"id":"x","nickname":"Juancho"}');
    });
    const [read] = planned.filter(({ operation }) => operation === "getCustomer");
    const { exchanges } = await sent(server.url, [read as NonNullable<typeof read>]);
    await server.close();
    expect(JSON.stringify(har(document, exchanges))).not.toContain("Juancho");
  });

  test("is written where it is asked for", async () => {
    const file = join(folder, "run.har");
    const { code, stdout } = await contract(["--yes", "--pause", "0", "--har", file], {
      CONTRACT_TARGET: mock.url,
      ONEPAY_API_KEY: key,
    });
    expect([code, stdout]).toEqual([0, expect.stringContaining("as documented")]);
    expect(JSON.parse(await readFile(file, "utf8"))).toMatchObject({ log: { version: "1.2" } });
  });
});

interface Entry {
  status: number;
  content: { mimeType: string; text: string };
}

/** Runs the program as `npm run test:contract` does. */
function contract(args: string[], env: Record<string, string>) {
  const root = fileURLToPath(new URL("../..", import.meta.url));
  const program = ["--import", "tsx", "scripts/contract.ts", ...args];
  return new Promise<{ code: number; stdout: string; stderr: string }>((done) => {
    const child = execFile(
      process.execPath,
      program,
      { cwd: root, env: { ...process.env, ...env } },
      (_error, stdout, stderr) => done({ code: child.exitCode ?? -1, stdout, stderr }),
    );
  });
}
