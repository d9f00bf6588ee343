API=https://api.onepay.la/v1
curl "$API/customers/session/payment-methods" \
-H "Authorization: Bearer sk_test_xxx" \
-H "X-Customer-Token: 12|example-customer-token" \
-H "Accept: application/json"
