import * as onepay from "onepay-client";
import { runProgram } from "../programs/index.mjs";

// The test's realm can't read objects of this one.
globalThis.run = async (program, input) =>
  JSON.stringify(await runProgram(program, onepay, JSON.parse(input)));
