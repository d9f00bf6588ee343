import {
  OnePay,
  type OnePayEvent,
} from "onepay-client";
import { pino } from "pino";

const log = pino({
  level: process.env.LOG_LEVEL ?? "info",
});

export const onepay = new OnePay({
  onEvent(event: OnePayEvent) {
    switch (event.type) {
      case "error":
        log.error(event, "OnePay call failed");
        break;
      case "retry":
        log.warn(event, "OnePay call is retried");
        break;
      case "success":
        log.info(event, "OnePay call succeeded");
        break;
      default:
        log.debug(event, "OnePay attempt");
    }
  },
});
