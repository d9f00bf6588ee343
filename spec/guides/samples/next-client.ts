import { OnePay } from "onepay-client";

let client: OnePay | undefined;

/** Creates the client at the first call. */
export function getOnePay(): OnePay {
  client ??= new OnePay();
  return client;
}
