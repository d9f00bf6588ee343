import { OnePay, OnePayError, RateLimitError } from "onepay-client";

const onepay = new OnePay();

try {
  const page = await onepay.customers.list({ sort: "-created_at" }, { deadline: 10_000 });
  console.log(page.items.length);
} catch (error) {
  // A list changes nothing, so the client has asked again by itself before it gives up.
  if (error instanceof RateLimitError) {
    console.log("Too many requests. Wait this many milliseconds:", error.retryAfter);
  } else if (error instanceof OnePayError) {
    console.log("No list:", error.message);
  } else throw error;
}
