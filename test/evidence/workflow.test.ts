// The workflow on the mock server and on the emulator. One process of Redocly runs it on both.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parse } from "yaml";
import { root } from "../../scripts/cli.js";
import { type Mock, startMock } from "../../scripts/mock.js";
import { readDocument } from "../../scripts/openapi/load.js";
import { redocly } from "../../scripts/redocly.js";
import { type EmulatorServer, startEmulatorServer } from "../../src/emulator/server.js";
import { tempFile, tempFolder } from "./helpers.js";

const workflow = await readFile(join(root, "spec/workflows/customers.arazzo.yaml"), "utf8");
const phone = "+573000000101";

interface Step {
  stepId: string;
  checks: { name: string; status: string }[];
}

interface Report {
  files: Record<string, { executedWorkflows: { executedSteps: Step[] }[] }>;
}

let mock: Mock;
let server: EmulatorServer;
let report: Report;

beforeAll(async () => {
  mock = await startMock({ document: await readDocument() });
  server = await startEmulatorServer({
    host: "127.0.0.1",
    port: 0,
    // OnePay documents no operation that adds a card.
    onRequest: ({ operation }) => {
      const [customer] = server.emulator.customers;
      if (operation === "createCustomer" && customer) server.emulator.addCard(customer.id);
    },
    onError: (error) => {
      throw error;
    },
  });
  report = await runWorkflow({ mock: mock.url, emulator: `${server.url}/v1` }, server.emulator.otp(phone));
});

afterAll(() => Promise.all([mock.close(), server.close()]));

async function runWorkflow(urls: { [server: string]: string }, otp: string): Promise<Report> {
  const folder = await tempFolder();
  const file = join(folder, "report.json");
  const copies = await Promise.all(Object.keys(urls).map(workflowFor));
  const servers = Object.entries(urls).map(([name, url]) => `${name}=${url}`);
  const input = JSON.stringify({ apiKey: "sk_test_xxx", run: "test", phone, otp });
  const options = ["--server", servers.join(), "--input", input, "--json-output", file];
  // Outside of the checkout, Redocly doesn't load our configuration and our lint rules.
  const { code, stdout, stderr } = await redocly(["respect", ...copies, ...options], folder);
  expect(code, stdout + stderr).toBe(0);
  return JSON.parse(await readFile(file, "utf8")) as Report;
}

/** A copy of the workflow for one server. Redocly finds the URL of a server by the name of the source. */
const workflowFor = (name: string): Promise<string> =>
  tempFile(
    `${name}.arazzo.yaml`,
    workflow
      .replace("name: onepay", `name: ${name}`)
      .replace("../openapi.yaml", join(root, "spec/openapi.yaml")),
  );

test.each(["mock", "emulator"])("every step of the workflow passes on the server %s", (name) => {
  const [, result] =
    Object.entries(report.files).find(([file]) => file.endsWith(`/${name}.arazzo.yaml`)) ?? [];
  const steps = result?.executedWorkflows[0]?.executedSteps ?? [];
  const written = parse(workflow).workflows[0].steps as { stepId: string }[];
  expect(steps.map(({ stepId }) => stepId)).toEqual(written.map(({ stepId }) => stepId));
  for (const { stepId, checks } of steps)
    expect({ stepId, failed: checks.filter(({ status }) => status !== "success") }).toEqual({
      stepId,
      failed: [],
    });
});

test("on the emulator, the workflow moves money from one step to the next", () => {
  const { emulator } = server;
  const { customers, charges } = emulator.state();
  expect(customers).toHaveLength(1);
  expect(emulator.balance(customers[0]?.id ?? "")).toBe(50_000);
  expect(charges.map(({ amount, status }) => ({ amount, status }))).toEqual([
    { amount: 5_000_000, status: "paid" },
  ]);
});
