import { OnePay } from "onepay-client";
import { Agent } from "undici";

const tenMinutes = 600_000;

export const onepay = new OnePay({
  timeout: tenMinutes,
  deadline: tenMinutes,
  fetchOptions: {
    // Node.js waits 300,000 ms for the headers, and
    // as long between two parts of the body.
    dispatcher: new Agent({
      headersTimeout: tenMinutes,
      bodyTimeout: tenMinutes,
    }),
  },
});
