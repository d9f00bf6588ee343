// npm run docs: builds the docs in English and Spanish.
import { join, resolve } from "node:path";
import { command, root, shown } from "./cli.js";
import { buildDocs } from "./docs/build.js";

const help = `
Usage: npm run docs [-- OPTIONS]

Renders spec/openapi.yaml as docs that work offline, one file per language:
  dist/docs/index.html      English
  dist/docs/es/index.html   Spanish

  --spec FILE    another OpenAPI 3.1 document (default: spec/openapi.yaml)
  --out FOLDER   the output folder (default: dist/docs)
  --help         print this help
`;

export const main = command(
  import.meta,
  help,
  { spec: { type: "string" }, out: { type: "string" } },
  async ({ spec, out }) => {
    const { pages } = await buildDocs({
      spec: resolve(spec ?? join(root, "spec/openapi.yaml")),
      out: resolve(out ?? join(root, "dist/docs")),
    });
    process.stdout.write(`${pages.map(shown).join("\n")}\n`);
    return 0;
  },
);
