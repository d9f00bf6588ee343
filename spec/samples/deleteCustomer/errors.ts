import { NotFoundError, OnePay, OnePayError } from "onepay-client";

const onepay = new OnePay();

try {
  await onepay.customers.delete("9da58912-101d-46f8-86c9-20a52119c0bf");
  console.log("deleted");
} catch (error) {
  if (error instanceof NotFoundError) {
    // Also what a second attempt gets where the first one had deleted and its answer was lost.
    console.log("There is no such customer any more.");
  } else if (error instanceof OnePayError && error.outcome === "unknown") {
    console.log("It may be gone. Ask for the customer before you tell anybody:", error.message);
  } else if (error instanceof OnePayError) {
    console.log("Nothing was deleted:", error.message);
  } else throw error;
}
