import { createFetchClient } from "onepay-client";

const client = createFetchClient();

const { data, error, response } = await client.GET(
  "/customers/{customer_id}",
  {
    params: {
      path: {
        customer_id:
          "00000000-0000-4000-8000-000000000101",
      },
    },
  },
);

if (response.ok) console.log(data?.email);
else console.log(response.status, error);
