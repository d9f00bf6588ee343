// npm run build: builds the package into dist/.
import { buildPackage } from "./build/package.js";
import { command } from "./cli.js";

const help = `
Usage: npm run build

Builds the package into dist/: index.js and index.cjs, each with type declarations
and a source map. Other files in dist/, such as the docs, stay.

  --help   print this help
`;

export const main = command(import.meta, help, {}, async () => {
  await buildPackage();
  process.stdout.write("dist/index.js\ndist/index.cjs\n");
  return 0;
});
