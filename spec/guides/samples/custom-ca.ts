import { readFileSync } from "node:fs";
import { rootCertificates } from "node:tls";
import { OnePay } from "onepay-client";
import { Agent } from "undici";

const file = process.env.CA_FILE ?? "company-ca.pem";

export const onepay = new OnePay({
  fetchOptions: {
    dispatcher: new Agent({
      connect: {
        // In addition to the ones of Node.js.
        ca: [...rootCertificates, readFileSync(file)],
      },
    }),
  },
});
