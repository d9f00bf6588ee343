import * as onepay from "onepay-client";
import document from "onepay-client/openapi.json" with { type: "json" };
import { scenario } from "../scenario.mjs";

const [baseUrl = ""] = Deno.args;
const result = await scenario(onepay, baseUrl);
console.log(JSON.stringify({ ...result, document: document.info.version }));
