// Equivalent mutants: they change no behavior. If one of them is detected or no longer exists, the run fails.

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
    reason: "A page is `allOf` of two objects. One of them still requires an object.",
  },
  {
    operator: "null allowed",
    pointers: memberTypes,
    reason: "A page is `allOf` of two objects. One of them still rejects null.",
  },
  {
    operator: "type removed",
    pointers: pinned,
    reason: "The `const` or `enum` next to it allows only strings. The type is there for the docs.",
  },
  {
    operator: "null allowed",
    pointers: pinned,
    reason: "The `const` or `enum` next to it doesn't allow null.",
  },
  {
    operator: "schema dropped",
    pointers: ["#/components/parameters/Sort/schema"],
    reason: "The schema allows any string, and a query parameter is always a string.",
  },
  {
    operator: "type removed",
    pointers: ["#/components/parameters/Filter/schema/type"],
    reason: "`deepObject` always makes an object of `filter[…]=…`.",
  },
  {
    operator: "schema of further properties dropped",
    pointers: ["#/components/parameters/Filter/schema/additionalProperties"],
    reason: "The schema allows any string, and the value of a filter is always a string.",
  },
  {
    operator: "property removed",
    pointers: ["#/components/schemas/Account/properties/authorization"],
    reason: "The schema of the field allows every value, and so do unknown fields.",
  },
];

/** The reasons by the name of the mutant. */
export const reasonByMutant = new Map(
  equivalents.flatMap(({ operator, pointers, reason }) =>
    pointers.map((pointer): [string, string] => [`${operator} ${pointer}`, reason]),
  ),
);
