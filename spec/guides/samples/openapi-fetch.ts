import {
  createFetchClient,
  errorOf,
} from "onepay-client";

const client = createFetchClient();

const { data, response } = await client.GET(
  "/customers/{customer_id}",
  {
    params: {
      path: {
        customer_id:
          "00000000-0000-4000-8000-000000000101",
      },
    },
    timeout: 10_000,
  },
);

if (data) console.log(data.email);
else console.log(errorOf(response)?.message);
