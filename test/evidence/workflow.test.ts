import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { root } from "../../scripts/cli.js";
import { startMock } from "../../scripts/mock.js";
import { readDocument } from "../../scripts/openapi/load.js";
import { redocly } from "../../scripts/redocly.js";
import { startEmulatorServer } from "../../src/emulator/server.js";
import { tempFolder } from "./helpers.js";

const workflow = join(root, "spec/workflows/customers.arazzo.yaml");
const inputs = { apiKey: "sk_test_xxx", run: "test", phone: "+573000000101", otp: "000000" };

interface Step {
  stepId: string;
  checks: { name: string; status: string }[];
}

interface Report {
  files: Record<string, { executedWorkflows: { executedSteps: Step[] }[] }>;
}

async function expectEveryStepToPass(url: string, values: typeof inputs): Promise<void> {
  const folder = await tempFolder();
  const report = join(folder, "report.json");
  const input = JSON.stringify(values);
  const options = ["--server", `onepay=${url}`, "--input", input, "--json-output", report];
  // Outside of the checkout, Redocly doesn't load our configuration and our lint rules.
  const result = await redocly(["respect", workflow, ...options], folder);
  expect(result.code, result.stdout + result.stderr).toBe(0);
  const { files } = JSON.parse(await readFile(report, "utf8")) as Report;
  const steps = Object.values(files).flatMap(
    ({ executedWorkflows }) => executedWorkflows[0]?.executedSteps ?? [],
  );
  const written = parse(await readFile(workflow, "utf8")).workflows[0].steps as { stepId: string }[];
  expect(steps.map(({ stepId }) => stepId)).toEqual(written.map(({ stepId }) => stepId));
  for (const { stepId, checks } of steps)
    expect({ stepId, failed: checks.filter(({ status }) => status !== "success") }).toEqual({
      stepId,
      failed: [],
    });
}

test("every step of the workflow passes on the mock server", async () => {
  const mock = await startMock({ document: await readDocument() });
  await expectEveryStepToPass(mock.url, inputs).finally(() => mock.close());
});

test("on the emulator, the workflow moves money from one step to the next", async () => {
  const server = await startEmulatorServer({
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
  const { emulator, url } = server;
  const otp = emulator.otp(inputs.phone);
  await expectEveryStepToPass(`${url}/v1`, { ...inputs, otp }).finally(() => server.close());
  const { customers, charges } = emulator.state();
  expect(customers).toHaveLength(1);
  expect(emulator.balance(customers[0]?.id ?? "")).toBe(50_000);
  expect(charges.map(({ amount, status }) => ({ amount, status }))).toEqual([
    { amount: 5_000_000, status: "paid" },
  ]);
});
