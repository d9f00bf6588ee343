// npm run test:contract: the contract tests, against Prism or against a real server.
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { command, rejectPositionals, root, shown, UserError } from "./cli.js";
import { har } from "./contract/har.js";
import { readLock } from "./contract/lock.js";
import { startContractTests } from "./contract/run.js";
import { checkTarget, plan, requestText, run, type TargetRun } from "./contract/target.js";
import { createValidator } from "./contract/validator.js";
import type { Document } from "./openapi/document.js";
import { readDocument } from "./openapi/load.js";

const help = `
Usage: npm run test:contract [-- OPTIONS]
       CONTRACT_TARGET=URL ONEPAY_API_KEY=sk_test_… npm run test:contract -- [OPTIONS]

Runs every locked case against Prism in process, against Ajv, and through the
client. This is the default, CONTRACT_TARGET=prism.

With a URL, it sends only the safe requests to that server, with a test key:
reads, then the creation of invented customers. It prints the requests, and sends
nothing until you add --yes. It stops at the first 401 or 429. It records
everything in a HAR file without secrets and personal data.

  --yes            send the printed requests
  --customer ID    the test customer to read (default: the document's example)
  --pause MS       time between two requests, in milliseconds (default: 1000)
  --har FILE       the recording (default: dist/contract.har)
  --help           print this
`;

const options = {
  yes: { type: "boolean" },
  customer: { type: "string" },
  pause: { type: "string" },
  har: { type: "string" },
} as const;

const print = (line: string) => process.stdout.write(`${line}\n`);

await command(help, options, async ({ yes, customer, pause, har: file }, positionals) => {
  rejectPositionals(positionals);
  const { CONTRACT_TARGET: target = "prism", ONEPAY_API_KEY: key } = process.env;
  if (target === "prism") return (await startContractTests({ output: "inherit" }).result).code;
  const base = checkTarget(target, key);
  if (pause !== undefined && !/^\d{1,6}$/.test(pause))
    throw new UserError(`--pause is "${pause}". Pass a number of milliseconds.`);
  const planned = plan(await readLock(), key ?? "", customer);
  print(`${planned.map((each) => requestText(base, each)).join("\n\n")}\n`);
  if (!yes) {
    print(`Nothing was sent. Add --yes to send these ${planned.length} requests to ${base}.`);
    return 0;
  }
  const document = await readDocument();
  const result = await run(base, planned, createValidator(document), Number(pause ?? 1000), print);
  const output = await writeRecording(document, result, file);
  print(`\nSent ${result.exchanges.length} of ${planned.length} requests. Recording: ${shown(output)}`);
  return report(result);
});

async function writeRecording(
  document: Document,
  { exchanges }: TargetRun,
  file: string | undefined,
): Promise<string> {
  const output = resolve(file ?? join(root, "dist/contract.har"));
  try {
    await mkdir(dirname(output), { recursive: true });
    await writeFile(output, `${JSON.stringify(har(document, exchanges), null, 2)}\n`, "utf8");
  } catch (error) {
    throw new UserError(`The recording can't be written: ${(error as Error).message}`);
  }
  return output;
}

function report({ differences, stopped }: TargetRun): number {
  for (const difference of differences) process.stderr.write(`${difference}\n`);
  if (differences.length > 0) process.stderr.write("The server doesn't match the document.\n");
  if (stopped) process.stderr.write(`${stopped} The remaining requests were not sent.\n`);
  return differences.length > 0 || stopped ? 1 : 0;
}
