API=https://api.onepay.la/v1
ID=9da58912-101d-46f8-86c9-20a52119c0bf
curl "$API/customers/$ID/transactions" \
-X POST \
-H "Authorization: Bearer sk_test_xxx" \
-H "Content-Type: application/json" \
-H "x-idempotency: welcome-bonus:user-42" \
-d '{
"amount": 50000,
"concept": "Bono de bienvenida"
}'
