/**
 * What two languages of one text must share, in order: headings by level, code blocks word for word, the code that rows
 * of tables begin with, lists, paragraphs, and where the links lead.
 */
export function shape(markdown: string): string[] {
  const blocks = markdown.split(/(^```[\s\S]*?^```$)/m).flatMap((part) => {
    if (part.startsWith("```")) return [part];
    return part.split("\n").flatMap((line) => {
      if (line.trim() === "" || toTheOther.test(line)) return [];
      const heading = /^#+(?= )/.exec(line)?.[0];
      if (heading) return [heading];
      if (line.startsWith("|")) return [`| ${/^\| (`[^`]*`) \|/.exec(line)?.[1] ?? "…"}`];
      return [line.startsWith("- ") ? "-" : "text"];
    });
  });
  const links = [...markdown.matchAll(/\]\(([^)]+)\)/g)].map(([, to = ""]) => `link ${to}`);
  return [...blocks, ...links.filter((link) => !/link README(\.es)?\.md$/.test(link))];
}

/** A line that leads to the text in the other language stands in each for itself. */
const toTheOther = /^\[[^\]]+\]\(README(\.es)?\.md\)$/;
