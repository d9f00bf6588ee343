// What every consumer does with the package, and what it saw: plain data that can leave any runtime as JSON.

/**
 * @param {typeof import("onepay-client")} onepay the package, the way this runtime imports it
 * @param {string} baseUrl where the loopback server answers this consumer
 * @param {object} [options] what this runtime's client needs beside key and address
 */
export async function scenario({ OnePay, OnePayError, ApiError, createFetchClient }, baseUrl, options = {}) {
  const settings = { apiKey: "sk_test_xxx", baseUrl, ...options };
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

  const { data, response } = await createFetchClient(settings).GET("/customers/{customer_id}", {
    params: { path: { customer_id: "present" } },
  });

  return {
    created: {
      status: created.response.status,
      name: created.data.last_name,
      key: created.idempotencyKey,
      attempts: created.attempts,
    },
    listed,
    absent: { ...told(absent), status: absent.status, known: absent instanceof ApiError },
    moved: told(moved),
    late: told(late),
    aborted: { ...told(aborted), known: aborted instanceof OnePayError },
    fetched: { status: response.status, id: data?.id },
  };
}

/** @param {Promise<unknown>} call */
const caught = (call) =>
  call.then(
    () => new Error("the call succeeded"),
    (error) => error,
  );

/** @param {import("onepay-client").OnePayError} error */
const told = ({ name, outcome }) => ({ name, outcome });
