// What language models read instead of the pages: llms.txt, and the guides as Markdown.
import { collectOperations } from "../generate/collect.js";
import type { Document } from "../openapi/document.js";
import { type Guide, withGuideLinks, withLinks } from "./guides.js";

/** `llms.txt` by the convention of llmstxt.org. `home` is the address of the docs, with a slash at its end. */
export function llmsText(document: Document, guides: Guide[], home: string): string {
  const { title, summary } = (document as { info?: { title?: string; summary?: string } }).info ?? {};
  return [
    `# onepay-client`,
    `> An unofficial TypeScript client for the ${title}. Not affiliated with OnePay. What it covers: ${summary}.`,
    [
      "- Creating a customer, a top-up or a charge sends an idempotency key. Build it from data that doesn't change, with `idempotencyKeyFrom`, and pass the same key if you retry. Don't build it from the time or from a random number.",
      '- If a call fails, check `error.outcome` first. `"rejected"`: the server did nothing. `"unknown"`: it may have acted, so retry with the same idempotency key (`error.idempotencyKey`).',
      "- Amounts: a wallet's top-up takes whole pesos. The charge of a customer session takes cents.",
      "- A filter may be ignored by the server: compare each customer in a list with the one that you're looking for.",
    ].join("\n"),
    section(
      "Guides",
      guides.map(({ slug, title }) => `[${title}](${home}guides/${slug}.md)`),
    ),
    section(
      "Operations",
      collectOperations(document).operations.map(
        ({ id, method, path, resource, name, operation }) =>
          `[${id}](${home}#/${page(operation.tags?.[0] ?? "")}/${id.toLowerCase()}): \`${method.toUpperCase()} ${path}\`, \`onepay.${resource}.${name}\`. ${operation.summary}.`,
      ),
    ),
    section("Files", [
      `[openapi.json](${home}openapi.json): the OpenAPI document, with the evidence of each statement`,
      `[Documentation in Spanish](${home}es/)`,
    ]),
  ].join("\n\n");
}

const section = (title: string, lines: string[]): string =>
  `## ${title}\n\n${lines.map((line) => `- ${line}`).join("\n")}`;

/** The name of a tag's page in the docs' addresses. */
export const page = (tag: string): string => tag.toLowerCase().replaceAll(" ", "-");

/** A guide as a file next to the other guides. `home` is the address of the docs in the guide's language. */
export const guideFile = ({ title, text }: Guide, home: string): string =>
  `# ${title}\n\n${withPageLinks(text, home)}\n`;

/** A guide as Markdown that works anywhere. */
export const guideMarkdown = (guide: Guide, home: string): string =>
  withGuideLinks(guideFile(guide, home), (slug) => `${home}guides/${slug}.md`);

// A link to an operation leads to the pages of the docs.
const withPageLinks = (text: string, home: string): string =>
  withLinks(text, (url) => (url.startsWith("#/") ? home + url : undefined));
