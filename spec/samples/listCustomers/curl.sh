API=https://api.onepay.la/v1
curl -G "$API/customers" \
-H "Authorization: Bearer sk_test_xxx" \
-H "Accept: application/json" \
--data-urlencode "filter[document_number]=000101" \
--data-urlencode "sort=-created_at" \
--data-urlencode "per_page=50" \
--data-urlencode "page=1"
