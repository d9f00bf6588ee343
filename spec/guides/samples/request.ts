import { OnePay } from "onepay-client";

const onepay = new OnePay();

interface Webhooks {
  data: { id: string }[];
}

export async function listWebhooks(): Promise<
  string[]
> {
  // You state the type: the client doesn't check it.
  const { data } = await onepay.request<Webhooks>({
    method: "GET",
    path: "/webhooks",
  });
  return data.map(({ id }) => id);
}
