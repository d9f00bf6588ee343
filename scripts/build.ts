// npm run build: builds the package into dist/.
import { buildPackage } from "./build/package.js";
import { command } from "./cli.js";

const help = `
Usage: npm run build

Builds the package into dist/: the client, the emulator, the schemas and the drift
check as ES modules and for CommonJS, their type declarations, and the command.
Other files in dist/, such as the docs, stay.

  --help   print this help
`;

export const main = command(import.meta, help, {}, async () => {
  await buildPackage();
  process.stdout.write("The package is in dist/.\n");
  return 0;
});
