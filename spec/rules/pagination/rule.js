import { resolver } from "../walk.js";

/** A list that takes the number of a page tells the client how to go on: which parameter, and where the items are. */
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
            "This list takes a page; add `x-pagination: { page: page, items: data }` so that the client can go on to the next.",
          location: location.child(["parameters"]).key(),
        });
      if (paging && !queries.includes(paging.page))
        report({
          message: `x-pagination names the query parameter ${paging.page}, which this operation does not have; add it, or name another.`,
          location: location.child(["x-pagination"]),
        });
    },
  };
}
