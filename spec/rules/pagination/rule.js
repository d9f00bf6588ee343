import { resolver } from "../walk.js";

/** A list with numbered pages states the parameter of the page and the field of the items, for auto-pagination. */
export default function pagination() {
  return {
    /** @param {any} operation @param {any} context */
    Operation(operation, context) {
      const { report, location } = context;
      const resolve = resolver(context);
      const queries = (operation.parameters ?? [])
        .map(
          (/** @type {any} */ raw, /** @type {number} */ index) =>
            resolve(raw, location.child(["parameters", index])).node,
        )
        .filter((/** @type {any} */ parameter) => parameter.in === "query")
        .map((/** @type {any} */ parameter) => parameter.name);
      const paging = operation["x-pagination"];
      if (!paging && queries.includes("page"))
        report({
          message:
            "This list has a parameter page, but no pagination; add `x-pagination: { page: page, items: data }`.",
          location: location.child(["parameters"]).key(),
        });
      if (paging && !queries.includes(paging.page))
        report({
          message: `x-pagination names the query parameter ${paging.page}, but the operation doesn't have it; add it, or name another.`,
          location: location.child(["x-pagination"]),
        });
    },
  };
}
