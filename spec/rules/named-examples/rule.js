import { entries, resolver } from "../walk.js";

/** Bodies, parameters and headers have named examples. A request and its response share the name. */
export default function namedExamples() {
  return {
    MediaType: requireExamples,
    Parameter: requireExamples,
    Header: requireExamples,
    /** @param {any} operation @param {any} context */
    Operation(operation, context) {
      const resolve = resolver(context);
      const body = resolve(operation.requestBody ?? {}, context.location.child(["requestBody"]));
      const responseNames = new Set();
      let responses = 0;
      for (const [status, raw] of entries(operation.responses)) {
        const { content } = resolve(raw, context.location.child(["responses", status])).node;
        for (const [, { examples }] of entries(content)) {
          responses += 1;
          for (const [name] of entries(examples)) responseNames.add(name);
        }
      }
      for (const [mediaType, { examples }] of entries(body.node.content)) {
        for (const [name] of entries(examples)) {
          if (responses === 0 || responseNames.has(name)) continue;
          const message = `No response has an example called ${name}; add one, so that this request has a response.`;
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
      message: "This example has no name; use `examples` with a named entry.",
      location: location.child(["example"]).key(),
    });
  else if (Object.keys(node.examples ?? {}).length === 0)
    report({ message: "This has no example; add `examples` with a named entry.", location });
}
