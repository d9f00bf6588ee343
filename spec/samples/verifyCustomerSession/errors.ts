import {
  OnePay,
  OnePayError,
  UnauthorizedError,
  UnprocessableError,
} from "onepay-client";

const onepay = new OnePay();

try {
  const session = await onepay.customerSessions.verify({
    phone: "+573100001020",
    otp: "000000",
  });
  console.log(session.expires_at);
} catch (error) {
  if (
    error instanceof UnprocessableError ||
    error instanceof UnauthorizedError
  ) {
    console.log(
      "Rejected. Check the code and the API key:",
      error.codeName ?? error.message,
    );
  } else if (
    error instanceof OnePayError &&
    error.outcome === "unknown"
  ) {
    // A one-time password works once, so the client
    // never retries this call.
    console.log(
      "The code may be used up. Send a new one.",
    );
  } else if (error instanceof OnePayError) {
    console.log("The request failed:", error.message);
  } else throw error;
}
