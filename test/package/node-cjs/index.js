const onepay = require("onepay-client");
const document = require("onepay-client/openapi.json");

async function main() {
  const { scenario } = await import("../scenario.mjs");
  const result = await scenario(onepay, process.argv[2]);
  console.log(JSON.stringify({ ...result, document: document.info.version }));
}

main();
