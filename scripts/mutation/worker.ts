// A child process that runs one mutant at a time. The parent process sends the index.
import { readLock } from "../contract/lock.js";
import { readDocument } from "../openapi/load.js";
import { mutants } from "./operators.js";
import { runMutant } from "./run.js";

const document = await readDocument();
const contracts = await readLock();
const all = mutants(document);

process.on("message", async (index: number) => {
  const mutant = all[index];
  if (mutant) process.send?.(await runMutant(document, contracts, mutant));
});
process.on("disconnect", () => process.exit(0));
process.send?.("ready");
