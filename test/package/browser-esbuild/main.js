import * as onepay from "onepay-client";
import { scenario } from "../scenario.mjs";

// The page is served by the server that plays OnePay, so that its calls cross no origin.
const baseUrl = new URL("v1", location.href).href;

globalThis.refused = (() => {
  try {
    return new onepay.OnePay({ apiKey: "sk_test_xxx", baseUrl });
  } catch (error) {
    return error.message;
  }
})();
globalThis.result = scenario(onepay, baseUrl, { dangerouslyAllowBrowser: true });
