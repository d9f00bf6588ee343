// What the mock was asked, and what was wrong with it, in words.
import type { MockRequest } from "../mock.js";
import type { Violation } from "../mock/violations.js";
import { paint } from "./steps.js";

export function requestLine({ method, path, status, violations, duration }: MockRequest): string {
  const line = `${method.padEnd(6)} ${path}  ${paint(status < 400 ? "green" : "yellow", String(status))}  ${duration.toFixed(0)} ms`;
  return [line, ...violations.map((violation) => `       ${words(violation)}`)].join("\n");
}

const words = ({ location, message }: Violation): string =>
  `${location.length > 0 ? `${location.join(".")}: ` : ""}${message}`;
