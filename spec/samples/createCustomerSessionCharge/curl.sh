API=https://api.onepay.la/v1
curl "$API/customers/session/charges" \
-X POST \
-H "Authorization: Bearer sk_test_xxx" \
-H "X-Customer-Token: 12|example-customer-token" \
-H "Content-Type: application/json" \
-H "x-idempotency: order:1001" \
-d '{
"payment_method_id":
  "00000000-0000-4000-8000-000000006001",
"amount": 5000000,
"currency": "COP",
"description": "Pedido 1001"
}'
