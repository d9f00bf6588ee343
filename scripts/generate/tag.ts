// A `oneOf` of objects with a tag: a property that is a constant in each branch.
import type { Document, Schema } from "../openapi/document.js";
import { resolve } from "../openapi/references.js";

/** The property that is a constant in each branch. */
export function tagOf(document: Document, branches: Schema[] | undefined): string | undefined {
  const [first, ...others] = (branches ?? []).map(
    (branch) => resolve<Schema>(document, branch).properties ?? {},
  );
  if (!first || others.length === 0) return undefined;
  const isTag = (name: string) =>
    [first, ...others].every((properties) => typeof properties[name]?.const === "string");
  return Object.keys(first).find(isTag);
}
