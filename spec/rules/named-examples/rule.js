import { entries, resolver } from "../walk.js";

/** Whatever is sent has named examples, and the request and answer of one scenario share a name. */
export default function namedExamples() {
  return {
    MediaType: requireExamples,
    Parameter: requireExamples,
    Header: requireExamples,
    /** @param {any} operation @param {any} context */
    Operation(operation, context) {
      const resolve = resolver(context);
      const body = resolve(operation.requestBody ?? {}, context.location.child(["requestBody"]));
      const answered = new Set();
      let answers = 0;
      for (const [status, raw] of entries(operation.responses)) {
        const { content } = resolve(raw, context.location.child(["responses", status])).node;
        for (const [, { examples }] of entries(content)) {
          answers += 1;
          for (const [name] of entries(examples)) answered.add(name);
        }
      }
      for (const [mediaType, { examples }] of entries(body.node.content)) {
        for (const [name] of entries(examples)) {
          if (answers === 0 || answered.has(name)) continue;
          const message = `No answer has an example called ${name}; give the answer to this request the same name.`;
          context.report({
            message,
            location: body.at.child(["content", mediaType, "examples", name]).key(),
          });
        }
      }
    },
  };
}

/** @param {any} node @param {any} context */
function requireExamples(node, { report, location }) {
  if (node.example !== undefined)
    report({
      message: "Give the example a name: write `examples` with an entry for it.",
      location: location.child(["example"]).key(),
    });
  else if (Object.keys(node.examples ?? {}).length === 0)
    report({ message: "Add `examples` with at least one named example.", location });
}
