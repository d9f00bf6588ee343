API=https://api.onepay.la/v1
ID=9da58912-101d-46f8-86c9-20a52119c0bf
curl -G "$API/customers/$ID/cards" \
-H "Authorization: Bearer sk_test_xxx" \
-H "Accept: application/json" \
--data-urlencode "page=1"
