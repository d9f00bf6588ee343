/** The command of the package: `npx onepay-client emulator`. */
import { runEmulator } from "./emulator.js";

const help = `
Usage: npx onepay-client COMMAND [OPTIONS]

Commands:
  emulator   a local OnePay for tests: keeps state, honors idempotency keys, injects faults

npx onepay-client emulator --help shows the options.
`.trimStart();

async function main([command, ...args]: string[]): Promise<number> {
  if (command === "emulator") return runEmulator(args);
  if (command === "--help" || command === "-h") {
    process.stdout.write(help);
    return 0;
  }
  if (command === undefined) {
    process.stderr.write(help);
    return 1;
  }
  process.stderr.write(
    `Unknown command ${JSON.stringify(command.slice(0, 40))}. Run npx onepay-client --help.\n`,
  );
  return 1;
}

const exitCode = await main(process.argv.slice(2));
// Delayed responses would keep the process running.
process.exit(exitCode);
