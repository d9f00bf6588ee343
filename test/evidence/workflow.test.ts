import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { root } from "../../scripts/cli.js";
import { startMock } from "../../scripts/mock.js";
import { readDocument } from "../../scripts/openapi/load.js";
import { redocly } from "../../scripts/redocly.js";
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

test("every step of the workflow passes on the mock server", async () => {
  const mock = await startMock({ document: await readDocument() });
  const report = join(await tempFolder(), "report.json");
  const options = [
    "--server",
    `onepay=${mock.url}`,
    "--input",
    JSON.stringify(inputs),
    "--json-output",
    report,
  ];
  const result = await redocly(["respect", workflow, ...options]).finally(() => mock.close());
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
});
