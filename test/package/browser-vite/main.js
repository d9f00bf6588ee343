import * as onepay from "onepay-client";
import { runProgram } from "../programs/index.mjs";

/** The message of the error for a secret key in a browser. */
globalThis.messageForSecretKey = () => {
  try {
    new onepay.OnePay({ apiKey: "sk_test_example" });
    return "no error";
  } catch (error) {
    return error.message;
  }
};
globalThis.run = (program, input) => runProgram(program, onepay, input, { dangerouslyAllowBrowser: true });
