// npm run test:contract: the contract tests, against Prism.
import { command, rejectPositionals, UserError } from "./cli.js";
import { startContractTests } from "./contract/run.js";

const help = `
Usage: npm run test:contract

Runs every locked case against Prism in process, against Ajv, and through the
client. This is the default, CONTRACT_TARGET=prism.

To send safe requests to the API with a test key, use npm run observe.

  --help           print this
`;

export const main = command(import.meta, help, {}, async (_, positionals) => {
  rejectPositionals(positionals);
  const { CONTRACT_TARGET: target = "prism" } = process.env;
  if (target !== "prism")
    throw new UserError(
      `CONTRACT_TARGET is "${target}". Set it to "prism". To record the API itself, use npm run observe.`,
    );
  return (await startContractTests({ output: "inherit" }).result).code;
});
