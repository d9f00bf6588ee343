// An ordinary day: a customer is created, customers are listed, and some calls fail.
import { caught } from "./caught.mjs";

export async function scenario({ OnePay, OnePayError, ApiError, createFetchClient }, { baseUrl }, options) {
  const settings = { apiKey: "sk_test_example", baseUrl, ...options };
  const onepay = new OnePay(settings);

  const created = await onepay.customers
    .create(
      {
        user_type: "natural",
        first_name: "Juan",
        last_name: "Pérez",
        email: "juan@example.com",
        phone: "+573001234567",
        document_type: "CC",
        document_number: "1234567890",
      },
      { idempotencyKey: "signup:42" },
    )
    .withResponse();

  const listed = [];
  for await (const customer of onepay.customers.list()) listed.push(customer.id);

  const absent = await caught(onepay.customers.get("absent"));
  const moved = await caught(onepay.customers.get("moved"));
  const late = await caught(onepay.customers.get("silent", { timeout: 500, maxRetries: 0 }));

  const controller = new AbortController();
  setTimeout(() => controller.abort(), 500);
  const aborted = await caught(onepay.customers.get("silent", { signal: controller.signal }));

  const requested = await onepay.request({ method: "POST", path: "/payments", body: { amount: 5000 } });

  const { data, response } = await createFetchClient(settings).GET("/customers/{customer_id}", {
    params: { path: { customer_id: "present" } },
  });

  return {
    created: {
      status: created.response.status,
      name: created.data.last_name,
      idempotencyKey: created.idempotencyKey,
      attempts: created.attempts,
    },
    listed,
    absent: { ...summary(absent), status: absent.status, isApiError: absent instanceof ApiError },
    moved: summary(moved),
    late: summary(late),
    aborted: { ...summary(aborted), isOnePayError: aborted instanceof OnePayError },
    requested,
    fetched: { status: response.status, id: data?.id },
  };
}

const summary = ({ name, outcome }) => ({ name, outcome });
