import { OnePay, OnePayError, UnauthorizedError, UnprocessableError } from "onepay-client";

const onepay = new OnePay();

try {
  const charge = await onepay.customerSessions.createCharge(
    { payment_method_id: "00000000-0000-4000-8000-000000006001", amount: 5_000_000, currency: "COP" },
    { customerToken: "12|example-customer-token", idempotencyKey: "order:1001" },
  );
  console.log(charge.charge_id, charge.status);
} catch (error) {
  if (error instanceof UnauthorizedError && error.codeName) {
    console.log("Refused for a reason of business. Nothing was charged:", error.codeName);
  } else if (error instanceof UnauthorizedError) {
    console.log("The session has ended, or your key is wrong. Nothing was charged.");
  } else if (error instanceof UnprocessableError) {
    console.log("Mend these:", error.fields);
  } else if (error instanceof OnePayError && error.outcome === "unknown") {
    console.log("The customer may have been charged. Ask again under the same key:", error.idempotencyKey);
  } else if (error instanceof OnePayError) {
    console.log("Nothing was charged:", error.message);
  } else throw error;
}
