// What an agent reads in place of the pages: llms.txt, and the guides as plain markdown.
import { collectOperations } from "../generate/collect.js";
import type { Document } from "../generate/openapi.js";
import type { Guide } from "./guides.js";

/** `llms.txt` by the convention of llmstxt.org. `home` is the address of the docs, with a slash at its end. */
export function llmsText(document: Document, guides: Guide[], home: string): string {
  const { title, summary } = (document as { info?: { title?: string; summary?: string } }).info ?? {};
  return [
    `# onepay-client`,
    `> An unofficial TypeScript client for the ${title}: ${lowerFirst(summary ?? "")}. Not affiliated with OnePay.`,
    [
      "- A write carries an idempotency key. Make it of facts that do not change, with `idempotencyKeyFrom`, and give the same key whenever you ask for the same thing. Never build it from the time or from chance anew at each attempt.",
      '- Before anything else, read `error.outcome`: `"rejected"` means that nothing was done, `"unknown"` that it may have been: ask again under `error.idempotencyKey`.',
      "- Amounts: the wallet's top-up takes whole pesos, the charge of a customer session takes cents.",
      "- A search may return somebody else: compare each row with what was looked for.",
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
      `[openapi.json](${home}openapi.json): the whole document, with the evidence of each statement`,
      `[The docs in Spanish](${home}es/)`,
    ]),
  ].join("\n\n");
}

const section = (title: string, lines: string[]): string =>
  `## ${title}\n\n${lines.map((line) => `- ${line}`).join("\n")}`;

/** The name of a tag's page in the docs' addresses. */
export const page = (tag: string): string => tag.toLowerCase().replaceAll(" ", "-");

/** A guide as a file of its own: its links between guides lead to the other files again. */
export const guideText = ({ title, text }: Guide, guides: Guide[]): string =>
  `# ${title}\n${text.replace(/\]\(#\/([\w-]+)\)/g, (link, slug: string) =>
    guides.some((guide) => guide.slug === slug) ? `](${slug}.md)` : link,
  )}`;

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
