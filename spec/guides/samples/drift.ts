import { appendFile } from "node:fs/promises";
import { OnePay } from "onepay-client";
import { driftCheck } from "onepay-client/drift";

export const onepay = new OnePay({
  // One of ten responses.
  responseCheck: driftCheck({ sample: 0.1 }),
  onEvent(event) {
    if (event.type !== "drift") return;
    const line = `${JSON.stringify(event)}\n`;
    return appendFile("drift.jsonl", line);
  },
});
