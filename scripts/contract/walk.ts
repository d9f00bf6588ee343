// Walks down a schema. For each rule it returns changes of a valid value: some keep the rule, some break it.
import type { Document, Schema } from "../openapi/document.js";
import { escapePointer } from "../openapi/pointers.js";
import { child } from "../openapi/references.js";
import { branches, flatten, isObject, type SchemaNode } from "../openapi/schemas.js";
import type { Change, Violation } from "./case.js";
import { type Probe, probes, sample } from "./probes.js";
import type { SchemaValidator } from "./schemas.js";

/** A change of a valid value, and the rule that it breaks, if any. */
export interface Variation {
  /** Location and rule, such as `body.email › format`. */
  name: string;
  about: string;
  /** The name of the valid value that is changed. */
  from: string;
  change: Change;
  violations: Violation[];
  partial?: true;
}

/** A position inside a valid value: the value there, and how to replace it. */
export interface Slot {
  from: string;
  value: unknown;
  /** JSON pointer to the position. Absent if the valid value has no such position, so that its parent must be set too. */
  pointer?: string | undefined;
  put: (value: unknown) => Change;
  /** Removes the position. Absent if it can't be removed. */
  drop?: Change;
}

export interface WalkContext {
  document: Document;
  validate: SchemaValidator;
  /** All violations of a valid value after a change. */
  verify: (from: string, change: Change) => Violation[];
  /** Whether the values are sent as strings. */
  isString: boolean;
  /** Shared schemas that already have their cases. A reference to one of them gets one case only. */
  done?: Set<string>;
}

/** The location as violations name it, and the label in ids, which also names the branch of a union. */
export interface Name {
  location: string[];
  label: string;
}

/** What the functions that walk down one schema share. */
interface Step {
  context: WalkContext;
  node: SchemaNode;
  slot: Slot;
  name: Name;
  /** Adds a variation if it has exactly the expected effect. */
  add: (rule: string, about: string, change: Change, violation?: Violation) => void;
  /** Walks down a schema inside this one. */
  descend: (member: SchemaNode, slot: Slot, name: Name) => Variation[];
}

/** The variations of the first slot. The other slots are examples for the branches of a union. */
export function walk(
  context: WalkContext,
  node: SchemaNode,
  slots: Slot[],
  name: Name,
  visited: string[] = [],
): Variation[] {
  const { document, done, isString } = context;
  const [slot] = slots;
  if (!slot || visited.includes(node.pointer)) return [];
  const references = new Set<string>();
  const nodes = flatten(document, node, (pointer) => {
    if (!done?.has(pointer)) return false;
    references.add(pointer);
    return true;
  });
  const found: Variation[] = [];
  const add: Step["add"] = (rule, about, change, violation) => {
    const all = context.verify(slot.from, change);
    const hasEffect = violation === undefined ? all.length === 0 : all.includes(violation);
    if (!hasEffect) return;
    found.push({
      name: `${name.label} › ${rule}`,
      about,
      from: slot.from,
      change,
      violations: violation === undefined ? [] : [violation],
      ...(all.length > 1 ? { partial: true } : {}),
    });
  };
  const addProbe = ({ name: rule, about, value, violates }: Probe) =>
    add(rule, about, slot.put(value), violates && `${name.location.join(".")} ${violates}`);
  const descend: Step["descend"] = (member, at, memberName) =>
    walk(context, member, [at], memberName, [...visited, node.pointer]);
  const required = new Set(nodes.flatMap(({ value }) => value.required ?? []));

  for (const each of nodes) {
    const own = probes(each, slot.value, isString);
    if (references.has(each.pointer)) {
      // One mistake proves the reference.
      const [proof] = referenceProbes(context, nodes, each, own);
      if (proof) addProbe(proof);
      continue;
    }
    if (isSharedSchema(each.pointer)) done?.add(each.pointer);
    own.forEach(addProbe);
    const step: Step = { context, node: each, slot, name, add, descend };
    found.push(...walkBranches(step, slots));
    if (isObject(slot.value)) found.push(...walkObject(step, slot.value, required));
    if (Array.isArray(slot.value) && each.value.items) found.push(...walkItems(step, slot.value));
  }
  return found;
}

/** `#/components/schemas/Customer`, but not a schema inside it. */
const isSharedSchema = (pointer: string): boolean => pointer.split("/").length === 4;

/** Mistakes that only the referenced schema reports: a wrong type, or a value that fits no branch of a union. */
function referenceProbes(
  { document, isString }: WalkContext,
  nodes: SchemaNode[],
  reference: SchemaNode,
  own: Probe[],
): Probe[] {
  const typesIn = (list: Probe[]) => list.filter(({ violates }) => violates === "type");
  if (typesIn(own).length > 0) return typesIn(own);
  const referenced = flatten(document, reference).filter((node) => !nodes.includes(node));
  const probed = typesIn(referenced.flatMap((node) => probes(node, undefined, isString)));
  const union = [reference, ...referenced].find(({ value }) => value.oneOf ?? value.anyOf);
  if (!union) return probed;
  const keyword = union.value.oneOf ? "oneOf" : "anyOf";
  return [...probed, { name: keyword, about: `${union.pointer}/${keyword}`, value: 5, violates: keyword }];
}

function walkItems({ context, node, slot, name, add, descend }: Step, value: unknown[]): Variation[] {
  const items = child<Schema>(node, "items");
  if (node.value.minItems === undefined) add("none", items.pointer, slot.put([]));
  const filled =
    value.length > 0 ? slot : withValue(slot, [sample(context.document, items, context.validate)]);
  const first = inside(filled, 0, (filled.value as unknown[])[0]);
  return descend(items, first, { location: [...name.location, "0"], label: `${name.label}.0` });
}

function walkBranches({ context, node, slot, name, add, descend }: Step, slots: Slot[]): Variation[] {
  const members = branches(node);
  if (members.length === 0) return [];
  const keyword = node.value.oneOf ? "oneOf" : "anyOf";
  const violation = `${name.location.join(".")} ${keyword}`;
  const matchesNoBranch = [5, "text", {}, [], true, null].find((value) =>
    context.verify(slot.from, slot.put(value)).includes(violation),
  );
  if (matchesNoBranch !== undefined)
    add(keyword, `${node.pointer}/${keyword}`, slot.put(matchesNoBranch), violation);
  return members.flatMap((member, index) => {
    const matches = ({ value }: Slot) => context.validate(member.pointer, value, "").length === 0;
    const matching =
      slots.find(matches) ?? withValue(slot, sample(context.document, member, context.validate));
    const label = `${name.label}(${member.value.$ref?.split("/").pop() ?? index + 1})`;
    if (matching.pointer === undefined)
      add(`${keyword} ${index + 1}`, member.pointer, matching.put(matching.value));
    return descend(member, matching, { ...name, label });
  });
}

/** The same position with another value. To change a part of the new value, all of it must be set. */
const withValue = ({ from, put }: Slot, value: unknown): Slot => ({ from, value, put });

function walkObject(
  { context, node, slot, name, add, descend }: Step,
  value: Record<string, unknown>,
  required: Set<string>,
): Variation[] {
  const { properties = {}, additionalProperties, unevaluatedProperties } = node.value;
  const location = name.location.join(".");
  const sampleOf = (member: SchemaNode) => sample(context.document, member, context.validate);
  const memberOf = (key: string) => child<Schema>(node, "properties", key);
  const keys = Object.keys(properties);

  for (const [index, key] of (node.value.required ?? []).entries()) {
    const { drop } = inside(slot, key, value[key]);
    if (drop)
      add(`${key} required`, `${node.pointer}/required/${index}`, drop, `${location}.${key} required`);
  }
  const optional = keys.filter((key) => !required.has(key));
  const present = Object.keys(value).filter((key) => !required.has(key));
  if (optional.length > 0) add("only what is required", node.pointer, withoutKeys(slot, present));
  for (const key of optional) {
    const member = memberOf(key);
    const added = key in value ? {} : { [key]: sampleOf(member) };
    const others = present.filter((each) => each !== key);
    add(`${key} alone`, member.pointer, withoutKeys(slot, others, added));
  }
  const closed = Object.entries({ additionalProperties, unevaluatedProperties });
  const [closedBy] = closed.find(([, allowed]) => allowed === false) ?? [];
  const unexpected = inside(slot, "unexpected", undefined).put("x");
  if (closedBy)
    add(closedBy, `${node.pointer}/${closedBy}`, unexpected, `${location}.unexpected ${closedBy}`);
  else if (node.value.properties && !closed.some(([, allowed]) => isObject(allowed)))
    add("unknown field", node.pointer, unexpected);

  const walkMember = (key: string, member: SchemaNode) => {
    const isPresent = key in value && value[key] !== null;
    const at = inside(slot, key, isPresent ? value[key] : sampleOf(member));
    return descend(member, at, { location: [...name.location, key], label: `${name.label}.${key}` });
  };
  return [
    ...keys.flatMap((key) => walkMember(key, memberOf(key))),
    ...(isObject(additionalProperties)
      ? walkMember("any_key", child<Schema>(node, "additionalProperties"))
      : []),
  ];
}

/** The change that removes some keys of an object and adds others. */
function withoutKeys(slot: Slot, removed: string[], added: Record<string, unknown> = {}): Change {
  const { pointer } = slot;
  if (pointer === undefined) {
    const kept = Object.entries(slot.value as object).filter(([key]) => !removed.includes(key));
    return slot.put({ ...Object.fromEntries(kept), ...added });
  }
  const pointerTo = (key: string) => `${pointer}/${escapePointer(key)}`;
  const set = Object.fromEntries(Object.entries(added).map(([key, value]) => [pointerTo(key), value]));
  return {
    ...(removed.length > 0 ? { remove: removed.map(pointerTo) } : {}),
    ...(Object.keys(set).length > 0 ? { set } : {}),
  };
}

/** The position of a key or an index inside another position. */
function inside(slot: Slot, key: string | number, value: unknown): Slot {
  const parent = slot.value as Record<string | number, unknown>;
  const exists = Object.hasOwn(parent, key) && parent[key] === value;
  if (slot.pointer !== undefined) {
    const pointer = `${slot.pointer}/${escapePointer(String(key))}`;
    const put = (next: unknown): Change => ({ set: { [pointer]: next } });
    return { from: slot.from, value, put, ...(exists ? { pointer, drop: { remove: [pointer] } } : {}) };
  }
  const put = (next: unknown): Change =>
    slot.put(Array.isArray(parent) ? parent.with(Number(key), next) : { ...parent, [key]: next });
  if (!exists || Array.isArray(parent)) return { from: slot.from, value, put };
  const { [key]: _removed, ...others } = parent;
  return { from: slot.from, value, put, drop: slot.put(others) };
}

/** The whole body of a valid request or response. */
export const bodySlot = (from: string, value: unknown): Slot => ({
  from,
  value,
  pointer: "/body",
  put: (next) => ({ set: { "/body": next } }),
});
