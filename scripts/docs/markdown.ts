// Edits Markdown where a parser finds what to edit, so that code and everything else stays as written.
import type { Nodes } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";

/** A node and everything in it, in the order of the text. */
function* walk(node: Nodes): Generator<Nodes> {
  yield node;
  if ("children" in node) for (const child of node.children) yield* walk(child);
}

/** Every node of one type, in the order of the text. */
export const nodesOf = <Type extends Nodes["type"]>(markdown: string, type: Type) =>
  [...walk(fromMarkdown(markdown))].filter(
    (node): node is Extract<Nodes, { type: Type }> => node.type === type,
  );

/** Visits every node. A string that the callback returns takes the place of the node and of everything in it. */
export const editMarkdown = (markdown: string, edit: (node: Nodes) => string | undefined): string =>
  // From the end, so that the other positions stay right.
  [...walk(fromMarkdown(markdown))].reduceRight((text, node) => {
    const [start, end] = rangeOf(node);
    const replacement = edit(node);
    return replacement === undefined ? text : text.slice(0, start) + replacement + text.slice(end);
  }, markdown);

const rangeOf = ({ position }: Nodes): [start: number, end: number] => [
  position?.start.offset ?? 0,
  position?.end.offset ?? 0,
];

/** A text with other addresses in its links. A link for which the callback returns `undefined` stays as it is. */
export const withLinks = (markdown: string, change: (url: string) => string | undefined): string =>
  editMarkdown(markdown, (node) => {
    if (node.type !== "link") return undefined;
    const [start, end] = rangeOf(node);
    // The label may contain the address, too.
    const label = node.children.at(-1);
    const urlStart = markdown.indexOf(node.url, label ? rangeOf(label)[1] : start);
    const url = change(node.url) ?? node.url;
    return markdown.slice(start, urlStart) + url + markdown.slice(urlStart + node.url.length, end);
  });
