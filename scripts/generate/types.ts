// generated/schema.ts: the document's types, by openapi-typescript.
import {
  astToString,
  type GlobalContext,
  resolveRef,
  scanDiscriminators,
  transformSchema,
} from "openapi-typescript";
import ts from "typescript";
import { commentBody, withUnits } from "./comments.js";
import type { Document, Schema } from "./openapi.js";

export interface Types {
  text: string;
  /** The exported type of each component schema that has one: `Customer` for `#/components/schemas/Customer`. */
  names: Map<string, string>;
}

// An alias of such a name would change what the rest of the file means.
const taken = new Set(["Record", "Omit", "Extract", "Exclude", "Partial", "Pick", "Readonly", "Required"]);

export function types(document: Document): Types {
  const source = withUnits(document);
  const settings = {
    defaultNonNullable: false,
    rootTypes: true,
    rootTypesNoSchemaPrefix: true,
    silent: true,
  };
  // Its front door would lint and bundle once more, four fifths of its time, what has been linted and bundled.
  const nodes = transformSchema(source, {
    ...settings,
    discriminators: scanDiscriminators(source, settings),
    injectFooter: [],
    resolve: (reference) => resolveRef(source, reference, settings),
  } as Partial<GlobalContext> as GlobalContext);
  const names = new Map<string, string>();
  const kept = nodes.filter((node) => {
    const alias = aliasOf(node);
    if (!alias) return true;
    if (alias.section !== "schemas" || taken.has(alias.name) || !/^[A-Za-z_$]/.test(alias.name)) return false;
    names.set(alias.component, alias.name);
    addComment(node, document.components?.schemas?.[alias.component] as Schema | undefined);
    return true;
  });
  return { text: astToString(underTheirNames(kept, names)), names };
}

/** What `export type Customer = components['schemas']['Customer']` is a second name of. */
function aliasOf(node: ts.Node): { name: string; section: string; component: string } | undefined {
  if (!ts.isTypeAliasDeclaration(node) || !ts.isTypeReferenceNode(node.type)) return undefined;
  const { typeName } = node.type;
  const [, section, component] =
    /^components\['(.*?)'\]\['(.*)'\]$/.exec(ts.isIdentifier(typeName) ? typeName.text : "") ?? [];
  return section && component ? { name: node.name.text, section, component } : undefined;
}

function addComment(node: ts.Node, schema: Schema | undefined): void {
  if (!schema?.description) return;
  const text = `*${commentBody([schema.description], "")}`;
  ts.addSyntheticLeadingComment(node, ts.SyntaxKind.MultiLineCommentTrivia, text, true);
}

// Each schema's shape where its name is declared, and its name wherever it is meant: an editor then shows `Customer`.
// openapi-typescript has it the other way round, and a hover or an error of the compiler spells out every field.
function underTheirNames(nodes: ts.Node[], names: Map<string, string>): ts.Node[] {
  const shapes = new Map<string, ts.TypeNode>();
  const reference = (name: string) => ts.factory.createTypeReferenceNode(name);
  const named = (node: ts.Node): ts.Node => {
    const name = names.get(referredSchema(node) ?? "");
    return name ? reference(name) : ts.visitEachChild(node, named, undefined);
  };
  const schema = (node: ts.Node): ts.Node => {
    if (!ts.isPropertySignature(node) || !node.type) return named(node);
    const name = names.get(nameOf(node));
    if (!name) return named(node);
    shapes.set(name, named(node.type) as ts.TypeNode);
    const { modifiers, name: key, questionToken } = node;
    return ts.factory.updatePropertySignature(node, modifiers, key, questionToken, reference(name));
  };
  const section = (node: ts.Node): ts.Node => {
    if (!ts.isPropertySignature(node) || nameOf(node) !== "schemas") return named(node);
    return ts.visitEachChild(node, (type) => ts.visitEachChild(type, schema, undefined), undefined);
  };
  return nodes.map((node) => {
    if (ts.isInterfaceDeclaration(node) && node.name.text === "components")
      return ts.visitEachChild(node, section, undefined);
    const shape = ts.isTypeAliasDeclaration(node) ? shapes.get(node.name.text) : undefined;
    if (!ts.isTypeAliasDeclaration(node) || !shape) return named(node);
    return ts.factory.updateTypeAliasDeclaration(node, node.modifiers, node.name, node.typeParameters, shape);
  });
}

const nameOf = ({ name }: ts.PropertySignature): string =>
  ts.isIdentifier(name) || ts.isStringLiteral(name) ? name.text : "";

/** The X of `components["schemas"]["X"]`. */
function referredSchema(node: ts.Node): string | undefined {
  if (!ts.isIndexedAccessTypeNode(node) || !ts.isIndexedAccessTypeNode(node.objectType)) return undefined;
  const { objectType: components, indexType: section } = node.objectType;
  const isComponents =
    ts.isTypeReferenceNode(components) &&
    ts.isIdentifier(components.typeName) &&
    components.typeName.text === "components";
  return isComponents && literal(section) === "schemas" ? literal(node.indexType) : undefined;
}

const literal = (node: ts.TypeNode): string | undefined =>
  ts.isLiteralTypeNode(node) && ts.isStringLiteral(node.literal) ? node.literal.text : undefined;
