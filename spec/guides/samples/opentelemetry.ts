import {
  SpanKind,
  SpanStatusCode,
  trace,
} from "@opentelemetry/api";
import {
  OnePay,
  type OnePayEvent,
} from "onepay-client";

const tracer = trace.getTracer("onepay-client");

/** One span per call, from its last event. */
function recordSpan(event: OnePayEvent): void {
  if (
    event.type !== "success" &&
    event.type !== "error"
  )
    return;
  const end = Date.now();
  const name = `${event.method} ${event.path}`;
  const span = tracer.startSpan(name, {
    kind: SpanKind.CLIENT,
    startTime: end - event.duration,
    attributes: {
      "http.request.method": event.method,
      "url.template": event.path,
      "http.request.resend_count": event.attempts - 1,
      "onepay.operation": event.operation,
    },
  });
  if (event.status !== undefined)
    span.setAttribute(
      "http.response.status_code",
      event.status,
    );
  if (event.type === "error") {
    span.setAttribute("error.type", event.error);
    span.setAttribute("onepay.outcome", event.outcome);
    span.setStatus({ code: SpanStatusCode.ERROR });
  }
  span.end(end);
}

export const onepay = new OnePay({
  onEvent: recordSpan,
});
