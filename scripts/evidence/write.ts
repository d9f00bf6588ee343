// Turns confirmed assumptions into observed statements, in the YAML files of spec/. Only the edited lines change: the YAML
// library would wrap the long lines of a file again.
import { writeFile } from "node:fs/promises";
import { isMap, parseDocument, stringify, type YAMLMap, type Node as YamlNode } from "yaml";
import type { Basis } from "../../spec/rules/statements.js";
import { UserError } from "../cli.js";
import { findingLine, findings } from "../redocly.js";
import { openSpec, placeId, type Spec, type SpecStatement, statementsIn } from "./spec.js";
import type { StatementReport } from "./statements.js";

/** The assumed statements that the traffic confirms. */
export function confirmedAssumptions(statements: StatementReport[]): StatementReport[] {
  const isContradicted = ({ contradictions }: StatementReport) => contradictions.length > 0;
  const contradicted = new Set(statements.filter(isContradicted).flatMap(({ operations }) => operations));
  return statements.filter(
    (statement) =>
      statement.basis === "assumed" &&
      statement.seen > 0 &&
      !isContradicted(statement) &&
      // "This response looks like another one" isn't confirmed by a response that doesn't.
      !(statement.kind === "response" && statement.operations.some((id) => contradicted.has(id))),
  );
}

/** Edits the files, and restores them if lint doesn't accept the result. */
export async function writeObserved(
  spec: Spec,
  confirmed: StatementReport[],
  recordedOn: string,
): Promise<{ source: string; files: string[] }> {
  const source = `recording-${recordedOn}`;
  const texts = editedTexts(spec, confirmed, source, recordedOn);
  const originals = new Map([...texts.keys()].map((file) => [file, spec.read(file)]));
  await writeAll(texts);
  try {
    const found = await findings(spec.rootFile);
    if (found.length > 0)
      throw new UserError(
        `Lint rejects the edited specification, so nothing was written:\n${found.map(findingLine).join("\n")}`,
      );
  } catch (error) {
    await writeAll(originals);
    throw error;
  }
  return { source, files: [...texts.keys()] };
}

async function writeAll(texts: Map<string, string>): Promise<void> {
  for (const [file, text] of texts) await writeFile(file, text, "utf8");
}

/** The new texts of the files that change. */
export function editedTexts(
  spec: Spec,
  confirmed: StatementReport[],
  source: string,
  recordedOn: string,
): Map<string, string> {
  const texts = new Map<string, string>();
  const read = (file: string) => texts.get(file) ?? spec.read(file);
  const edit = (statement: SpecStatement, evidence: Basis) => {
    const { file } = statement.place;
    texts.set(file, withEvidence(read(file), statement, evidence));
  };
  const confirmedIds = new Set(confirmed.map(({ place }) => placeId(place)));
  const former = new Map([...statementsIn(spec)].map((each) => [placeId(each.place), each]));
  for (const [id, statement] of former)
    if (confirmedIds.has(id)) edit(statement, { basis: "observed", source });
  // What inherited an evidence that has changed keeps its former one.
  const current = new Map(
    [...statementsIn(openSpec(spec.rootFile, read))].map((each) => [placeId(each.place), each]),
  );
  for (const [id, statement] of current) {
    const evidence = former.get(id)?.evidence;
    if (evidence && !confirmedIds.has(id) && evidence.source !== statement.evidence.source)
      edit(statement, { basis: evidence.basis, source: evidence.source });
  }
  // Lint rejects a source that nothing cites.
  const citing = spec.files.filter((file) => file !== spec.sourcesFile).map(read);
  const uncited = Object.keys(spec.sources).filter((name) => !citing.some((text) => cites(text, name)));
  const sources = uncited.reduce((text, name) => withoutSource(text, name), read(spec.sourcesFile));
  texts.set(spec.sourcesFile, spec.sources[source] ? sources : withSource(sources, source, recordedOn));
  return texts;
}

/** The text of a file in which the statement has its own evidence. */
function withEvidence(text: string, { kind, place, evidence }: SpecStatement, next: Basis): string {
  if (kind !== "constraint") return withOwnEvidence(text, [...place.keys, "x-evidence"], next);
  const keyword = String(place.keys.at(-1));
  const schema = [...place.keys.slice(0, -1), "x-evidence"];
  if (parseDocument(text).hasIn(schema))
    return withOwnEvidence(text, [...schema, "constraints", keyword], next);
  const { basis, source } = evidence;
  return withPair(text, schema, { basis, source, constraints: { [keyword]: next } });
}

const withOwnEvidence = (text: string, keys: Keys, { basis, source }: Basis): string =>
  parseDocument(text).hasIn(keys)
    ? withPair(withPair(text, [...keys, "basis"], basis), [...keys, "source"], source)
    : withPair(text, keys, { basis, source });

type Keys = (string | number)[];

/** Sets the value at a path of keys. Objects that don't exist are added, in the style of the object around them. */
function withPair(text: string, keys: Keys, value: unknown): string {
  const yaml = parseDocument(text);
  const parent = yaml.getIn(keys.slice(0, -1), true);
  const key = String(keys.at(-1));
  if (!isMap(parent)) return withPair(text, keys.slice(0, -1), { [key]: value });
  const flow = stringify(value, { collectionStyle: "flow", lineWidth: 0 }).trimEnd();
  const known = yaml.getIn(keys, true) as YamlNode | undefined;
  if (known) {
    const [start, end] = rangeOf(known);
    return text.slice(0, start) + flow + text.slice(end);
  }
  const end = endOfLastPair(text, parent);
  const separator = parent.flow ? ", " : `\n${indentOf(text, parent)}`;
  return `${text.slice(0, end)}${separator}${key}: ${flow}${text.slice(end)}`;
}

const rangeOf = ({ range }: YamlNode): [start: number, end: number] => [range?.[0] ?? 0, range?.[1] ?? 0];

/** The end of the last line of a block, with its comment, or of the last value between two braces. */
function endOfLastPair(text: string, map: YAMLMap): number {
  const [, end] = rangeOf(map);
  if (map.flow) return text.slice(0, end - 1).trimEnd().length;
  const lineEnd = text.indexOf("\n", text.slice(0, end).trimEnd().length);
  return lineEnd === -1 ? text.length : lineEnd;
}

function indentOf(text: string, map: YAMLMap): string {
  const [start] = rangeOf(map.items[0]?.key as YamlNode);
  return " ".repeat(start - (text.lastIndexOf("\n", start - 1) + 1));
}

const withSource = (text: string, name: string, recordedOn: string): string => `${text.trimEnd()}

${name}:
  basis: observed
  description: A recording of the real API, from ${recordedOn}, shows it.
  x-es:
    description: Lo muestra una grabación de la API real, del ${recordedOn}.
`;

const cites = (text: string, source: string): boolean => new RegExp(`source: ${source}(?![\\w-])`).test(text);

/** Removes the line of the source's name, with the indented and empty lines after it. */
const withoutSource = (text: string, name: string): string =>
  text.replace(new RegExp(`^${name}:.*\\n(?: .*\\n|\\n)*`, "m"), "");
