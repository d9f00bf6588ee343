// The comments and messages of the code samples in Spanish. The samples themselves exist once and are tested.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import type { Language } from "../generate/language.js";
import { ts } from "../typescript.cjs";

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

/** The translations in a folder of samples. English needs none. */
export function readTranslations(samples: string, language: Language): Translations {
  const file = join(samples, "es.yaml");
  return language === "es" && existsSync(file) ? parse(readFileSync(file, "utf8")) : {};
}

/** Code with every comment and message in Spanish that the translations have. */
export const translateCode = (code: string, translations: Translations): string =>
  textsOf(code).reduceRight((translated, { kind, text, start, end }) => {
    const spanish = translations[text];
    if (spanish === undefined) return translated;
    return (
      translated.slice(0, start) + written(kind, spanish, lineBefore(code, start)) + translated.slice(end)
    );
  }, code);

/** The comments and messages of a sample that a reader has to understand. */
export const translatableTexts = (code: string): string[] =>
  textsOf(code)
    .filter(({ kind, text }) => kind !== "string" || isSentence(text))
    .map(({ text }) => text);

/** Two words in a row. Identifiers, keys and formats have none, and SQL is code. */
const isSentence = (text: string): boolean =>
  !/^\s*(select|insert into|update|create table) /.test(text) &&
  /\p{L}{2,} \p{L}{2,}/u.test(text.replaceAll(/\$\{[^}]*\}/g, ""));

/** The comments and strings of a sample, in the order of the code. */
function textsOf(code: string): Text[] {
  const texts: Text[] = [];
  const visit = (node: ts.Node): void => {
    // A comment before a token, too.
    if (ts.isJSDoc(node)) return;
    const isString = ts.isStringLiteralLike(node) || ts.isTemplateExpression(node);
    if (isString || ts.isToken(node))
      for (const range of commentsBefore(code, node)) addComment(texts, code, range);
    if (isString) {
      const [start, end] = [node.getStart() + 1, node.getEnd() - 1];
      texts.push({ kind: "string", text: code.slice(start, end), start, end });
    } else node.getChildren().forEach(visit);
  };
  visit(ts.createSourceFile("sample.ts", code, ts.ScriptTarget.Latest, true));
  return texts;
}

/** The comments between the previous token and this one, which may begin on the line of the previous one. */
const commentsBefore = (code: string, { pos }: ts.Node): ts.CommentRange[] => [
  ...(pos === 0 ? [] : (ts.getTrailingCommentRanges(code, pos) ?? [])),
  ...(ts.getLeadingCommentRanges(code, pos) ?? []),
];

function addComment(texts: Text[], code: string, { pos: start, end, kind }: ts.CommentRange): void {
  if (kind === ts.SyntaxKind.MultiLineCommentTrivia) {
    const inside = code.slice(start, end).replace(/^\/\*+|\*\/$/g, "");
    const text = inside
      .replace(/\n\s*\*/g, " ")
      .replace(/\s+/g, " ")
      .trim();
    texts.push({ kind: "block comment", text, start, end });
    return;
  }
  const text = code.slice(start + "//".length, end).trim();
  const previous = texts.at(-1);
  // A comment that continues on the next line is one text. One after code ends on its line.
  const continues =
    previous?.kind === "line comment" &&
    lineBefore(code, previous.start).trim() === "" &&
    /^\n\s*$/.test(code.slice(previous.end, start));
  if (continues) Object.assign(previous, { text: `${previous.text} ${text}`, end });
  else texts.push({ kind: "line comment", text, start, end });
}

/** The beginning of the line that contains a position. */
const lineBefore = (code: string, position: number): string =>
  code.slice(code.lastIndexOf("\n", position - 1) + 1, position);

/** A text as it's written in code, after `before` on its line. Comments on their own lines are wrapped. */
function written(kind: Text["kind"], text: string, before: string): string {
  if (kind === "string") return text;
  const isBlock = kind === "block comment";
  const oneLine = isBlock ? `/** ${text} */` : `// ${text}`;
  if (before.trim() !== "" || before.length + oneLine.length <= maxLineLength) return oneLine;
  const prefix = isBlock ? " * " : "// ";
  const [first, ...words] = text.split(" ");
  const lines = [prefix + first];
  for (const word of words) {
    const line = `${lines.at(-1)} ${word}`;
    if (before.length + line.length <= maxLineLength) lines[lines.length - 1] = line;
    else lines.push(prefix + word);
  }
  return (isBlock ? ["/**", ...lines, " */"] : lines).join(`\n${before}`);
}
