// The comments and messages of the code samples in Spanish. The samples themselves exist once and are tested.
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import ts from "typescript";
import { parse } from "yaml";

/** The longest line that fits next to an operation on a screen that is 1440 px wide. */
export const maxLineLength = 56;

/** English text → Spanish text. */
export type Translations = Record<string, string>;

/** A comment or a string in the code of a sample. */
interface Text {
  kind: "line comment" | "block comment" | "string";
  /** Without delimiters and line breaks. */
  text: string;
  start: number;
  end: number;
}

/** The translations in a folder of samples. */
export async function readTranslations(samples: string): Promise<Translations> {
  const file = join(samples, "es.yaml");
  return existsSync(file) ? (parse(await readFile(file, "utf8")) as Translations) : {};
}

/** Code with every comment and message in Spanish that the translations have. */
export function translateCode(code: string, translations: Translations): string {
  return textsOf(code).reduceRight((translated, { kind, text, start, end }) => {
    const spanish = translations[text];
    if (spanish === undefined) return translated;
    const lineStart = translated.lastIndexOf("\n", start - 1) + 1;
    const before = translated.slice(lineStart, start);
    return translated.slice(0, start) + written(kind, spanish, before) + translated.slice(end);
  }, code);
}

/** The comments and messages of a sample that a reader has to understand. */
export const translatableTexts = (code: string): string[] =>
  textsOf(code)
    .filter(({ kind, text }) => kind !== "string" || isSentence(text))
    .map(({ text }) => text);

/** Two words in a row. Identifiers, keys and formats have none, and SQL is code. */
const isSentence = (text: string): boolean =>
  !isSql(text) && /\p{L}{2,} \p{L}{2,}/u.test(text.replaceAll(/\$\{[^}]*\}/g, ""));

const isSql = (text: string): boolean => /^\s*(select|insert into|update|create table) /.test(text);

function textsOf(code: string): Text[] {
  const file = ts.createSourceFile("sample.ts", code, ts.ScriptTarget.Latest, true);
  return [...commentsOf(file), ...stringsOf(file)].sort((one, other) => one.start - other.start);
}

function stringsOf(file: ts.SourceFile): Text[] {
  const found: Text[] = [];
  const visit = (node: ts.Node): void => {
    if (
      ts.isStringLiteral(node) ||
      ts.isNoSubstitutionTemplateLiteral(node) ||
      ts.isTemplateExpression(node)
    ) {
      const [start, end] = [node.getStart(file) + 1, node.getEnd() - 1];
      found.push({ kind: "string", text: file.text.slice(start, end), start, end });
    } else ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function commentsOf(file: ts.SourceFile): Text[] {
  const code = file.text;
  const ranges = new Map<number, ts.CommentRange>();
  const visit = (node: ts.Node): void => {
    const found = [
      ...(ts.getLeadingCommentRanges(code, node.getFullStart()) ?? []),
      ...(ts.getTrailingCommentRanges(code, node.getEnd()) ?? []),
    ];
    for (const range of found) ranges.set(range.pos, range);
    for (const child of node.getChildren(file)) visit(child);
  };
  visit(file);
  const comments: Text[] = [];
  for (const { pos: start, end, kind } of [...ranges.values()].sort((one, other) => one.pos - other.pos)) {
    if (kind === ts.SyntaxKind.MultiLineCommentTrivia) {
      const text = code
        .slice(start, end)
        .replace(/^\/\*+|\*\/$/g, "")
        .replace(/\n\s*\*/g, " ");
      comments.push({ kind: "block comment", text: text.replace(/\s+/g, " ").trim(), start, end });
      continue;
    }
    const text = code.slice(start + "//".length, end).trim();
    const previous = comments.at(-1);
    // A comment that continues on the next line is one text. One after code ends on its line.
    if (
      previous?.kind === "line comment" &&
      ownLine(code, previous.start) &&
      /^\n\s*$/.test(code.slice(previous.end, start))
    ) {
      previous.text += ` ${text}`;
      previous.end = end;
    } else comments.push({ kind: "line comment", text, start, end });
  }
  return comments;
}

const ownLine = (code: string, start: number): boolean =>
  code.slice(code.lastIndexOf("\n", start - 1) + 1, start).trim() === "";

/** A text as it's written in code, after `before` on its line. Comments on their own lines are wrapped. */
function written(kind: Text["kind"], text: string, before: string): string {
  if (kind === "string") return text;
  const block = kind === "block comment";
  const oneLine = block ? `/** ${text} */` : `// ${text}`;
  if (before.trim() !== "" || before.length + oneLine.length <= maxLineLength) return oneLine;
  const prefix = block ? " * " : "// ";
  const lines = wrap(text, maxLineLength - before.length - prefix.length).map((line) => prefix + line);
  return (block ? ["/**", ...lines, " */"] : lines).join(`\n${before}`);
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + 1 + word.length <= width)
      lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines;
}
