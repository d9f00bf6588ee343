/** What the emulator does where OnePay's documentation states nothing, each with the reason. */

export interface Assumption {
  readonly topic: string;
  readonly behavior: string;
  readonly reason: string;
}

export const assumptions: readonly Assumption[] = [
  {
    topic: "Idempotency: scope",
    behavior: "A key belongs to one API key and one operation, and in a session to its customer.",
    reason: "OnePay states only that the same key has the same result. This scope is the most common one.",
  },
  {
    topic: "Idempotency: another body",
    behavior: "A key that was used with another body or path gets 422.",
    reason: "Acting twice or returning the wrong response would hide a mistake of the integration.",
  },
  {
    topic: "Idempotency: failed requests",
    behavior: "Only a success is stored. After a 4xx, the key can be used with a corrected body.",
    reason: "One integrator sends a corrected body with a new key; the emulator accepts both.",
  },
  {
    topic: "Idempotency: lifetime",
    behavior: "Keys never expire.",
    reason: "OnePay documents no lifetime.",
  },
  {
    topic: "Idempotency: other operations",
    behavior: "An operation without the header x-idempotency in its documentation ignores keys.",
    reason: "OnePay documents the header for each operation.",
  },
  {
    topic: "Duplicate customers",
    behavior: "Two customers may have the same document, email and phone.",
    reason: "OnePay doesn't document what happens, and no integrator handles a refusal.",
  },
  {
    topic: "Deleted customers",
    behavior:
      "A deleted customer is gone: reading it returns 404. The money in its wallet stays out of the company's balance.",
    reason: "OnePay names the operation only.",
  },
  {
    topic: "List parameters",
    behavior:
      "page, per_page, sort and filter[field] work as in OnePay's other lists. A page has 20 rows by default.",
    reason: "The parameters of these lists are observed, not documented.",
  },
  {
    topic: "Top-ups",
    behavior: "Zero or a negative amount gets 422.",
    reason: "OnePay documents no minimum.",
  },
  {
    topic: "Sessions",
    behavior:
      "A session lasts 60 minutes. A password is requested with emulator.otp(phone) and works once. After a wrong password, it still works.",
    reason: "OnePay documents neither the lifetime nor the request that sends the password.",
  },
  {
    topic: "Charges",
    behavior:
      "approve: true pays, approve: false fails, and without it the charge stays created and never expires. The wallet isn't debited.",
    reason: "OnePay documents approve for the test mode, and neither an expiry nor a charge of a wallet.",
  },
  {
    topic: "Errors",
    behavior: "Invalid fields get 422 with the key errors. A missing API key gets 401.",
    reason: "The documented shapes differ; the emulator returns the one of the prose.",
  },
];
