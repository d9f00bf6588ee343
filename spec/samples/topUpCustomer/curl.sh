API=https://api.onepay.la/v1
ID=00000000-0000-4000-8000-000000000101
curl "$API/customers/$ID/transactions" \
-X POST \
-H "Authorization: Bearer sk_test_xxx" \
-H "Content-Type: application/json" \
-H "x-idempotency: welcome-bonus:user-42" \
-d '{
"amount": 50000,
"concept": "Bono de bienvenida"
}'
