// A process that hunts the mutants it is given, one at a time, by their index.
import { readDocument, readLock } from "../contract/lock.js";
import { hunt } from "./hunt.js";
import { mutants } from "./operators.js";

const document = await readDocument();
const contracts = await readLock();
const all = mutants(document);

process.on("message", async (index: number) => {
  const mutant = all[index];
  if (mutant) process.send?.(await hunt(document, contracts, mutant));
});
process.on("disconnect", () => process.exit(0));
process.send?.("ready");
