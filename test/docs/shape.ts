/**
 * What two languages of one text must share, in order: headings by level, code blocks without their comments, the code
 * that table rows start with, lists, paragraphs, and the targets of links.
 */
export function shape(markdown: string): string[] {
  const blocks = markdown.split(/(^```[\s\S]*?^```$)/m).flatMap((part) => {
    if (part.startsWith("```")) return [withoutComments(part)];
    return part.split("\n").flatMap((line) => {
      if (line.trim() === "" || linkToOtherLanguage.test(line)) return [];
      const heading = /^#+(?= )/.exec(line)?.[0];
      if (heading) return [heading];
      if (line.startsWith("|")) return [`| ${/^\| (`[^`]*`) \|/.exec(line)?.[1] ?? "…"}`];
      return [line.startsWith("- ") ? "-" : "text"];
    });
  });
  const links = [...markdown.matchAll(/\]\(([^)]+)\)/g)].map(([, to = ""]) => `link ${to}`);
  return [...blocks, ...links.filter((link) => !/link README(\.es)?\.md$/.test(link))];
}

// Comments are translated.
const withoutComments = (code: string): string => code.replace(/\s*(?<=^|\s)(#|\/\/) .*$/gm, "");

/** A line that links to the same text in the other language. */
const linkToOtherLanguage = /^\[[^\]]+\]\(README(\.es)?\.md\)$/;
