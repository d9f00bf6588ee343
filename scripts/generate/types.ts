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
  return { text: astToString(kept), names };
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
