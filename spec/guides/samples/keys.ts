import { OnePay } from "onepay-client";

// From wherever you keep your secrets, and never from the code.
const apiKey = process.env.ONEPAY_API_KEY;

const onepay = new OnePay({ apiKey });

// A test suite that was given a live key by mistake ends here, before it moves any money.
if (onepay.environment !== "test") throw new Error("These tests want a key that begins with sk_test_.");

console.log(onepay.environment);
