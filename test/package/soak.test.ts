// Many calls to a server that fails at random, on Bun and Deno. `npm run bench` has the same soak for Node.js.
// SOAK_CALLS=5000 npm test package -- soak
import type { TestContext } from "vitest";
import { expect, test } from "vitest";
import type { SoakReport } from "../../scripts/bench/soak-program.js";
import { root } from "../../scripts/cli.js";
import { run } from "./child.js";
import { requireBinary, runtimeBinary } from "./tools.js";

const calls = process.env.SOAK_CALLS ?? "500";
const timeout = 900_000;

/** The setup has built the package in the checkout, which is what the program imports. */
async function soak(context: TestContext, name: "bun" | "deno", args: string[]): Promise<void> {
  const binary = requireBinary(context, name, runtimeBinary(name));
  const printed = await run(binary, [...args, "scripts/bench/soak-program.ts", calls], {
    cwd: root,
    timeout,
  });
  const { outcomes, requestCounts, listeners, problems } = JSON.parse(printed) as SoakReport;
  expect(problems).toEqual([]);
  expect(listeners).toBe(0);
  const total = Object.values(outcomes).reduce((sum, count) => sum + count, 0);
  expect(total).toBe(Number(calls));
  // A one-time password is the only POST without an idempotency key.
  expect(requestCounts).not.toHaveProperty("repeated POST without a key");
}

test("Bun reports no untrue outcome and doubles no write under random faults", { timeout }, (context) =>
  soak(context, "bun", ["run"]),
);

test("Deno reports no untrue outcome and doubles no write under random faults", { timeout }, (context) =>
  soak(context, "deno", ["run", "--allow-all", "--no-check", "--cached-only"]),
);
