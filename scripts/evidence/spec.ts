// The statements of spec/ with the file and the line of each. The bundle doesn't know where a statement was written.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { isMap, isNode, LineCounter, type Pair, parseDocument, type Document as YamlDocument } from "yaml";
import { type Statement, statementsOf } from "../../spec/rules/statements.js";
import type { At, Resolve } from "../../spec/rules/walk.js";
import { root, shown } from "../cli.js";
import { methods } from "../openapi/document.js";
import { keysOf, pointerOf } from "../openapi/pointers.js";

/** A place in one file of the specification. */
export interface Place extends At {
  file: string;
  keys: (string | number)[];
  child(keys: (string | number)[]): Place;
  key(): Place;
}

/** A part of a YAML file. */
// biome-ignore lint/suspicious/noExplicitAny: nothing has checked the files yet, so a part can have any form, or be missing.
export type Node = any;

export interface SpecOperation {
  id: string;
  method: string;
  path: string;
  node: Node;
  at: Place;
}

/** How recorded traffic can confirm a statement that cites a source. `presence` is the default. */
export type ConfirmedBy = "presence" | "null" | "nothing";

export interface Source {
  basis: string;
  "x-confirmed-by"?: ConfirmedBy;
}

export interface SpecFile {
  text: string;
  yaml: YamlDocument;
  lines: LineCounter;
  value: unknown;
}

export interface Spec {
  rootFile: string;
  file: (path: string) => SpecFile;
  /** The paths of all files of the specification. */
  allFiles: () => string[];
  resolve: Resolve;
  operations: SpecOperation[];
  servers: string[];
  sources: Record<string, Source>;
  sourcesFile: string;
}

export const specFile = join(root, "spec/openapi.yaml");

const readText = (file: string): string => readFileSync(file, "utf8");

/** Opens the specification. With `read`, files can come from somewhere other than the disk. */
export function openSpec(rootFile = specFile, read = readText): Spec {
  const files = new Map<string, SpecFile>();
  const file = (path: string): SpecFile => {
    const known = files.get(path);
    if (known) return known;
    const text = read(path);
    const lines = new LineCounter();
    const yaml = parseDocument(text, { lineCounter: lines });
    const opened = { text, yaml, lines, value: yaml.toJS() };
    files.set(path, opened);
    return opened;
  };
  const resolve: Resolve = (node, at) => {
    if (typeof node?.$ref !== "string") return { node, at };
    const [path = "", fragment = ""] = node.$ref.split("#");
    const from = (at as Place).file;
    const target = path === "" ? from : join(dirname(from), path);
    const keys = keysOf(`#${fragment}`);
    return resolve(valueIn(file(target).value, keys), placeIn(target, keys));
  };
  const start = file(rootFile).value as Record<string, never>;
  const sources = resolve(start["x-sources"] ?? {}, placeIn(rootFile, ["x-sources"]));
  return {
    rootFile,
    file,
    allFiles: () =>
      readdirSync(dirname(rootFile), { recursive: true, encoding: "utf8" })
        .filter((path) => path.endsWith(".yaml") && !/^(rules|guides|workflows|samples)\b/.test(path))
        .map((path) => join(dirname(rootFile), path)),
    resolve,
    operations: operationsIn(start, placeIn(rootFile, []), resolve),
    servers: ((start.servers ?? []) as { url: string }[]).map(({ url }) => url.replace(/\/+$/, "")),
    sources: sources.node,
    sourcesFile: (sources.at as Place).file,
  };
}

export const placeIn = (file: string, keys: (string | number)[]): Place => ({
  file,
  keys,
  child: (more) => placeIn(file, [...keys, ...more]),
  key: () => placeIn(file, keys),
});

export const placeId = ({ file, keys }: Place): string => `${file}${pointerOf(keys)}`;

export function valueIn(value: unknown, keys: (string | number)[]): unknown {
  let inner = value;
  for (const key of keys) inner = (inner as Record<string, unknown> | undefined)?.[key];
  return inner;
}

function operationsIn(start: Record<string, unknown>, at: Place, resolve: Resolve): SpecOperation[] {
  const found: SpecOperation[] = [];
  for (const [path, raw] of Object.entries(start.paths ?? {})) {
    const item = resolve(raw, at.child(["paths", path]));
    for (const method of methods) {
      const node = item.node[method];
      if (!node) continue;
      const place = item.at.child([method]) as Place;
      found.push({ id: node.operationId ?? `${method} ${path}`, method, path, node, at: place });
    }
  }
  return found;
}

export const statementsIn = ({ node, at }: SpecOperation, resolve: Resolve): Statement[] => [
  ...statementsOf(node, at, resolve),
];

/** `spec/paths/customers.yaml:12`: the line of a statement's key. */
export function lineOf(spec: Spec, place: Place): { file: string; line: number } {
  const { yaml, lines } = spec.file(place.file);
  const offset = offsetOfKey(yaml, place.keys);
  return { file: shown(place.file), line: lines.linePos(offset).line };
}

function offsetOfKey(yaml: YamlDocument, keys: (string | number)[]): number {
  const last = keys.at(-1);
  const parent = keys.length > 1 ? yaml.getIn(keys.slice(0, -1), true) : yaml.contents;
  const pair = isMap(parent)
    ? (parent.items as Pair[]).find(({ key }) => isNode(key) && String(key) === String(last))
    : undefined;
  if (pair && isNode(pair.key)) return pair.key.range?.[0] ?? 0;
  const node = keys.length > 0 ? yaml.getIn(keys, true) : yaml.contents;
  return (isNode(node) ? node.range?.[0] : undefined) ?? 0;
}
