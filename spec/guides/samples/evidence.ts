import { readFile } from "node:fs/promises";

const file = new URL(
  import.meta.resolve("onepay-client/openapi.json"),
);
const document = JSON.parse(
  await readFile(file, "utf8"),
);

const counts: Record<string, number> = {};
JSON.stringify(document, (key, value) => {
  if (key === "x-evidence")
    counts[value.basis] =
      (counts[value.basis] ?? 0) + 1;
  return value;
});

console.log(counts);
