// generated/schema.ts: the document's types, by openapi-typescript.
import type { GlobalContext, OpenAPI3 } from "openapi-typescript";
import type { Document, Schema } from "../openapi/document.js";
import { ts } from "../typescript.cjs";
import { openapiTypescript } from "./openapi-typescript.cjs";
import { docCommentBody } from "./text.js";

const { astToString, resolveRef, scanDiscriminators, transformSchema } = openapiTypescript;

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

const units: Record<string, string | undefined> = {
  COP: "Unit: whole Colombian pesos (COP).",
  "COP-cents": "Unit: cents of a Colombian peso (100 = 1 COP).",
  "by-currency": "Unit: cents of the field `currency` (100 = 1 of it).",
};

/** The document as openapi-typescript reads it. The description of each amount ends with its unit. */
function prepare(document: Document): OpenAPI3 {
  return JSON.parse(JSON.stringify(document), (_key, value) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
    const unit = units[value["x-unit"]];
    if (unit) value.description = [value.description, unit].filter(Boolean).join(" ");
    // openapi-typescript reads properties such as `constructor` without checking that the object has them.
    return Object.setPrototypeOf(value, null);
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
  const replaceReferences = <T extends ts.Node>(node: T): T => {
    const name = names.get(referencedSchema(node) ?? "");
    return name
      ? (reference(name) as ts.Node as T)
      : ts.visitEachChild(node, (inner) => replaceReferences(inner), undefined);
  };
  const moveShape = (shape: ts.TypeNode, component: string): ts.TypeNode => {
    const name = names.get(component);
    if (!name) return replaceReferences(shape);
    shapes.set(name, replaceReferences(shape));
    return reference(name);
  };
  return nodes.map((node) => {
    if (isInterface(node, "components"))
      return changeProperties(node, (section, name) =>
        name === "schemas" ? changeProperties(section, moveShape) : replaceReferences(section),
      );
    const shape = ts.isTypeAliasDeclaration(node) ? shapes.get(node.name.text) : undefined;
    if (!ts.isTypeAliasDeclaration(node) || !shape) return replaceReferences(node);
    return ts.factory.updateTypeAliasDeclaration(node, node.modifiers, node.name, node.typeParameters, shape);
  });
}

/** With `exactOptionalPropertyTypes`, `{ birthdate: undefined }` needs `undefined` in the type of an optional property. */
function allowUndefined(type: ts.TypeNode): ts.TypeNode {
  if (ts.isIntersectionTypeNode(type))
    return ts.visitEachChild(type, (part) => allowUndefined(part as ts.TypeNode), undefined);
  return changeProperties(type, (inner, _name, { questionToken }) =>
    questionToken ? withUndefined(inner) : inner,
  );
}

function withUndefined(type: ts.TypeNode): ts.TypeNode {
  const parts = ts.isUnionTypeNode(type) ? type.types : [type];
  const complete = [ts.SyntaxKind.UndefinedKeyword, ts.SyntaxKind.UnknownKeyword, ts.SyntaxKind.NeverKeyword];
  if (parts.some(({ kind }) => complete.includes(kind))) return type;
  const undefinedType = ts.factory.createKeywordTypeNode(ts.SyntaxKind.UndefinedKeyword);
  return ts.factory.createUnionTypeNode([...parts, undefinedType]);
}

/** The same for the query parameters of each operation, which aren't properties of a schema. */
function allowUndefinedInQueries(node: ts.Node): ts.Node {
  if (!isInterface(node, "operations")) return node;
  return changeProperties(node, (operation) =>
    changeProperties(operation, (parameters, section) =>
      section === "parameters"
        ? changeProperties(parameters, (query, place) => (place === "query" ? allowUndefined(query) : query))
        : parameters,
    ),
  );
}

/** Changes the type of each property of an object type or an interface. */
function changeProperties<T extends ts.Node>(
  node: T,
  change: (type: ts.TypeNode, name: string, property: ts.PropertySignature) => ts.TypeNode,
): T {
  const changeProperty = (property: ts.Node): ts.Node => {
    if (!ts.isPropertySignature(property) || !property.type) return property;
    const { modifiers, name, questionToken } = property;
    const key = ts.isIdentifier(name) || ts.isStringLiteral(name) ? name.text : "";
    const type = change(property.type, key, property);
    return ts.factory.updatePropertySignature(property, modifiers, name, questionToken, type);
  };
  return ts.visitEachChild(node, changeProperty, undefined);
}

const isInterface = (node: ts.Node, name: string): node is ts.InterfaceDeclaration =>
  ts.isInterfaceDeclaration(node) && node.name.text === name;

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
