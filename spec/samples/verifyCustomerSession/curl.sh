curl https://api.onepay.la/v1/customers/login/verify \
-X POST \
-H "Authorization: Bearer sk_test_xxx" \
-H "Content-Type: application/json" \
-d '{
"phone": "+573100001020",
"otp": "000000"
}'
