import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { main } from "../../scripts/start.js";
import { runCommand } from "../command.js";
import { checkout } from "./checkout.js";

let folder: string;
let remove: () => Promise<void>;
beforeAll(async () => {
  ({ folder, remove } = await checkout());
});
afterAll(() => remove());

const running = new Set<ChildProcess>();
afterEach(() => {
  for (const child of running) child.kill("SIGKILL");
  running.clear();
});

/** Starts the command behind `npm start` in the checkout. */
function start(...args: string[]) {
  const child = spawn(
    process.execPath,
    [join(folder, "node_modules/tsx/dist/cli.mjs"), join(folder, "scripts/start.ts"), ...args],
    {
      cwd: folder,
      env: { ...process.env, NO_COLOR: "1" },
    },
  );
  running.add(child);
  const printed = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const)
    child[name].setEncoding("utf8").on("data", (text: string) => {
      printed[name] += text;
    });
  const exit = new Promise<number | null>((resolve) => child.once("close", resolve));
  return {
    child,
    exit,
    stdout: () => printed.stdout,
    stderr: () => printed.stderr,
    /** Resolves with the match when the output after `from` contains it. */
    async printed(pattern: RegExp, from = 0): Promise<RegExpExecArray> {
      for (;;) {
        const match = pattern.exec(printed.stdout.slice(from));
        if (match) return match;
        if (child.exitCode !== null)
          throw new Error(`It exited before it printed ${pattern}:\n${printed.stdout}\n${printed.stderr}`);
        await sleep(50);
      }
    },
  };
}

const published = {
  user_type: "natural",
  first_name: "Juan",
  last_name: "Pérez",
  email: "juan@example.com",
  phone: "+573001234567",
  document_type: "CC",
  document_number: "1234567890",
  enable_notifications: true,
};

test("--once --json prints one object with the sent request and the returned customer, and nothing else", async () => {
  const run = start("--once", "--json", "--port", "0", "--emulator-port", "0", "--docs-port", "0");
  expect(await run.exit).toBe(0);
  expect(run.stderr()).toBe("");
  const summary = JSON.parse(run.stdout());
  expect(Object.keys(summary)).toEqual(["customer", "request", "operations", "mock", "emulator", "docs"]);
  expect(summary.request).toEqual(published);
  expect(summary.customer).toMatchObject({
    id: "9da58912-101d-46f8-86c9-20a52119c0bf",
    email: "john.doe@example.com",
  });
  expect(summary.mock).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect(summary.emulator).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/v1$/);
  expect(await readFile(summary.docs, "utf8")).toContain("<html");
});

test.each([
  [["--port", "many"], '--port is "many"'],
  [["--json"], "--json needs --once"],
  [["--prot", "1"], "--prot"],
  [["--emulator-port", "-"], '--emulator-port is "-"'],
  [["--docs-port", "70000"], '--docs-port is "70000"'],
  [["extra"], 'Unexpected argument "extra"'],
])("npm start -- %j prints one message and no stack trace", async (args, message) => {
  const { code, stderr } = await runCommand(main, args);
  expect(code).toBe(1);
  expect(stderr).toContain(message);
  expect(stderr).not.toMatch(/\n\s+at /);
});

test("prints what was sent and returned, uses a free port, rebuilds on a save, and survives a mistake", async () => {
  const taken = createServer().listen(0, "127.0.0.1");
  await once(taken, "listening");
  const { port } = taken.address() as AddressInfo;
  const run = start("--port", String(port), "--emulator-port", "0", "--docs-port", "0");
  const [, mock = "", other] = await run.printed(/Mock +(http:\/\/127\.0\.0\.1:(\d+))/);
  taken.close();
  expect(Number(other)).toBeGreaterThan(port);
  expect(run.stdout()).toContain(`(port ${port} is taken)`);
  expect(run.stdout()).toContain("customers.create → 201");
  expect(run.stdout()).toMatch(
    /Sent to POST \/customers\n[\s\S]* first_name +Juan\n[\s\S]*Returned with status 201\n[\s\S]* first_name +John\n[\s\S]*two different people, as on OnePay's page/,
  );
  const [, emulator = ""] = await run.printed(/Emulator +(http:\S+)/);
  const [, docs = ""] = await run.printed(/Docs +(http:\S+)/);
  await run.printed(/Watching spec/);
  const emulated = await createOnEmulator(emulator);
  await run.printed(/emulator: POST \/customers 201/);
  const events = await subscribe(`${docs}/events`);
  const path = join(folder, "spec/paths/customers.yaml");
  const good = await readFile(path, "utf8");

  // Ten saves within a second cause one rebuild.
  let from = run.stdout().length;
  for (let save = 0; save < 10; save += 1) {
    await writeFile(
      path,
      good.replace("summary: Create a customer", `summary: Create customer number ${save}`),
    );
    await sleep(50);
  }
  await run.printed(/✓ generate/, from);
  await run.printed(/cosmetic .*summary/, from);
  expect(
    run
      .stdout()
      .slice(from)
      .match(/✓ generate/g),
  ).toHaveLength(1);
  expect(await readFile(join(folder, "generated/openapi.json"), "utf8")).toContain(
    "Create customer number 9",
  );
  expect(await events.next("reload")).toBe("null");

  // The emulator runs the new build, and its customers still exist.
  await run.printed(/✓ emulator/, from);
  const { authorization } = requestHeaders;
  const read = await fetch(`${emulator}/customers/${emulated.id}`, { headers: { authorization } });
  expect(await read.json()).toEqual(emulated);

  // A mistake: the terminal shows the finding with its line, and the page shows a banner.
  from = run.stdout().length;
  const before = await readFile(join(folder, "generated/openapi.json"), "utf8");
  await writeFile(
    path,
    good.replace("operationId: createCustomer", "operationId: createCustomer\n  nonsense: true"),
  );
  await run.printed(/customers\.yaml:\d+:\d+ .*nonsense[\s\S]*\| +nonsense: true/, from);
  expect(JSON.parse(await events.next("banner", (data) => data !== "null"))).toContain("nonsense");
  expect(await readFile(join(folder, "generated/openapi.json"), "utf8")).toBe(before);
  expect((await fetch(docs)).status).toBe(200);

  // The request log shows the violations of a request.
  from = run.stdout().length;
  const rejected = await fetch(`${mock}/customers`, {
    method: "POST",
    headers: requestHeaders,
    body: JSON.stringify({ ...published, email: "no address" }),
  });
  expect(rejected.status).toBe(422);
  await run.printed(/POST +\/customers +422.*\n.*email/, from);

  // The next good save removes the banner.
  from = run.stdout().length;
  await writeFile(path, good);
  await run.printed(/No changes since the last commit/, from);
  expect(await events.next("banner", (data) => data === "null")).toBe("null");

  run.child.kill("SIGINT");
  expect(await run.exit).toBe(0);
  await expect(fetch(mock)).rejects.toThrow();
  await expect(fetch(emulator)).rejects.toThrow();
  await expect(fetch(docs)).rejects.toThrow();
});

const requestHeaders = {
  authorization: "Bearer sk_test_xxx",
  "content-type": "application/json",
  "x-idempotency": "customer-001",
};

async function createOnEmulator(url: string): Promise<{ id: string }> {
  const body = JSON.stringify(published);
  const created = await fetch(`${url}/customers`, { method: "POST", headers: requestHeaders, body });
  return (await created.json()) as { id: string };
}

/** Subscribes to the events that an open page gets. */
async function subscribe(url: string) {
  const response = await fetch(url);
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  const decoder = new TextDecoder();
  let text = "";
  return {
    async next(event: string, accept: (data: string) => boolean = () => true): Promise<string> {
      for (;;) {
        for (const match of text.matchAll(/event: (.*)\ndata: (.*)\n\n/g)) {
          const [whole, name, data = ""] = match;
          if (name !== event || !accept(data)) continue;
          text = text.slice(match.index + whole.length);
          return data;
        }
        const { value, done } = await reader.read();
        if (done) throw new Error(`The events ended before ${event}: ${text}`);
        text += decoder.decode(value, { stream: true });
      }
    },
  };
}
