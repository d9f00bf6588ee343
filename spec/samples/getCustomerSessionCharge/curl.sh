API=https://api.onepay.la/v1
ID=00000000-0000-4000-8000-000000009001
curl "$API/customers/session/charges/$ID" \
-H "Authorization: Bearer sk_test_xxx" \
-H "X-Customer-Token: 12|example-customer-token" \
-H "Accept: application/json"
