import { createRequire } from "node:module";

const document = createRequire(import.meta.url)(
  "onepay-client/openapi.json",
);

const counts: Record<string, number> = {};
JSON.stringify(document, (key, value) => {
  if (key === "x-evidence")
    counts[value.basis] =
      (counts[value.basis] ?? 0) + 1;
  return value;
});

console.log(counts);
