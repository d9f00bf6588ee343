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
  if (error instanceof RateLimitError) {
    // The client has already retried.
    console.log(
      "Too many requests. Wait (ms):",
      error.retryAfter,
    );
  } else if (error instanceof OnePayError) {
    console.log("No list:", error.message);
  } else {
    throw error;
  }
}
