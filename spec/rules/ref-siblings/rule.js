const allowed = new Set(["$ref", "summary", "description", "x-es", "x-evidence"]);

/** Beside a `$ref` stands nothing that tools would drop; its own evidence is what we alone read. */
export default function refSiblings() {
  return {
    ref: {
      /** @param {any} node @param {any} context */
      leave(node, { report, location, type }) {
        // A schema's $ref is a keyword among others, and a path's is merged with what stands beside it.
        if (type.name === "Schema" || type.name === "PathItem") return;
        for (const key of Object.keys(node).filter((key) => !allowed.has(key)))
          report({
            message: `\`${key}\` beside a $ref is lost; move it to what the $ref names.`,
            location: location.child([key]).key(),
          });
      },
    },
  };
}
