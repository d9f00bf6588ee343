// Mutants that change nothing anybody can observe, each with its reason. One that is noticed after all, or that the
// document no longer has, fails the run.

interface Equivalents {
  operator: string;
  /** JSON pointers into generated/openapi.json. */
  pointers: string[];
  reason: string;
}

const pages = ["CustomerPage", "TransactionPage", "AccountPage", "CardPage"];
const memberTypes = [
  "#/components/schemas/PageEnvelope/type",
  ...pages.map((page) => `#/components/schemas/${page}/oneOf/0/allOf/1/type`),
];
const pinned = ["NaturalPerson", "Company"].flatMap((schema) =>
  ["user_type", "document_type"].map((field) => `#/components/schemas/${schema}/properties/${field}/type`),
);

export const equivalents: Equivalents[] = [
  {
    operator: "type removed",
    pointers: memberTypes,
    reason: "A page is `allOf` of two objects: as long as one of them demands an object, the page is one.",
  },
  {
    operator: "null allowed",
    pointers: memberTypes,
    reason: "A page is `allOf` of two objects: as long as one of them demands an object, null is refused.",
  },
  {
    operator: "type removed",
    pointers: pinned,
    reason:
      "The `const` or `enum` beside it allows texts only. The type is there for the docs, which show it.",
  },
  {
    operator: "null allowed",
    pointers: pinned,
    reason: "The `const` or `enum` beside it has no null.",
  },
  {
    operator: "schema dropped",
    pointers: ["#/components/parameters/Sort/schema"],
    reason: "The schema allows any text, and a query parameter is always a text.",
  },
  {
    operator: "type removed",
    pointers: ["#/components/parameters/Filter/schema/type"],
    reason: "`deepObject` makes an object of `filter[…]=…`, whatever the schema says.",
  },
  {
    operator: "schema of further properties dropped",
    pointers: ["#/components/parameters/Filter/schema/additionalProperties"],
    reason: "The schema allows any text, and the value of a filter is always a text.",
  },
  {
    operator: "property removed",
    pointers: ["#/components/schemas/Account/properties/authorization"],
    reason: "Nothing is known of the field, so its schema allows everything, and unknown fields pass anyway.",
  },
];

/** Name of a mutant → why it is equivalent. */
export const reasonByMutant = new Map(
  equivalents.flatMap(({ operator, pointers, reason }) =>
    pointers.map((pointer): [string, string] => [`${operator} ${pointer}`, reason]),
  ),
);
