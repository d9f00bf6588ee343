import * as onepay from "onepay-client";
import document from "onepay-client/openapi.json" with { type: "json" };
import { runProgram } from "../programs/index.mjs";

const [program, input] = Deno.args;
const report = await runProgram(program, onepay, JSON.parse(input));
console.log(JSON.stringify({ version: document.info.version, report }));
