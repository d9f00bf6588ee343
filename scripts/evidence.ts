// npm run evidence: the basis of each operation's statements, and the assumed ones.
import { join } from "node:path";
import { command, rejectPositionals, root, UserError } from "./cli.js";
import { countEvidence, evidenceText } from "./evidence/count.js";
import { operationsWithoutSample, samplesText } from "./evidence/samples.js";
import { bundle } from "./generate/document.js";
import { type Language, languages } from "./generate/language.js";

const help = `
Usage: npm run evidence [-- --language es] [--json]

Prints a table of how many statements (fields, parameters, responses, constraints)
of each operation have which basis, the assumed statements with their reasons, and
the operations without a published sample in test/contract/published.

  documented  a page of OnePay's documentation shows it
  observed    at least one public integration uses it
  assumed     no source shows it; it's our choice

  --json            print JSON on stdout (run it as npm run --silent evidence)
  --language en|es  the language of the reasons (default: en)
  --help            print this
`;

await command(
  help,
  { json: { type: "boolean" }, language: { type: "string", default: "en" } },
  async ({ json, language }, positionals) => {
    rejectPositionals(positionals);
    if (!languages.includes(language as Language))
      throw new UserError(`--language ${language} isn't available. Use ${languages.join(" or ")}.`);
    const document = await bundle(join(root, "spec/openapi.yaml"), language as Language);
    const evidence = countEvidence(document);
    const withoutSample = await operationsWithoutSample(document);
    process.stdout.write(
      json
        ? `${JSON.stringify({ ...evidence, withoutSample }, null, 2)}\n`
        : `${evidenceText(evidence)}\n${samplesText(withoutSample)}`,
    );
    return 0;
  },
);
