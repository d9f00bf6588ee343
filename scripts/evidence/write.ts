// Turns confirmed assumptions into observed statements, in the YAML files of spec/. Only the edited lines change.
import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { isMap, isNode, isScalar, type Node, type Pair, type YAMLMap } from "yaml";
import { UserError } from "../cli.js";
import { findingLine, findings } from "../redocly.js";
import { openSpec, type Place, placeId, type Spec, statementsIn } from "./spec.js";
import type { StatementReport } from "./statements.js";

export interface Written {
  source: string;
  files: string[];
}

/** The assumed statements that the traffic confirms. */
export function confirmedAssumptions(spec: Spec, statements: StatementReport[]): StatementReport[] {
  const contradictedResponses = new Set(
    statements.flatMap(({ contradictions, operations }) => (contradictions.length > 0 ? operations : [])),
  );
  return statements.filter(
    ({ basis, seen, contradictions, source, kind, operations }) =>
      basis === "assumed" &&
      seen > 0 &&
      contradictions.length === 0 &&
      // "This response looks like another one" isn't confirmed by a response that doesn't.
      !(kind === "response" && operations.some((id) => contradictedResponses.has(id))) &&
      spec.sources[source]?.["x-confirmed-by"] !== "nothing",
  );
}

/** Edits the files, and restores them if lint doesn't accept the result. */
export async function writeObserved(
  spec: Spec,
  confirmed: StatementReport[],
  recordedOn: string,
  lint = findings,
): Promise<Written> {
  const source = `recording-${recordedOn}`;
  const texts = editedTexts(spec, confirmed, source, recordedOn);
  const originals = new Map([...texts.keys()].map((file) => [file, spec.file(file).text]));
  await writeAll(texts);
  const found = await lint(spec.rootFile).catch(async (error: unknown) => {
    await writeAll(originals);
    throw error;
  });
  if (found.length > 0) {
    await writeAll(originals);
    throw new UserError(
      `Lint rejects the edited specification, so nothing was written:\n${found.map(findingLine).join("\n")}`,
    );
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
  const read = (file: string) => texts.get(file) ?? readFileSync(file, "utf8");
  const current = () => openSpec(spec.rootFile, read);
  const edit = (file: string, change: (spec: Spec) => string) => texts.set(file, change(current()));

  for (const { place, kind } of confirmed)
    edit(place.file, (now) => withEvidence(now, place, kind, { basis: "observed", source }));
  // What inherited an evidence that has changed keeps its former one.
  const intended = new Set(confirmed.map(({ place }) => placeId(place)));
  for (const { place, kind, evidence } of changedStatements(spec, current(), intended))
    edit(place.file, (now) => withEvidence(now, place, kind, evidence));
  edit(spec.sourcesFile, (now) => withSource(now, source, recordedOn));
  for (const name of unusedSources(spec, current(), source))
    edit(spec.sourcesFile, (now) => withoutSource(now, name));
  return texts;
}

interface Evidence {
  basis: string;
  source: string;
}

function* allStatements(spec: Spec) {
  for (const operation of spec.operations)
    for (const { kind, evidence, at } of statementsIn(operation, spec.resolve))
      if (evidence) yield { kind, evidence, place: at as Place, id: placeId(at as Place) };
}

function changedStatements(before: Spec, after: Spec, intended: Set<string>) {
  const former = new Map([...allStatements(before)].map((each) => [each.id, each.evidence]));
  const changed = [...allStatements(after)].filter(
    ({ id, evidence }) => !intended.has(id) && former.get(id)?.source !== evidence.source,
  );
  const unique = new Map(changed.map((each) => [each.id, each]));
  return [...unique.values()].map((each) => ({ ...each, evidence: former.get(each.id) as Evidence }));
}

/** The text of a file in which the statement has its own evidence. */
function withEvidence(spec: Spec, place: Place, kind: string, { basis, source }: Evidence): string {
  const { yaml, text } = spec.file(place.file);
  const keys = kind === "constraint" ? place.keys.slice(0, -1) : place.keys;
  const owner = yaml.getIn(keys, true);
  if (!isMap(owner)) throw new Error(`${placeId(place)} isn't an object.`);
  const keyword = String(place.keys.at(-1));
  const flow = `{ basis: ${basis}, source: ${source} }`;
  const own = mapIn(owner, "x-evidence");
  if (kind !== "constraint")
    return own ? withScalars(text, own, basis, source) : withPair(text, owner, "x-evidence", flow);
  if (!own) {
    const inherited = inheritedEvidence(spec, place);
    const value = `{ basis: ${inherited.basis}, source: ${inherited.source}, constraints: { ${keyword}: ${flow} } }`;
    return withPair(text, owner, "x-evidence", value);
  }
  const constraints = mapIn(own, "constraints");
  if (!constraints) return withPair(text, own, "constraints", `{ ${keyword}: ${flow} }`);
  const entry = mapIn(constraints, keyword);
  return entry ? withScalars(text, entry, basis, source) : withPair(text, constraints, keyword, flow);
}

function inheritedEvidence(spec: Spec, place: Place): Evidence {
  const found = [...allStatements(spec)].find(({ id }) => id === placeId(place));
  if (!found) throw new Error(`${placeId(place)} isn't a statement.`);
  return found.evidence;
}

function mapIn(map: YAMLMap, key: string): YAMLMap | undefined {
  const value = map.get(key, true);
  return isMap(value) ? value : undefined;
}

/** Replaces the values of `basis` and `source`, and keeps everything else. */
function withScalars(text: string, evidence: YAMLMap, basis: string, source: string): string {
  const replacements = [
    { node: evidence.get("basis", true), value: basis },
    { node: evidence.get("source", true), value: source },
  ].map(({ node, value }) => ({ range: rangeOf(node), value }));
  // From the end to the start, so that the earlier offsets stay right.
  replacements.sort((a, b) => b.range[0] - a.range[0]);
  return replacements.reduce(
    (edited, { range: [start, end], value }) => edited.slice(0, start) + value + edited.slice(end),
    text,
  );
}

function rangeOf(node: unknown): [number, number] {
  const range = isScalar(node) || isNode(node) ? (node as Node).range : undefined;
  if (!range) throw new Error("A YAML node has no position.");
  return [range[0], range[1]];
}

/** Adds a pair at the end of an object, in the style of the object. */
function withPair(text: string, map: YAMLMap, key: string, value: string): string {
  const last = map.items.at(-1) as Pair | undefined;
  if (!last) throw new Error("An empty object can't be edited.");
  if (map.flow) {
    const [, end] = rangeOf(map);
    const before = text.slice(0, end - 1).trimEnd();
    return `${before}, ${key}: ${value}${text.slice(before.length)}`;
  }
  const [keyStart] = rangeOf(last.key);
  const indent = " ".repeat(keyStart - (text.lastIndexOf("\n", keyStart - 1) + 1));
  const lineEnd = endOfLine(text, rangeOf(last.value ?? last.key)[1]);
  return `${text.slice(0, lineEnd)}\n${indent}${key}: ${value}${text.slice(lineEnd)}`;
}

/** The end of the line of a value. The value of a block scalar ends after its line break. */
function endOfLine(text: string, offset: number): number {
  const lastCharacter = text.slice(0, offset).trimEnd().length;
  const end = text.indexOf("\n", lastCharacter);
  return end === -1 ? text.length : end;
}

function withSource(spec: Spec, name: string, recordedOn: string): string {
  const { text } = spec.file(spec.sourcesFile);
  if (spec.sources[name]) return text;
  const entry = [
    `${name}:`,
    "  basis: observed",
    `  description: A recording of the real API, from ${recordedOn}, shows it.`,
    "  x-es:",
    `    description: Lo muestra una grabación de la API real, del ${recordedOn}.`,
  ];
  return `${text.trimEnd()}\n\n${entry.join("\n")}\n`;
}

/** Sources that were cited before, and aren't any more. Lint rejects a source that nothing cites. */
function unusedSources(before: Spec, after: Spec, added: string): string[] {
  const isCited = (spec: Spec, name: string) =>
    citingFiles(before).some((file) => mentions(spec.file(file).text, name));
  return Object.keys(before.sources).filter((name) => name !== added && !isCited(after, name));
}

const citingFiles = (spec: Spec): string[] => spec.allFiles().filter((file) => file !== spec.sourcesFile);

const mentions = (text: string, source: string): boolean =>
  new RegExp(`source: ${source}(?![\\w-])`).test(text);

function withoutSource(spec: Spec, name: string): string {
  const { yaml, text } = spec.file(spec.sourcesFile);
  const pairs = isMap(yaml.contents) ? (yaml.contents.items as Pair[]) : [];
  const index = pairs.findIndex(({ key }) => String(key) === name);
  const start = rangeOf(pairs[index]?.key)[0];
  const next = pairs[index + 1];
  const end = next ? rangeOf(next.key)[0] : text.length;
  return `${(text.slice(0, start) + text.slice(end)).trimEnd()}\n`;
}
