import { OnePay } from "onepay-client";

const onepay = new OnePay({
  timeout: 10_000, // ms for one attempt, from connecting to the last byte
  deadline: 25_000, // ms for the whole call: all attempts, and the waiting between them
  maxRetries: 3,
  onEvent(event) {
    if (event.type === "retry") console.log(event.operation, event.reason, event.delay);
  },
});

// One call can have limits of its own, and an end that you decide.
const leave = new AbortController();
const customer = await onepay.customers.get("9da58912-101d-46f8-86c9-20a52119c0bf", {
  deadline: 3_000,
  signal: leave.signal,
});

console.log(customer.id);
