import {
  OnePay,
  OnePayError,
  UnauthorizedError,
} from "onepay-client";

const onepay = new OnePay();

try {
  const customerToken = "12|example-customer-token";
  const { data } =
    await onepay.customerSessions.listPaymentMethods({
      customerToken,
    });
  console.log(data.cards.length);
} catch (error) {
  if (error instanceof UnauthorizedError) {
    console.log(
      "The session expired, or your API key is wrong.",
    );
  } else if (error instanceof OnePayError) {
    console.log(
      "The methods are unknown right now:",
      error.message,
    );
  } else {
    throw error;
  }
}
