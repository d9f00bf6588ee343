onepay=http://127.0.0.1:4010
post() {
  curl -sS "$onepay$1" -d "$2" -H "$3" -H "$4" \
    -H "Authorization: Bearer sk_test_emulator" \
    -H "Content-Type: application/json"
}
get() {
  curl -sS "$onepay$1" -H "$2" \
    -H "Authorization: Bearer sk_test_emulator"
  echo
}
field() { sed "s/.*\"$1\":\"\([^\"]*\)\".*/\1/"; }

person='{"user_type": "natural", "document_type": "CC",
  "document_number": "000000101", "first_name": "Ana",
  "last_name": "Ejemplo", "email": "ana@example.com",
  "phone": "+573000000101"}'
key="x-idempotency: signup-1"
post /_emulator/faults '{"kind": "lose-response"}'
post /v1/customers "$person" "$key" || echo "Lost."
id=$(post /v1/customers "$person" "$key" | field id)
get "/v1/customers/$id"
get /v1/customers

key="x-idempotency: bonus-1"
bonus='{"amount": 50000, "concept": "Bono"}'
post "/v1/customers/$id/transactions" "$bonus" "$key"
echo
get "/v1/customers/$id/balance"

card=$(post /_emulator/cards \
  "{\"customer_id\": \"$id\"}" | field id)
phone='"phone": "+573000000101"'
otp=$(post /_emulator/otp "{$phone}" | field otp)
token=$(post /v1/customers/login/verify \
  "{$phone, \"otp\": \"$otp\"}" | field token)
token="x-customer-token: $token"
key="x-idempotency: order-1001"
charge=$(post /v1/customers/session/charges "{
  \"payment_method_id\": \"$card\", \"approve\": true,
  \"amount\": 5000000, \"currency\": \"COP\"
  }" "$key" "$token" | field charge_id)
get "/v1/customers/session/charges/$charge" "$token"
