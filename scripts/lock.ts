// npm run lock: updates the lock files of the contract tests.
import { command, rejectPositionals } from "./cli.js";
import { derive } from "./contract/derive.js";
import { difference, readLock, summary, writeLock } from "./contract/lock.js";
import { readDocument } from "./openapi/load.js";

const help = `
Usage: npm run lock [-- OPTIONS]

Derives the cases of the contract tests from generated/openapi.json, writes them
to test/contract/lock/, and prints the cases that were added, removed or changed.
Read the list before you commit: it shows what your change of the document means.

  --check   write nothing; exit 1 and print the differences if there are any
  --help    print this
`;

const options = { check: { type: "boolean" } } as const;

export const main = command(import.meta, help, options, async ({ check }, positionals) => {
  rejectPositionals(positionals);
  const contracts = derive(await readDocument());
  const text = summary(difference(await readLock(), contracts));
  if (check && text !== "") {
    const advice = "The lock files are outdated. Run `npm run lock`, read the list, and commit the files.";
    process.stderr.write(`${text}\n${advice}\n`);
    return 1;
  }
  if (!check) await writeLock(contracts);
  const size = `${contracts.flatMap(({ cases }) => cases).length} cases of ${contracts.length} operations`;
  process.stdout.write(text === "" ? `No changes: ${size}.\n` : `${text}\nLocked ${size}.\n`);
  return 0;
});
