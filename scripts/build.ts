// npm run build: the package as its users get it, in dist/.
import { buildPackage } from "./build/package.js";
import { command } from "./cli.js";

const help = `
Usage: npm run build

Makes the package in dist/: index.js and index.cjs, each with its types and its
source map. What else stands in dist/, the docs, stays.

  --help   print this
`;

await command(help, {}, async () => {
  await buildPackage();
  process.stdout.write("dist/index.js\ndist/index.cjs\n");
  return 0;
});
