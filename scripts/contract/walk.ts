// Down a schema, place by place: for each rule what keeps it and what breaks it, as changes of a good value.
import { type Break, type Change, escapeKey } from "./case.js";
import { below, type Document, flatten, type Node, type Schema } from "./document.js";
import type { SchemaJudge } from "./schemas.js";
import { branches, isObject, type Probe, probes, sample } from "./values.js";

/** A change of a good value, and the rule it breaks; none: it stays good. */
export interface Variation {
  /** Place and rule, such as `body.email › format`. */
  name: string;
  about: string;
  /** Name of the good value that is changed. */
  from: string;
  change: Change;
  breaks: Break[];
  among?: true;
}

/** A place in a good value: what stands there, and how to put something else there. */
export interface Spot {
  from: string;
  value: unknown;
  /** Where it is, if the good value has it already; else it must be put there with what surrounds it. */
  pointer?: string | undefined;
  put: (value: unknown) => Change;
  /** Takes the place away; absent where it cannot go. */
  drop?: Change;
}

export interface Walk {
  document: Document;
  judge: SchemaJudge;
  /** Everything that is broken once a good value is changed so. */
  verify: (from: string, change: Change) => Break[];
  /** Values travel as text. */
  wire: boolean;
  /** Schemas that have had their turn: they are walked once, and only linked to from then on. */
  done?: Set<string>;
}

/** `place` names a part as a violation does, `label` as an id does, with the branch taken. */
interface Name {
  place: string[];
  label: string;
}

export function walk(
  context: Walk,
  node: Node,
  spots: Spot[],
  name: Name,
  trail: string[] = [],
): Variation[] {
  const { document, done } = context;
  const [spot] = spots;
  if (!spot || trail.includes(node.pointer)) return [];
  const linked = new Set<string>();
  const nodes = flatten(document, node, (pointer) => {
    if (!done?.has(pointer)) return false;
    linked.add(pointer);
    return true;
  });
  const found: Variation[] = [];
  const add = (rule: string, about: string, at: Spot, change: Change, breaks?: Break) => {
    const all = context.verify(at.from, change);
    if (breaks === undefined ? all.length > 0 : !all.includes(breaks)) return;
    found.push({
      name: `${name.label} › ${rule}`,
      about,
      from: at.from,
      change,
      breaks: breaks === undefined ? [] : [breaks],
      ...(all.length > 1 ? { among: true } : {}),
    });
  };
  const addProbe = ({ name: rule, about, value, breaks }: Probe) =>
    add(rule, about, spot, spot.put(value), breaks && `${name.place.join(".")} ${breaks}`);

  for (const each of nodes) {
    const all = probes(each, spot.value, context.wire);
    if (linked.has(each.pointer)) {
      // One mistake is enough to see that the link is there.
      const [proof] = firstBreaks(context, nodes, each, all);
      if (proof) addProbe(proof);
      continue;
    }
    if (each.pointer.split("/").length === 4) done?.add(each.pointer);
    all.forEach(addProbe);
    found.push(...ofBranches(context, each, spots, name, [...trail, node.pointer], add));
    if (isObject(spot.value)) {
      const required = new Set(nodes.flatMap(({ value }) => value.required ?? []));
      found.push(...ofObject(context, each, spot, required, name, [...trail, node.pointer], add));
    }
    if (Array.isArray(spot.value) && each.value.items) {
      const items = below<Schema>(each, "items");
      if (each.value.minItems === undefined) add("none", items.pointer, spot, spot.put([]));
      const filled = spot.value.length > 0 ? spot : replaced(spot, [sample(document, items, context.judge)]);
      const child = inside(filled, 0, (filled.value as unknown[])[0]);
      const deeper = { place: [...name.place, "0"], label: `${name.label}.0` };
      found.push(...walk(context, items, [child], deeper, [...trail, node.pointer]));
    }
  }
  return found;
}

type Add = (rule: string, about: string, at: Spot, change: Change, breaks?: Break) => void;

/** A mistake that only the linked schema would notice; of a union, none of its branches. */
function firstBreaks(context: Walk, nodes: Node[], linked: Node, all: Probe[]): Probe[] {
  const own = all.filter(({ breaks }) => breaks === "type");
  if (own.length > 0) return own;
  const deeper = flatten(context.document, linked).filter((node) => !nodes.includes(node));
  const inherited = deeper.flatMap((node) => probes(node, undefined, context.wire));
  const union = [linked, ...deeper].find(({ value }) => value.oneOf ?? value.anyOf);
  const keyword = union?.value.oneOf ? "oneOf" : "anyOf";
  return [
    ...inherited.filter(({ breaks }) => breaks === "type"),
    ...(union ? [{ name: keyword, about: `${union.pointer}/${keyword}`, value: 5, breaks: keyword }] : []),
  ];
}

function ofBranches(
  context: Walk,
  node: Node,
  spots: Spot[],
  name: Name,
  trail: string[],
  add: Add,
): Variation[] {
  const [spot] = spots;
  const members = branches(node);
  if (!spot || members.length === 0) return [];
  const keyword = node.value.oneOf ? "oneOf" : "anyOf";
  const about = `${node.pointer}/${keyword}`;
  const place = name.place.join(".");
  const stranger = [5, "text", {}, [], true, null].find((value) =>
    context.verify(spot.from, spot.put(value)).includes(`${place} ${keyword}`),
  );
  if (stranger !== undefined) add(keyword, about, spot, spot.put(stranger), `${place} ${keyword}`);
  return members.flatMap((member, index) => {
    const fits = ({ value }: Spot) => context.judge(member.pointer, value, "").length === 0;
    const fitting = spots.find(fits) ?? replaced(spot, sample(context.document, member, context.judge));
    const label = `${name.label}(${member.value.$ref?.split("/").pop() ?? index + 1})`;
    if (fitting.pointer === undefined)
      add(`${keyword} ${index + 1}`, member.pointer, fitting, fitting.put(fitting.value));
    return walk(context, member, [fitting], { ...name, label }, trail);
  });
}

/** The same spot with another value in it, which must be put there whole before a part of it can change. */
const replaced = (spot: Spot, value: unknown): Spot => ({ from: spot.from, value, put: spot.put });

function ofObject(
  context: Walk,
  node: Node,
  spot: Spot,
  required: Set<string>,
  name: Name,
  trail: string[],
  add: Add,
): Variation[] {
  const value = spot.value as Record<string, unknown>;
  const { properties = {}, additionalProperties: extra, unevaluatedProperties: rest } = node.value;
  const place = name.place.join(".");
  for (const [index, key] of (node.value.required ?? []).entries()) {
    const { drop } = inside(spot, key, value[key]);
    const about = `${node.pointer}/required/${index}`;
    if (drop) add(`${key} required`, about, spot, drop, `${place}.${key} required`);
  }
  const optional = Object.keys(properties).filter((key) => !required.has(key));
  const spare = Object.keys(value).filter((key) => !required.has(key));
  if (optional.length > 0) add("only what is required", node.pointer, spot, thinned(spot, spare));
  for (const key of optional) {
    const member = below<Schema>(node, "properties", key);
    const more = key in value ? {} : { [key]: sample(context.document, member, context.judge) };
    const others = spare.filter((each) => each !== key);
    add(`${key} alone`, member.pointer, spot, thinned(spot, others, more));
  }
  const closed =
    extra === false ? "additionalProperties" : rest === false ? "unevaluatedProperties" : undefined;
  const unknown = inside(spot, "unexpected", undefined).put("x");
  if (closed) add(closed, `${node.pointer}/${closed}`, spot, unknown, `${place}.unexpected ${closed}`);
  else if (node.value.properties && !isObject(extra) && !isObject(rest))
    add("unknown field", node.pointer, spot, unknown);

  const deeper = (key: string, member: Node, own: unknown) =>
    walk(
      context,
      member,
      [inside(spot, key, own)],
      { place: [...name.place, key], label: `${name.label}.${key}` },
      trail,
    );
  const named = Object.keys(properties).flatMap((key) => {
    const member = below<Schema>(node, "properties", key);
    const present = key in value && value[key] !== null;
    return deeper(key, member, present ? value[key] : sample(context.document, member, context.judge));
  });
  if (!isObject(extra)) return named;
  const member = below<Schema>(node, "additionalProperties");
  return [...named, ...deeper("any_key", member, sample(context.document, member, context.judge))];
}

/** An object without some of its keys, and with others that it does not have. */
function thinned(spot: Spot, gone: string[], more: Record<string, unknown> = {}): Change {
  const { pointer } = spot;
  if (pointer === undefined) {
    const kept = Object.entries(spot.value as object).filter(([key]) => !gone.includes(key));
    return spot.put({ ...Object.fromEntries(kept), ...more });
  }
  const path = (key: string) => `${pointer}/${escapeKey(key)}`;
  const set = Object.fromEntries(Object.entries(more).map(([key, value]) => [path(key), value]));
  return {
    ...(gone.length > 0 ? { remove: gone.map(path) } : {}),
    ...(Object.keys(set).length > 0 ? { set } : {}),
  };
}

/** The spot of a key or an index inside the value at another spot. */
function inside(spot: Spot, key: string | number, value: unknown): Spot {
  const whole = spot.value as Record<string | number, unknown>;
  const there = Object.hasOwn(whole, key) && whole[key] === value;
  if (spot.pointer !== undefined) {
    const pointer = `${spot.pointer}/${escapeKey(String(key))}`;
    const put = (next: unknown): Change => ({ set: { [pointer]: next } });
    return { from: spot.from, value, put, ...(there ? { pointer, drop: { remove: [pointer] } } : {}) };
  }
  const put = (next: unknown): Change =>
    spot.put(Array.isArray(whole) ? whole.with(Number(key), next) : { ...whole, [key]: next });
  if (!there || Array.isArray(whole)) return { from: spot.from, value, put };
  const { [key]: _gone, ...others } = whole;
  return { from: spot.from, value, put, drop: spot.put(others) };
}
