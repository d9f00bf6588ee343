import * as onepay from "onepay-client";
import * as emulator from "onepay-client/emulator";
import { runProgram } from "../programs/index.mjs";

// The test's realm can't read objects of this one.
globalThis.run = async (program, input) =>
  JSON.stringify(await runProgram(program, { ...onepay, ...emulator }, JSON.parse(input)));
