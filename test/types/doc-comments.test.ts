// A doc comment that ends up behind the wrong member is invisible in an editor, so the published declarations are
// compared with the source, member by member.
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { expect, test } from "vitest";

const fileOf = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const source = fileOf("src/index.ts");
const published = fileOf("dist/index.d.ts");

const program = ts.createProgram([source, published], {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  strict: true,
  // The declarations of Node.js and of the test tools don't matter here.
  types: [],
});
const checker = program.getTypeChecker();

/** The doc comment of every exported declaration and of every member in it: `Customer.birthdate` → its text. */
function docComments(file: string): Map<string, string> {
  const sourceFile = program.getSourceFile(file);
  const module = sourceFile && checker.getSymbolAtLocation(sourceFile);
  if (!module) throw new Error(`${file} can't be read. Run \`npm run build\` first.`);
  const comments = new Map<string, string>();
  for (const symbol of checker.getExportsOfModule(module)) {
    const declared = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
    for (const declaration of declared.declarations ?? []) collect(declaration, symbol.name, comments);
  }
  return comments;
}

function collect(node: ts.Node, path: string, comments: Map<string, string>): void {
  const text = docCommentOf(node);
  if (text !== "" && !isInternal(node))
    comments.set(path, [comments.get(path), text].filter(Boolean).join("\n"));
  let position = 0;
  ts.forEachChild(node, (child) => {
    if (ts.isBlock(child) || ts.isExpression(child)) return;
    const name = memberName(child);
    // Members of a union or an intersection have no name: their position identifies them.
    const step = name !== undefined ? `.${name}` : ts.isTypeNode(child) ? `#${position++}` : "";
    collect(child, path + step, comments);
  });
}

function memberName(node: ts.Node): string | undefined {
  const isMember = ts.isTypeElement(node) || ts.isClassElement(node);
  return isMember && node.name ? node.name.getText() : undefined;
}

function docCommentOf(node: ts.Node): string {
  // A variable's doc comment belongs to its whole statement.
  const owner = ts.isVariableDeclaration(node) ? node.parent.parent : node;
  return (
    ts
      .getJSDocCommentsAndTags(owner)
      .filter(ts.isJSDoc)
      // TypeScript also finds the comment of the parent.
      .filter((comment) => comment.parent === owner)
      .map((comment) =>
        comment
          .getText()
          .replace(/[\s*/]+/g, " ")
          .trim(),
      )
      .join("\n")
  );
}

const isInternal = (node: ts.Node): boolean =>
  ts.getJSDocTags(node).some(({ tagName }) => tagName.text === "internal");

test("each doc comment of the source is in the published declarations, on the same member", () => {
  const expected = docComments(source);
  const actual = docComments(published);
  expect(expected.size).toBeGreaterThan(150);
  const lost = [...expected].filter(([path, text]) => actual.get(path) !== text).map(([path]) => path);
  expect(lost).toEqual([]);
});
