import { OnePay, OnePayError, UnauthorizedError } from "onepay-client";

const onepay = new OnePay();

try {
  const customerToken = "12|example-customer-token";
  const { data } = await onepay.customerSessions.listPaymentMethods({ customerToken });
  console.log(data.cards.length);
} catch (error) {
  if (error instanceof UnauthorizedError) {
    console.log("The session has ended, or your key is wrong. Have the customer log in again.");
  } else if (error instanceof OnePayError) {
    console.log("The methods are not known at the moment:", error.message);
  } else throw error;
}
