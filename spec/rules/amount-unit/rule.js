import { entries, isObject } from "../walk.js";

const amount = /(?:^|_)(?:amount|balance|price|fee)(?:_in_cents)?$/;

/** Every amount of money states its unit: one operation takes whole pesos, another takes cents. */
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
            message: `${name} has no unit; add x-unit: COP, COP-cents or by-currency.`,
            location: at.key(),
          });
        if (!isNumber && unit !== undefined)
          report({
            message: `${name} isn't a number, so it can't have a unit; remove x-unit.`,
            location: at.child(["x-unit"]).key(),
          });
        if (name.endsWith("_in_cents") && unit !== undefined && unit !== "COP-cents")
          report({
            message: `${name} is in cents according to its name; set x-unit: COP-cents.`,
            location: at.child(["x-unit"]),
          });
        if (unit === "by-currency" && !schema.properties.currency)
          report({
            message: `${name} is in cents of its currency, but the object has no field currency; set another unit.`,
            location: at.child(["x-unit"]),
          });
      }
    },
  };
}
