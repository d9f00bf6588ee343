// Equivalent mutants: they change no behavior. If one of them is detected or no longer exists, the run fails.

const pages = ["CustomerPage", "TransactionPage", "AccountPage", "CardPage"];
const memberTypes = [
  "#/components/schemas/PageEnvelope/type",
  ...pages.map((page) => `#/components/schemas/${page}/oneOf/0/allOf/1/type`),
];
const pinned = ["NaturalPerson", "Company"].flatMap((schema) =>
  ["user_type", "document_type"].map((field) => `#/components/schemas/${schema}/properties/${field}/type`),
);

/** Each operator, the JSON pointers into generated/openapi.json, and the reason. */
const equivalents: [operator: string, pointers: string[], reason: string][] = [
  ["type removed", memberTypes, "A page is `allOf` of two objects. One of them still requires an object."],
  ["null allowed", memberTypes, "A page is `allOf` of two objects. One of them still rejects null."],
  [
    "type removed",
    pinned,
    "The `const` or `enum` next to it allows only strings. The type is there for the docs.",
  ],
  ["null allowed", pinned, "The `const` or `enum` next to it doesn't allow null."],
  [
    "schema dropped",
    ["#/components/parameters/Sort/schema"],
    "The schema allows any string, and a query parameter is always a string.",
  ],
  [
    "type removed",
    ["#/components/parameters/Filter/schema/type"],
    "`deepObject` always makes an object of `filter[…]=…`.",
  ],
  [
    "schema of further properties dropped",
    ["#/components/parameters/Filter/schema/additionalProperties"],
    "The schema allows any string, and the value of a filter is always a string.",
  ],
  [
    "property removed",
    [
      "#/components/schemas/Account/properties/authorization",
      "#/components/schemas/ChargeDetail/properties/remarks",
    ],
    "The schema of the field allows every value, and so do unknown fields.",
  ],
];

/** The reasons by the name of the mutant. */
export const reasonByMutant = new Map(
  equivalents.flatMap(([operator, pointers, reason]) =>
    pointers.map((pointer): [string, string] => [`${operator} ${pointer}`, reason]),
  ),
);
