API=https://api.onepay.la/v1
ID=00000000-0000-4000-8000-000000000101
curl "$API/customers/$ID/balance" \
-H "Authorization: Bearer sk_test_xxx" \
-H "Accept: application/json"
