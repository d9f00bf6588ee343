import { OnePay } from "onepay-client";

// From your secret store, never from the code.
const apiKey = process.env.ONEPAY_API_KEY;

const onepay = new OnePay({ apiKey });

// Tests that run with a live key by mistake stop here,
// before they move any money.
if (onepay.environment !== "test")
  throw new Error(
    "The tests need a key that starts with sk_test_.",
  );

console.log(onepay.environment);
