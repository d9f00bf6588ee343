// Comments and test names, checked against the glossary rules of redocly.yaml. Redocly's recheck reads Markdown only.
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import ts from "typescript";
import { parse } from "yaml";
import { root, shown } from "../cli.js";
import type { Finding } from "../redocly.js";

interface Rule {
  name: string;
  message: string;
  patterns: RegExp[];
}

/** A piece of prose in a source file, with the line it starts on (from 1). */
interface Prose {
  line: number;
  text: string;
}

const folders = ["src", "scripts", "test", "spec"];
const isSource = (name: string): boolean => /\.(ts|mts|cts|js|mjs)$/.test(name) && !name.endsWith(".d.ts");
const isInstalled = (path: string): boolean => path.split(/[\\/]/).includes("node_modules");

/** The glossary's findings in the comments and test names of the project. */
export async function commentFindings(): Promise<Finding[]> {
  const rules = await glossaryRules();
  const files = (await Promise.all(folders.map(sourceFiles))).flat();
  const found = await Promise.all(
    files.map(async (file) => findingsIn(shown(file), await readFile(file, "utf8"), rules)),
  );
  return found.flat();
}

/** The rules of redocly.yaml whose names start with "glossary/". */
export async function glossaryRules(): Promise<Rule[]> {
  const config = parse(await readFile(join(root, "redocly.yaml"), "utf8"));
  const rules = Object.entries<{ message: string; assertions: { pattern: { tokens: string[] } } }>(
    config.recheck.rules,
  );
  return rules
    .filter(([name]) => name.startsWith("glossary/"))
    .map(([name, { message, assertions }]) => ({
      name,
      message,
      patterns: assertions.pattern.tokens.map((token) => new RegExp(token, "gi")),
    }));
}

/** The findings of some rules in the text of one source file. */
export function findingsIn(file: string, text: string, rules: Rule[]): Finding[] {
  // Most files contain none of the words anywhere. Parsing takes most of the time.
  if (!rules.some(({ patterns }) => patterns.some((pattern) => text.search(pattern) >= 0))) return [];
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  return proseOf(source).flatMap((prose) =>
    rules.flatMap(({ name, message, patterns }) =>
      patterns.flatMap((pattern) =>
        [...prose.text.matchAll(pattern)].map(
          (match): Finding => ({
            file,
            line: prose.line + prose.text.slice(0, match.index).split("\n").length - 1,
            column: 1,
            rule: name,
            severity: "error",
            message: message.replace("%s", match[0].trim()),
          }),
        ),
      ),
    ),
  );
}

/** Every comment and every test name of a file, each once. */
function proseOf(source: ts.SourceFile): Prose[] {
  const found = new Map<number, Prose>();
  const add = (start: number, text: string) =>
    found.set(start, { line: source.getLineAndCharacterOfPosition(start).line + 1, text: withoutCode(text) });
  const visit = (node: ts.Node): void => {
    for (const { pos, end } of commentRanges(source.text, node)) add(pos, source.text.slice(pos, end));
    const name = testName(node);
    if (name) add(name.getStart(source), name.getText(source));
    for (const child of node.getChildren(source)) visit(child);
  };
  visit(source);
  return [...found.values()].sort((a, b) => a.line - b.line);
}

function commentRanges(text: string, node: ts.Node): ts.CommentRange[] {
  // What looks like a comment inside the text of JSX or of a template belongs to the text.
  if (node.kind === ts.SyntaxKind.JsxText) return [];
  return [
    ...(ts.getLeadingCommentRanges(text, node.getFullStart()) ?? []),
    ...(ts.getTrailingCommentRanges(text, node.getEnd()) ?? []),
  ];
}

/** The name in `test("name", …)`, `describe.concurrent("name", …)`, `test.each([…])("name", …)`. */
function testName(node: ts.Node): ts.Expression | undefined {
  if (!ts.isCallExpression(node)) return undefined;
  const [name] = node.arguments;
  if (!name || !(ts.isStringLiteralLike(name) || ts.isTemplateExpression(name))) return undefined;
  return ["test", "it", "describe"].includes(calleeName(node)) ? name : undefined;
}

function calleeName(node: ts.Expression): string {
  if (ts.isIdentifier(node)) return node.text;
  if (ts.isCallExpression(node) || ts.isPropertyAccessExpression(node)) return calleeName(node.expression);
  return "";
}

/** Replaces code spans, so that a variable named `answer` isn't reported. */
const withoutCode = (text: string): string => text.replace(/`[^`\n]*`/g, "``");

async function sourceFiles(folder: string): Promise<string[]> {
  const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && isSource(entry.name) && !isInstalled(entry.parentPath))
    .map((entry) => join(entry.parentPath, entry.name));
}
