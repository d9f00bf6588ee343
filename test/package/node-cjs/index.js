const onepay = require("onepay-client");
const emulator = require("onepay-client/emulator");
const document = require("onepay-client/openapi.json");

async function main() {
  const { runProgram } = await import("../programs/index.mjs");
  const [program, input] = process.argv.slice(2);
  const report = await runProgram(program, { ...onepay, ...emulator }, JSON.parse(input));
  console.log(JSON.stringify({ version: document.info.version, report }));
}

main();
