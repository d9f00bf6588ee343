// A child process that runs one share of the mutants, and sends each result to the parent process.
import { readLock } from "../contract/lock.js";
import { readDocument } from "../openapi/load.js";
import { mutants } from "./operators.js";
import { runMutant } from "./run.js";

const [share, processes] = process.argv.slice(2).map(Number) as [number, number];
const document = await readDocument();
const contracts = await readLock();
for (const [index, mutant] of mutants(document).entries()) {
  if (index % processes !== share) continue;
  process.send?.({ index, result: await runMutant(document, contracts, mutant) });
}
process.disconnect();
