import {
  OnePay,
  OnePayError,
  UnauthorizedError,
  UnprocessableEntityError,
} from "onepay-client";

const onepay = new OnePay();

try {
  const session = await onepay.customerSessions.verify({
    phone: "+573000000101",
    otp: "000000",
  });
  console.log(session.expires_at);
} catch (error) {
  if (error instanceof UnprocessableEntityError) {
    console.log(
      "Wrong or expired. Have a new password sent:",
      error.message,
    );
  } else if (error instanceof UnauthorizedError) {
    console.log("Check your API key:", error.message);
  } else if (
    error instanceof OnePayError &&
    error.outcome === "unknown"
  ) {
    // A password works once: the client never retries.
    console.log(
      "The password may be used up.",
      "Have a new one sent.",
    );
  } else if (error instanceof OnePayError) {
    console.log("No session:", error.message);
  } else {
    throw error;
  }
}
