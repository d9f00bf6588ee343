// npm run test:contract: the contract tests, against Prism or against a real server.
import { spawn } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { command, root, shown, UserError } from "./cli.js";
import { ajvJudge } from "./contract/ajv.js";
import { har } from "./contract/har.js";
import { readDocument, readLock } from "./contract/lock.js";
import { checkTarget, plan, run, shownRequest } from "./contract/target.js";

const help = `
Usage: npm run test:contract [-- OPTIONS]
       CONTRACT_TARGET=URL ONEPAY_API_KEY=sk_test_… npm run test:contract -- [OPTIONS]

Without CONTRACT_TARGET (or with CONTRACT_TARGET=prism) every locked case is
tried against Prism in process, against Ajv, and through the client.

With a URL it sends the safe part to that server, with a test key only: what
reads, then customers who do not exist; one request at a time. It prints what
it would send and sends nothing until you add --yes. It stops at the first 401
or 429, and records all in a HAR file without secrets and personal data.

  --yes            send what was printed
  --customer ID    the test customer to read (default: the document's example)
  --pause MS       between two requests, in milliseconds (default: 1000)
  --har FILE       where the recording goes (default: dist/contract.har)
  --help           print this
`;

const options = {
  yes: { type: "boolean" },
  customer: { type: "string" },
  pause: { type: "string" },
  har: { type: "string" },
} as const;

await command(help, options, async ({ yes, customer, pause, har: file }) => {
  const { CONTRACT_TARGET: target = "prism", ONEPAY_API_KEY: key } = process.env;
  if (target === "prism") return runTests();
  const base = checkTarget(target, key);
  if (pause !== undefined && !/^\d{1,6}$/.test(pause))
    throw new UserError(`--pause takes milliseconds, not "${pause}".`);
  const planned = plan(await readLock(), key ?? "", customer);
  const say = (line: string) => process.stdout.write(`${line}\n`);
  say(planned.map((each) => shownRequest(base, each)).join("\n\n"));
  say("");
  if (!yes) {
    say(`Nothing was sent. These ${planned.length} requests go to ${base} once you add --yes.`);
    return 0;
  }
  const document = await readDocument();
  const { exchanges, faults, stopped } = await run(
    base,
    planned,
    ajvJudge(document),
    Number(pause ?? 1000),
    say,
  );
  const output = resolve(file ?? join(root, "dist/contract.har"));
  await mkdir(dirname(output), { recursive: true });
  await writeFile(output, `${JSON.stringify(har(document, exchanges), null, 2)}\n`, "utf8");
  say(`\n${exchanges.length} of ${planned.length} requests sent; recorded in ${shown(output)}.`);
  for (const fault of faults) process.stderr.write(`${fault}\n`);
  if (faults.length > 0) process.stderr.write("The document says something else than the server does.\n");
  if (stopped) process.stderr.write(`${stopped}\n`);
  return faults.length > 0 || stopped ? 1 : 0;
});

function runTests(): Promise<number> {
  const vitest = join(root, "node_modules/vitest/vitest.mjs");
  const child = spawn(process.execPath, [vitest, "run", "--project", "contract"], {
    cwd: root,
    stdio: "inherit",
  });
  return new Promise((done, fail) => {
    child.on("error", fail);
    child.on("exit", (code) => done(code ?? 1));
  });
}
