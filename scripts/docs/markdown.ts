// Edits Markdown where a parser finds what to edit, so that code and everything else stays as written.
import type { Code, Link, Nodes, Paragraph } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";

/** Visits every node. A string that the callback returns takes the place of the node's source text. */
export function editMarkdown(
  markdown: string,
  edit: (node: Nodes, source: string) => string | undefined,
): string {
  const edits: { start: number; end: number; text: string }[] = [];
  visit(fromMarkdown(markdown), (node) => {
    const [start, end] = rangeOf(node);
    const text = edit(node, markdown.slice(start, end));
    if (text !== undefined) edits.push({ start, end, text });
    return text === undefined;
  });
  return edits
    .sort((one, other) => other.start - one.start)
    .reduce(
      (text, { start, end, text: insert }) => text.slice(0, start) + insert + text.slice(end),
      markdown,
    );
}

/** Visits a tree from top to bottom. If the callback returns false, the node's children are skipped. */
function visit(node: Nodes, callback: (node: Nodes) => boolean): void {
  if (callback(node) && "children" in node) for (const child of node.children) visit(child, callback);
}

const rangeOf = ({ position }: Nodes): [start: number, end: number] => [
  position?.start.offset ?? 0,
  position?.end.offset ?? 0,
];

/** A link's source text with another address. The label stays as written. */
export function withUrl(link: Link, source: string, url: string): string {
  const label = link.children.at(-1);
  const labelEnd = label ? rangeOf(label)[1] - rangeOf(link)[0] : 0;
  const start = source.indexOf(link.url, labelEnd);
  return source.slice(0, start) + url + source.slice(start + link.url.length);
}

/** Every node of one type, in the order of the text. */
export function nodesOf<Type extends Nodes["type"]>(
  markdown: string,
  type: Type,
): Extract<Nodes, { type: Type }>[] {
  const found: Extract<Nodes, { type: Type }>[] = [];
  visit(fromMarkdown(markdown), (node) => {
    if (node.type === type) found.push(node as Extract<Nodes, { type: Type }>);
    return true;
  });
  return found;
}

/** The file that a code block shows: ```ts file=keys.ts``` shows samples/keys.ts. */
export const sampleFileOf = ({ meta }: Code): string | undefined => /^file=(\S+)$/.exec(meta ?? "")?.[1];

/** The table that a paragraph shows: {{operations}} alone in a paragraph. */
export function tableNameOf({ children: [child, ...others] }: Paragraph): string | undefined {
  if (child?.type !== "text" || others.length > 0) return undefined;
  return /^\{\{(\w+)\}\}$/.exec(child.value)?.[1];
}
