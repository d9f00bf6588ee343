// npm run evidence: how well each operation is known, and what is assumed.
import { join } from "node:path";
import { command, root, UserError } from "./cli.js";
import { countEvidence, evidenceText } from "./evidence/count.js";
import { bundle } from "./generate/document.js";
import { type Language, languages } from "./generate/language.js";

const help = `
Usage: npm run evidence [-- --language es] [--json]

Prints for each operation how many of its statements (fields, parameters, answers,
constraints) rest on which basis, and what is assumed, with the reasons.


  documented  another page of OnePay
  observed    at least one public integration does it
  assumed     nobody says so: a choice of this document

  --json            print it as JSON on stdout (call it as npm run --silent evidence)
  --language en|es  the language of the reasons; en unless told otherwise
  --help            print this
`;

await command(
  help,
  { json: { type: "boolean" }, language: { type: "string", default: "en" } },
  async ({ json, language }) => {
    if (!languages.includes(language as Language))
      throw new UserError(`--language takes ${languages.join(" or ")}; this is ${language}.`);
    const evidence = countEvidence(await bundle(join(root, "spec/openapi.yaml"), language as Language));
    process.stdout.write(json ? `${JSON.stringify(evidence, null, 2)}\n` : evidenceText(evidence));
    return 0;
  },
);
