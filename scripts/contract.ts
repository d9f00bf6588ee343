// npm run test:contract: the contract tests, against Prism or the emulator.
import { command, rejectPositionals, UserError } from "./cli.js";
import { isContractTarget, startContractTests } from "./contract/run.js";

const help = `
Usage: npm run test:contract

CONTRACT_TARGET=prism, the default: runs every locked case against Prism in
process, against Ajv, and through the client.

CONTRACT_TARGET=emulator: sends every locked request to the emulator. The status
must be the mock server's, and Ajv and Prism must accept the response.

To send safe requests to the API with a test key, use npm run observe.

  --help           print this
`;

export const main = command(import.meta, help, {}, async (_, positionals) => {
  rejectPositionals(positionals);
  const { CONTRACT_TARGET: target = "prism" } = process.env;
  if (!isContractTarget(target))
    throw new UserError(
      `CONTRACT_TARGET is "${target}". Set it to "prism" or "emulator". To record the API itself, use npm run observe.`,
    );
  return (await startContractTests({ output: "inherit" }, target).result).code;
});
