const allowed = new Set(["$ref", "summary", "description", "x-es", "x-evidence"]);

/** A `$ref` has no siblings that tools drop. Only our own code reads its x-evidence. */
export default function refSiblings() {
  return {
    ref: {
      /** @param {any} node @param {any} context */
      leave(node, { report, location, type }) {
        // A schema's $ref is an ordinary keyword, and a path's $ref is merged with its siblings.
        if (type.name === "Schema" || type.name === "PathItem") return;
        for (const key of Object.keys(node).filter((key) => !allowed.has(key)))
          report({
            message: `Tools ignore \`${key}\` next to a $ref; move it to the target of the $ref.`,
            location: location.child([key]).key(),
          });
      },
    },
  };
}
