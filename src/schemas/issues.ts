/** Turns the violations of a validator into issues that a person can read: one per field. */
import type { Violation } from "../contract.js";
import { childOf, type Field, type Language } from "./form.js";
import type { StandardSchemaIssue } from "./standard-schema.js";

/** For what the document has no message for. */
const messages = {
  en: {
    missing: "Fill in this field.",
    invalid: "Correct this field.",
    unknown: "Remove this field: it isn't part of the request.",
    body: "Pass an object with the fields of the request.",
  },
  es: {
    missing: "Completa este campo.",
    invalid: "Corrige este campo.",
    unknown: "Elimina este campo: no hace parte de la solicitud.",
    body: "Pasa un objeto con los campos de la solicitud.",
  },
};

type Path = readonly (string | number)[];

/** The issues of a value, at most one per field. */
export function issuesOf(
  violations: readonly Violation[],
  form: Field,
  value: unknown,
  language: Language,
): StandardSchemaIssue[] {
  const byPath = new Map<string, { path: Path; violation: Violation }>();
  for (const violation of violations) {
    const path = pathOf(violation, value);
    const key = JSON.stringify(path);
    if (!byPath.has(key)) byPath.set(key, { path, violation });
  }
  const found = [...byPath.values()];
  const isExplained = ({ path, violation }: (typeof found)[number]) =>
    isCombination(violation) &&
    found.some((other) => other.path.length > path.length && isBelow(other.path, path));
  return found
    .filter((each) => !isExplained(each))
    .map(({ path, violation }) => ({ path, message: messageOf(violation, path, form, value, language) }));
}

/** Its violation only states that no variant fits. */
const isCombination = ({ keyword }: Violation): boolean => ["oneOf", "anyOf", "if"].includes(keyword);

const isBelow = (path: Path, parent: Path): boolean => parent.every((key, index) => path[index] === key);

/** The keys that lead to the field. A missing and an unknown field aren't in the pointer. */
function pathOf({ instancePath, params }: Violation, value: unknown): Path {
  const { missingProperty, additionalProperty, unevaluatedProperty, propertyName, tag } = params;
  const name = missingProperty ?? additionalProperty ?? unevaluatedProperty ?? propertyName ?? tag;
  const keys = instancePath.split("/").slice(1).map(unescapeKey);
  if (typeof name === "string") keys.push(name);
  let parent = value;
  return keys.map((key) => {
    const isIndex = Array.isArray(parent);
    parent = (parent as Record<string, unknown> | null | undefined)?.[key];
    return isIndex ? Number(key) : key;
  });
}

const unescapeKey = (key: string): string => key.replaceAll("~1", "/").replaceAll("~0", "~");

function messageOf(
  { keyword }: Violation,
  path: Path,
  form: Field,
  value: unknown,
  language: Language,
): string {
  const texts = messages[language];
  let field: Field | undefined = form;
  let parent = value;
  for (const key of path) {
    field = childOf(field, key, parent);
    parent = (parent as Record<string | number, unknown> | null | undefined)?.[key];
  }
  const ofDocument = field?.message?.[language === "es" ? 1 : 0];
  if (ofDocument) return ofDocument;
  if (path.length === 0) return texts.body;
  if (/^(additional|unevaluated)Properties$/.test(keyword)) return texts.unknown;
  return keyword === "required" ? texts.missing : texts.invalid;
}
