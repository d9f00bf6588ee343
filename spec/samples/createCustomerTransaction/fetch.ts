const id = "9da58912-101d-46f8-86c9-20a52119c0bf";
const response = await fetch(`https://api.onepay.la/v1/customers/${encodeURIComponent(id)}/transactions`, {
  method: "POST",
  headers: {
    Authorization: `Bearer ${process.env.ONEPAY_API_KEY}`,
    Accept: "application/json",
    "Content-Type": "application/json",
    "x-idempotency": "welcome-bonus:user-42", // the same at each attempt
  },
  body: JSON.stringify({ amount: 50_000, concept: "Bono de bienvenida" }), // whole pesos
  signal: AbortSignal.timeout(30_000),
});
if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`);

const movement = await response.json();
console.log(movement.id, movement.amount);
