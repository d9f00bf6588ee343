import { entries, isObject } from "../walk.js";

const amount = /(?:^|_)(?:amount|balance|price|fee)(?:_in_cents)?$/;

/** Every amount of money says what it counts in: one operation takes whole pesos and another takes cents. */
export default function amountUnit() {
  return {
    /** @param {any} schema @param {any} context */
    Schema(schema, { report, location }) {
      for (const [name, property] of entries(schema.properties)) {
        if (!isObject(property)) continue;
        const at = location.child(["properties", name]);
        const isNumber = [property.type].flat().some((type) => type === "integer" || type === "number");
        const unit = property["x-unit"];
        if (isNumber && amount.test(name) && unit === undefined)
          report({
            message: `Say what ${name} counts in: x-unit: COP, COP-cents or by-currency.`,
            location: at.key(),
          });
        if (!isNumber && unit !== undefined)
          report({
            message: `${name} is no number, so it has no unit; take x-unit out.`,
            location: at.child(["x-unit"]).key(),
          });
        if (name.endsWith("_in_cents") && unit !== undefined && unit !== "COP-cents")
          report({
            message: `${name} counts in cents by its name; write x-unit: COP-cents.`,
            location: at.child(["x-unit"]),
          });
        if (unit === "by-currency" && !schema.properties.currency)
          report({
            message: `${name} counts in its currency, and there is no field currency beside it; name the unit itself.`,
            location: at.child(["x-unit"]),
          });
      }
    },
  };
}
