import { createFetchClient } from "onepay-client";

const client = createFetchClient();

const { data, error, response } = await client.GET(
  "/customers/{customer_id}",
  {
    params: {
      path: {
        customer_id:
          "9da58912-101d-46f8-86c9-20a52119c0bf",
      },
    },
  },
);

if (response.ok) console.log(data?.email);
else console.log(response.status, error);
