import {
  OnePay,
  OnePayError,
  RateLimitError,
} from "onepay-client";

const onepay = new OnePay();

try {
  const page = await onepay.customers.list(
    { sort: "-created_at" },
    { deadline: 10_000 },
  );
  console.log(page.items.length);
} catch (error) {
  // The client has already retried: a list is safe
  // to repeat.
  if (error instanceof RateLimitError) {
    console.log(
      "Too many requests. Wait (ms):",
      error.retryAfter,
    );
  } else if (error instanceof OnePayError) {
    console.log("The request failed:", error.message);
  } else throw error;
}
