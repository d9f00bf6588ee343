// The setup file of the guide on testing, with Jest: its modules are CommonJS, and each test file has its own globals.
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { transform } from "esbuild";
import { expect, onTestFinished, test } from "vitest";
import { root } from "../../scripts/cli.js";
import { createTempFolder } from "../../scripts/temp.js";

const here = fileURLToPath(new URL(".", import.meta.url));
const execute = promisify(execFile);

const shop = `
const { OnePay } = require("onepay-client");
exports.onepay = new OnePay();
`;

const shopTest = `
const { emulator } = require("./emulator-setup.js");
const { onepay } = require("./shop.js");

beforeEach(() => emulator.reset());

test("creates a customer once", async () => {
  emulator.injectFault("createCustomer", "lose-response");
  const { data, attempts } = await onepay.customers.create({
    user_type: "natural",
    first_name: "Ana",
    last_name: "Ejemplo",
    email: "ana@example.com",
    phone: "+573000000101",
    document_type: "CC",
    document_number: "000000101",
  }).withResponse();
  expect(attempts).toBe(2);
  expect(emulator.customers.map(({ id }) => id)).toEqual([data.id]);
  expect(await onepay.customers.get(data.id)).toMatchObject({ first_name: "Ana" });
});

test("starts without customers", () => expect(emulator.customers).toEqual([]));
`;

test("Jest runs the code under test on the emulator, with the setup file of the guide", async () => {
  const { path: folder, remove } = await createTempFolder("jest");
  onTestFinished(remove);
  await mkdir(join(folder, "node_modules"));
  await symlink(root, join(folder, "node_modules/onepay-client"));
  const setup = readFileSync(join(root, "spec/guides/samples/emulator-setup.ts"), "utf8");
  const { code } = await transform(setup, { loader: "ts", format: "cjs" });
  const config = { testEnvironment: "node", transform: {}, setupFiles: ["./emulator-setup.js"] };
  const files = {
    "emulator-setup.js": code,
    "shop.js": shop,
    "shop.test.js": shopTest,
    "jest.config.json": JSON.stringify(config),
  };
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  const jest = join(here, "node_modules/jest/bin/jest.js");
  const { stdout } = await execute(process.execPath, [jest, "--json", "--no-watchman"], { cwd: folder });
  expect(JSON.parse(stdout)).toMatchObject({ numPassedTests: 2, numFailedTests: 0 });
});
