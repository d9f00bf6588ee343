import { OnePay } from "onepay-client";

const onepay = new OnePay();

const cards = onepay.customers.listCards(
  "9da58912-101d-46f8-86c9-20a52119c0bf",
);
for await (const card of cards) {
  console.log(
    card.id,
    card.label,
    card.expiration_date,
  );
}
