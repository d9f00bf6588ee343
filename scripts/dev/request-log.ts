// The request log of the mock server.

import type { Violation } from "../mock/violations.js";
import type { MockRequest } from "../mock.js";
import { paint } from "./reporter.js";

/** A request as one line, and a line per violation. */
export function requestLine({ method, path, status, violations, duration }: MockRequest): string {
  const color = status < 400 ? "green" : "yellow";
  const line = `${method.padEnd(6)} ${path}  ${paint(color, String(status))}  ${duration} ms`;
  return [line, ...violations.map((violation) => `       ${violationText(violation)}`)].join("\n");
}

const violationText = ({ location, message }: Violation): string =>
  `${location.length > 0 ? `${location.join(".")}: ` : ""}${message}`;
