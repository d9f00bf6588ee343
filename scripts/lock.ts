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

export const main = command(
  import.meta,
  help,
  { check: { type: "boolean" } } as const,
  async ({ check }, positionals) => {
    rejectPositionals(positionals);
    const contracts = derive(await readDocument());
    const text = summary(difference(await readLock(), contracts));
    const count = contracts.reduce((sum, { cases }) => sum + cases.length, 0);
    const size = `${count} cases of ${contracts.length} operations`;
    if (check && text !== "") {
      process.stderr.write(
        `${text}\nThe lock files are outdated. Run \`npm run lock\`, read the list, and commit the files.\n`,
      );
      return 1;
    }
    if (!check) await writeLock(contracts);
    process.stdout.write(text === "" ? `No changes: ${size}.\n` : `${text}\nLocked ${size}.\n`);
    return 0;
  },
);
