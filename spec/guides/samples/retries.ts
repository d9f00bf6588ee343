import { OnePay } from "onepay-client";

const onepay = new OnePay({
  // ms per attempt, from connecting to the last byte
  timeout: 10_000,
  // ms per call: all attempts, and the delays between
  deadline: 25_000,
  maxRetries: 3,
  onEvent(event) {
    if (event.type === "retry")
      console.log(
        event.operation,
        event.reason,
        event.delay,
      );
  },
});

// A single call can have other limits. Cancel it with
// controller.abort().
const controller = new AbortController();
const customer = await onepay.customers.get(
  "00000000-0000-4000-8000-000000000101",
  {
    deadline: 3_000,
    signal: controller.signal,
  },
);

console.log(customer.id);
