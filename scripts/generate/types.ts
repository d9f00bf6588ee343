// generated/schema.ts: the document's types, by openapi-typescript.
import {
  astToString,
  type GlobalContext,
  type OpenAPI3,
  resolveRef,
  scanDiscriminators,
  transformSchema,
} from "openapi-typescript";
import ts from "typescript";
import type { Document, Schema } from "../openapi/document.js";
import { docCommentBody } from "./text.js";

export interface Types {
  text: string;
  /** The exported type of each component schema that has one: `Customer` for `#/components/schemas/Customer`. */
  names: Map<string, string>;
}

// The rest of the file uses types of these names, so no schema may replace them.
const usedTypeNames = new Set([
  ...["Record", "Omit", "Extract", "Exclude", "Partial", "Pick", "Readonly", "Required"],
  ...["NonNullable", "WithRequired"],
]);

export function types(document: Document): Types {
  const source = prepare(document);
  const settings = {
    defaultNonNullable: false,
    rootTypes: true,
    rootTypesNoSchemaPrefix: true,
    silent: true,
  };
  // The main function of openapi-typescript would lint and bundle again, which takes four fifths of its time.
  const nodes = transformSchema(source, {
    ...settings,
    postTransform: allowUndefined,
    discriminators: scanDiscriminators(source, settings),
    injectFooter: [],
    resolve: (reference) => resolveRef(source, reference, settings),
  } as Partial<GlobalContext> as GlobalContext);
  const names = new Map<string, string>();
  const kept = nodes.filter((node) => {
    const alias = aliasOf(node);
    if (!alias) return true;
    if (alias.section !== "schemas" || usedTypeNames.has(alias.name) || !/^[A-Za-z_$]/.test(alias.name)) {
      return false;
    }
    names.set(alias.component, alias.name);
    addComment(node, document.components?.schemas?.[alias.component] as Schema | undefined);
    return true;
  });
  const named = useNames(kept, names).map(allowUndefinedInQueries);
  return { text: astToString(named), names };
}

const units: Record<string, string> = {
  COP: "Unit: whole Colombian pesos (COP).",
  "COP-cents": "Unit: cents of a Colombian peso (100 = 1 COP).",
  "by-currency": "Unit: cents of the field `currency` (100 = 1 of it).",
};

/** The document as openapi-typescript reads it. The description of each amount ends with its unit. */
function prepare(document: Document): OpenAPI3 {
  return JSON.parse(JSON.stringify(document), (_key, value) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
    const unit = typeof value["x-unit"] === "string" ? units[value["x-unit"]] : undefined;
    const described = unit
      ? { ...value, description: [value.description, unit].filter(Boolean).join(" ") }
      : value;
    // openapi-typescript reads properties such as `constructor` without checking that the object has them.
    return Object.setPrototypeOf(described, null);
  });
}

/** What `export type Customer = components['schemas']['Customer']` is another name for. */
function aliasOf(node: ts.Node): { name: string; section: string; component: string } | undefined {
  if (!ts.isTypeAliasDeclaration(node) || !ts.isTypeReferenceNode(node.type)) return undefined;
  const { typeName } = node.type;
  const [, section, component] =
    /^components\['(.*?)'\]\['(.*)'\]$/.exec(ts.isIdentifier(typeName) ? typeName.text : "") ?? [];
  return section && component ? { name: node.name.text, section, component } : undefined;
}

function addComment(node: ts.Node, schema: Schema | undefined): void {
  if (!schema?.description) return;
  const text = `*${docCommentBody([schema.description], "")}`;
  ts.addSyntheticLeadingComment(node, ts.SyntaxKind.MultiLineCommentTrivia, text, true);
}

// Declares each schema where its name is, and refers to it by its name: an editor then shows `Customer`. In the output
// of openapi-typescript, hovers and compiler errors list every field instead.
function useNames(nodes: ts.Node[], names: Map<string, string>): ts.Node[] {
  const shapes = new Map<string, ts.TypeNode>();
  const reference = (name: string) => ts.factory.createTypeReferenceNode(name);
  const replaceReferences = (node: ts.Node): ts.Node => {
    const name = names.get(referencedSchema(node) ?? "");
    return name ? reference(name) : ts.visitEachChild(node, replaceReferences, undefined);
  };
  const moveShape = (node: ts.Node): ts.Node => {
    if (!ts.isPropertySignature(node) || !node.type) return replaceReferences(node);
    const name = names.get(nameOf(node));
    if (!name) return replaceReferences(node);
    shapes.set(name, replaceReferences(node.type) as ts.TypeNode);
    return withType(node, reference(name));
  };
  const visitSection = (node: ts.Node): ts.Node => {
    if (!ts.isPropertySignature(node) || nameOf(node) !== "schemas") return replaceReferences(node);
    return ts.visitEachChild(node, (type) => ts.visitEachChild(type, moveShape, undefined), undefined);
  };
  return nodes.map((node) => {
    if (isInterface(node, "components")) return ts.visitEachChild(node, visitSection, undefined);
    const shape = ts.isTypeAliasDeclaration(node) ? shapes.get(node.name.text) : undefined;
    if (!ts.isTypeAliasDeclaration(node) || !shape) return replaceReferences(node);
    return ts.factory.updateTypeAliasDeclaration(node, node.modifiers, node.name, node.typeParameters, shape);
  });
}

/** With `exactOptionalPropertyTypes`, `{ birthdate: undefined }` needs `undefined` in the type of an optional property. */
function allowUndefined(type: ts.TypeNode): ts.TypeNode {
  if (ts.isIntersectionTypeNode(type)) {
    const members = ts.factory.createNodeArray(type.types.map(allowUndefined));
    return ts.factory.updateIntersectionTypeNode(type, members);
  }
  if (!ts.isTypeLiteralNode(type)) return type;
  const members = ts.factory.createNodeArray(type.members.map(allowUndefinedProperty));
  return ts.factory.updateTypeLiteralNode(type, members);
}

function allowUndefinedProperty(member: ts.TypeElement): ts.TypeElement {
  if (!ts.isPropertySignature(member) || !member.questionToken || !member.type) return member;
  const { type } = member;
  const parts = ts.isUnionTypeNode(type) ? type.types : [type];
  const complete = [ts.SyntaxKind.UndefinedKeyword, ts.SyntaxKind.UnknownKeyword, ts.SyntaxKind.NeverKeyword];
  if (parts.some(({ kind }) => complete.includes(kind))) return member;
  const undefinedType = ts.factory.createKeywordTypeNode(ts.SyntaxKind.UndefinedKeyword);
  return withType(member, ts.factory.createUnionTypeNode([...parts, undefinedType]));
}

/** The same for the query parameters of each operation, which aren't properties of a schema. */
function allowUndefinedInQueries(node: ts.Node): ts.Node {
  if (!isInterface(node, "operations")) return node;
  const visitOperation = inProperty("parameters", inProperty("query", allowUndefined));
  return ts.visitEachChild(
    node,
    (member) =>
      ts.isPropertySignature(member) && member.type ? withType(member, visitOperation(member.type)) : member,
    undefined,
  );
}

/** Changes the type of one property of an object type. */
const inProperty =
  (name: string, change: (type: ts.TypeNode) => ts.TypeNode) =>
  (type: ts.TypeNode): ts.TypeNode => {
    if (!ts.isTypeLiteralNode(type)) return type;
    const members = type.members.map((member) =>
      ts.isPropertySignature(member) && member.type && nameOf(member) === name
        ? withType(member, change(member.type))
        : member,
    );
    return ts.factory.updateTypeLiteralNode(type, ts.factory.createNodeArray(members));
  };

const withType = (node: ts.PropertySignature, type: ts.TypeNode): ts.PropertySignature =>
  ts.factory.updatePropertySignature(node, node.modifiers, node.name, node.questionToken, type);

const isInterface = (node: ts.Node, name: string): node is ts.InterfaceDeclaration =>
  ts.isInterfaceDeclaration(node) && node.name.text === name;

const nameOf = ({ name }: ts.PropertySignature): string =>
  ts.isIdentifier(name) || ts.isStringLiteral(name) ? name.text : "";

/** The X of `components["schemas"]["X"]`. */
function referencedSchema(node: ts.Node): string | undefined {
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
