// What a user writes in a CommonJS module.
import onepay = require("onepay-client");

const client = new onepay.OnePay({ apiKey: "sk_test_example" });

async function names(): Promise<string[]> {
  const found: string[] = [];
  for await (const customer of client.customers.list()) found.push(customer.first_name ?? "");
  return found;
}

async function outcome(): Promise<onepay.Outcome | undefined> {
  try {
    const customer: onepay.Customer = await client.customers.get("id");
    return customer.id === "" ? "unknown" : undefined;
  } catch (error) {
    if (error instanceof onepay.OnePayError) return error.outcome;
    throw error;
  }
}

export = { names, outcome };
