// npm run docs: from the document to the docs, in English and Spanish.
import { join, resolve } from "node:path";
import { command, root, shown } from "./cli.js";
import { buildDocs } from "./docs/build.js";

const help = `
Usage: npm run docs [-- OPTIONS]

Renders the document in spec/ as docs that open offline, one file a language:
  dist/docs/index.html      English
  dist/docs/es/index.html   Spanish

  --spec FILE    another OpenAPI 3.1 document (default: spec/openapi.yaml)
  --out FOLDER   where to write (default: dist/docs)
  --help         print this
`;

await command(help, { spec: { type: "string" }, out: { type: "string" } }, async ({ spec, out }) => {
  const { pages } = await buildDocs({
    spec: resolve(spec ?? join(root, "spec/openapi.yaml")),
    out: resolve(out ?? join(root, "dist/docs")),
  });
  process.stdout.write(`${pages.map(shown).join("\n")}\n`);
  return 0;
});
