import * as onepay from "onepay-client";
import document from "onepay-client/openapi.json" with { type: "json" };
import { scenario } from "../scenario.mjs";

const result = await scenario(onepay, process.argv[2]);
console.log(JSON.stringify({ ...result, document: document.info.version }));
