// npm run lock: writes down which requests and answers the document accepts and refuses now.
import { command } from "./cli.js";
import { derive } from "./contract/derive.js";
import { difference, readDocument, readLock, summary, writeLock } from "./contract/lock.js";

const help = `
Usage: npm run lock [-- OPTIONS]

Derives the contract's cases from generated/openapi.json, writes them to
test/contract/lock/ and prints what was added, removed and changed. Read that
before you commit: it is what the change of the document means.

  --check   write nothing; exit 1 and print the differences, if there are any
  --help    print this
`;

await command(help, { check: { type: "boolean" } } as const, async ({ check }) => {
  const contracts = derive(await readDocument());
  const different = difference(await readLock(), contracts);
  const text = summary(different);
  const count = contracts.reduce((sum, { cases }) => sum + cases.length, 0);
  const size = `${count} cases of ${contracts.length} operations`;
  if (check && text !== "") {
    process.stderr.write(
      `${text}\nThe lock is out of date; run \`npm run lock\`, read what changed, commit it.\n`,
    );
    return 1;
  }
  if (!check) await writeLock(contracts);
  process.stdout.write(text === "" ? `Nothing changed: ${size}.\n` : `${text}\nLocked ${size}.\n`);
  return 0;
});
