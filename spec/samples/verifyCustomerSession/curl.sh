API=https://api.onepay.la/v1
curl "$API/customers/login/verify" \
-X POST \
-H "Authorization: Bearer sk_test_xxx" \
-H "Content-Type: application/json" \
-d '{
"phone": "+573000000101",
"otp": "000000"
}'
