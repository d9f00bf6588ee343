import { OnePay } from "onepay-client";

const onepay = new OnePay();

const id = "00000000-0000-4000-8000-000000000101";
const cards = onepay.customers.listCards(id);

for await (const card of cards) {
  // OnePay has two shapes of a card.
  console.log(card.id, card.label ?? card.title);
}
