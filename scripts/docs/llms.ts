// What language models read instead of the pages: llms.txt, by the convention of llmstxt.org.
import { collectOperations } from "../generate/collect.js";
import type { Document } from "../openapi/document.js";
import type { Guide } from "./guides.js";

/** `llms.txt` for the docs at the address `home`, with a slash at its end. */
export function llmsText(document: Document, guides: Guide[], home: string): string {
  const { title, summary } = (document as { info?: { title?: string; summary?: string } }).info ?? {};
  const guideLines = guides.map((guide) => `[${guide.title}](${home}guides/${guide.slug}.md)`);
  const operationLines = collectOperations(document).operations.map(
    ({ id, method, path, resource, name, operation: { tags: [tag = ""] = [], summary } }) => {
      const page = `${home}#/${tag.toLowerCase().replaceAll(" ", "-")}/${id.toLowerCase()}`;
      return `[${id}](${page}): \`${method.toUpperCase()} ${path}\`, \`onepay.${resource}.${name}\`. ${summary}.`;
    },
  );
  return `# onepay-client

> An unofficial TypeScript client for the ${title}. Not affiliated with OnePay. What it covers: ${summary}.

- Creating a customer, a top-up or a charge sends an idempotency key. Build it from data that doesn't change, with \`idempotencyKeyFrom\`, and pass the same key if you retry. Don't build it from the time or from a random number.
- If a call fails, check \`error.outcome\` first. \`"rejected"\`: the server did nothing. \`"unknown"\`: it may have acted, so retry with the same idempotency key (\`error.idempotencyKey\`).
- Amounts: a wallet's top-up takes whole pesos. The charge of a customer session takes cents.
- A filter may be ignored by the server: compare each customer in a list with the one that you're looking for.

## Guides

${list(guideLines)}

## Operations

${list(operationLines)}

## Files

- [openapi.json](${home}openapi.json): the OpenAPI document, with the evidence of each statement
- [Documentation in Spanish](${home}es/)
`;
}

const list = (lines: string[]): string => lines.map((line) => `- ${line}`).join("\n");
