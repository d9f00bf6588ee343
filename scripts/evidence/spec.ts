// The statements of spec/ with the file and the line of each. The bundle doesn't know where a statement was written.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import {
  isMap,
  LineCounter,
  parseDocument,
  type Document as YamlDocument,
  type Node as YamlNode,
} from "yaml";
import { type Basis, type Statement, statementsOf } from "../../spec/rules/statements.js";
import type { At, Resolve } from "../../spec/rules/walk.js";
import { root, shown } from "../cli.js";
import { methods } from "../openapi/document.js";
import { keysOf, pointerOf } from "../openapi/pointers.js";

/** A place in one file of the specification. */
export interface Place extends At {
  file: string;
  keys: (string | number)[];
  child(keys: (string | number)[]): Place;
}

/** A part of a YAML file. */
// biome-ignore lint/suspicious/noExplicitAny: nothing has checked the files yet, so a part can have any form, or be missing.
export type Node = any;

export interface Found {
  node: Node;
  at: Place;
}

export interface SpecOperation extends Found {
  id: string;
  method: string;
  path: string;
}

export interface SpecStatement {
  operation: string;
  kind: Statement["kind"];
  name: string;
  evidence: Basis;
  place: Place;
}

interface SpecFile {
  yaml: YamlDocument;
  lines: LineCounter;
  value: Node;
}

export interface Spec {
  rootFile: string;
  /** The paths of all files of the specification. */
  files: string[];
  read(file: string): string;
  open(file: string): SpecFile;
  resolve(node: Node, at: At): Found;
  operations: SpecOperation[];
  servers: string[];
  sources: Record<string, { "x-confirmed-by"?: "null" | "nothing" }>;
  sourcesFile: string;
}

const specFile = join(root, "spec/openapi.yaml");

/** Opens the specification. With `read`, files can come from somewhere other than the disk. */
export function openSpec(rootFile = specFile, read = (file: string) => readFileSync(file, "utf8")): Spec {
  const opened = new Map<string, SpecFile>();
  const open = (file: string): SpecFile => {
    const known = opened.get(file);
    if (known) return known;
    const lines = new LineCounter();
    const yaml = parseDocument(read(file), { lineCounter: lines });
    const found = { yaml, lines, value: yaml.toJS() };
    opened.set(file, found);
    return found;
  };
  const resolve = (node: Node, at: At): Found => {
    const place = at as Place;
    if (typeof node?.$ref !== "string") return { node, at: place };
    const [path = "", fragment = ""] = node.$ref.split("#");
    const target = path === "" ? place.file : join(dirname(place.file), path);
    const keys = keysOf(`#${fragment}`);
    const found = keys.reduce((inner: Node, key) => inner?.[key], open(target).value);
    return resolve(found, placeIn(target, keys));
  };
  const start = { node: open(rootFile).value, at: placeIn(rootFile, []) };
  const sources = resolve(start.node["x-sources"] ?? {}, start.at.child(["x-sources"]));
  return {
    rootFile,
    files: readdirSync(dirname(rootFile), { recursive: true, encoding: "utf8" })
      .filter((path) => path.endsWith(".yaml") && !/^(rules|guides|workflows|samples)\b/.test(path))
      .map((path) => join(dirname(rootFile), path)),
    read,
    open,
    resolve,
    operations: operationsIn(start, resolve),
    servers: (start.node.servers ?? []).map(({ url }: { url: string }) => url.replace(/\/+$/, "")),
    sources: sources.node,
    sourcesFile: sources.at.file,
  };
}

const placeIn = (file: string, keys: (string | number)[]): Place => ({
  file,
  keys,
  child: (more) => placeIn(file, [...keys, ...more]),
  key: () => placeIn(file, keys),
});

export const placeId = ({ file, keys }: Place): string => `${file}${pointerOf(keys)}`;

const operationsIn = ({ node, at }: Found, resolve: Resolve): SpecOperation[] =>
  Object.entries<Node>(node.paths ?? {}).flatMap(([path, raw]) => {
    const item = resolve(raw, at.child(["paths", path]));
    return methods
      .filter((method) => item.node[method])
      .map((method) => ({
        id: item.node[method].operationId ?? `${method} ${path}`,
        method,
        path,
        node: item.node[method],
        at: item.at.child([method]) as Place,
      }));
  });

/** The statements about each operation. One about a shared component comes once for each operation that uses it. */
export function* statementsIn({ operations, resolve }: Spec): Generator<SpecStatement> {
  for (const { id, node, at } of operations)
    for (const { kind, name, evidence, at: place } of statementsOf(node, at, resolve))
      if (evidence) yield { operation: id, kind, name, evidence, place: place as Place };
}

/** `spec/paths/customers.yaml` and 12: the line of a statement's key. */
export function positionOf(spec: Spec, { file, keys }: Place): { file: string; line: number } {
  const { yaml, lines } = spec.open(file);
  const parent = yaml.getIn(keys.slice(0, -1), true);
  const pair = isMap(parent) && parent.items.find(({ key }) => String(key) === String(keys.at(-1)));
  const node = (pair ? pair.key : yaml.getIn(keys, true)) as YamlNode;
  return { file: shown(file), line: lines.linePos(node.range?.[0] ?? 0).line };
}
