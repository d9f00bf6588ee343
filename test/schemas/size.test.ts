import { expect, test } from "vitest";
import { importsFrom, sizeLimits, sizeOf } from "../../scripts/bench/size.js";

// Of the built package, since that's what users bundle. `npm test` builds it first.
test("onepay-client/schemas is within its budget, min+gzip", async () => {
  const size = await sizeOf(importsFrom("onepay-client/schemas").everything);
  expect(size).toBeLessThanOrEqual(sizeLimits.schemas);
});
