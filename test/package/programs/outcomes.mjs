// Calls to hostile servers, one after the other. The report states how each call ended.

const person = {
  user_type: "natural",
  first_name: "Juan",
  last_name: "Pérez",
  email: "juan@example.com",
  phone: "+573001234567",
  document_type: "CC",
  document_number: "1234567890",
};

const methods = {
  get: (onepay, options) => onepay.customers.get("9da58912", options),
  create: (onepay, options) => onepay.customers.create(person, options),
  delete: (onepay, options) => onepay.customers.delete("9da58912", options),
  "POST without a body": (onepay, options) =>
    onepay.request({ method: "POST", path: "/charges/9da58912/cancel" }, options),
  verify: (onepay, options) =>
    onepay.customerSessions.verify({ phone: "+573001234567", otp: "271828" }, options),
};

export async function outcomes({ OnePay }, { cases }, options) {
  const report = {};
  for (const [name, hostile] of Object.entries(cases)) {
    const { baseUrl, method, isConnectionReused, callOptions, abortAfter } = hostile;
    const onepay = new OnePay({ apiKey: "sk_test_example", baseUrl, ...options });
    if (isConnectionReused) {
      await onepay.customers.get("first");
      // Node.js opens another connection if this one isn't back in the pool yet.
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const controller = new AbortController();
    if (abortAfter !== undefined) setTimeout(() => controller.abort(), abortAfter);
    const call = methods[method](onepay, { ...callOptions, signal: controller.signal });
    report[name] = await call.withResponse().then(succeeded, failed);
  }
  return report;
}

const succeeded = ({ attempts }) => ({ end: "success", attempts });
const failed = ({ name, message, outcome, attempts }) =>
  // Any other error has no outcome: its message helps to find out why.
  outcome ? { end: `${name}, ${outcome}`, attempts } : { end: `${name}: ${message}`, attempts };
