import { OnePay } from "onepay-client";
import { ProxyAgent } from "undici";

export const onepay = new OnePay({
  fetchOptions: {
    dispatcher: new ProxyAgent(
      process.env.HTTPS_PROXY ??
        "http://proxy.example.com:3128",
    ),
  },
});
