/** A client of an emulator, and the bodies that the tests send. */
import { createEmulator, type EmulatorOptions, faultKinds } from "../../src/emulator/index.js";
import { OnePay, type OnePayOptions } from "../../src/index.js";

export const ana = {
  user_type: "natural",
  first_name: "Ana",
  last_name: "Ejemplo",
  email: "ana@example.com",
  phone: "+573000000101",
  document_type: "CC",
  document_number: "000101",
} as const;

export function start(options: EmulatorOptions = {}, clientOptions: OnePayOptions = {}) {
  const emulator = createEmulator(options);
  const onepay = new OnePay({ apiKey: "sk_test_emulator", fetch: emulator.fetch, ...clientOptions });
  return { emulator, onepay };
}

/** The faults that the client retries, before and after the operation acts. */
export const retriedFaults = faultKinds
  .filter((kind) => kind !== "html" && kind !== "latency")
  .flatMap(
    (kind) =>
      [
        [kind, "before"],
        [kind, "after"],
      ] as const,
  );

/** Sends a request without the client. */
export const send = (
  emulator: { handle(request: Request): Promise<Response> },
  method: string,
  path: string,
  { body, ...headers }: { body?: unknown; [header: string]: unknown } = {},
): Promise<Response> =>
  emulator.handle(
    new Request(`https://api.onepay.la/v1${path}`, {
      method,
      headers: {
        authorization: "Bearer sk_test_emulator",
        "content-type": "application/json",
        ...(headers as Record<string, string>),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    }),
  );
