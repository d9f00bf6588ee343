import { OnePay, OnePayError, UnauthorizedError, UnprocessableError } from "onepay-client";

const onepay = new OnePay();

try {
  const session = await onepay.customerSessions.verify({ phone: "+573100001020", otp: "000000" });
  console.log(session.expires_at);
} catch (error) {
  if (error instanceof UnprocessableError || error instanceof UnauthorizedError) {
    console.log("Refused. Check your key, or have a new password sent:", error.codeName ?? error.message);
  } else if (error instanceof OnePayError && error.outcome === "unknown") {
    // A one-time password is spent once, so the client never sends this call a second time.
    console.log("The password may be spent. Have a new one sent.");
  } else if (error instanceof OnePayError) {
    console.log("No session:", error.message);
  } else throw error;
}
