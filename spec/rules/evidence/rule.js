import { statementsOf } from "../statements.js";
import { reportOnce, resolver } from "../walk.js";

const bases = ["seed", "documented", "observed", "assumed"];
const pages = "https://docs.onepay.la";
const stated = new Set([
  "Info",
  "Server",
  "Tag",
  "Operation",
  "Parameter",
  "Header",
  "Response",
  "RequestBody",
]);
for (const type of ["Schema", "SecurityScheme", "Example"]) stated.add(type);

// What inherits from nothing: an operation, and whatever fills a file or a component of its own.
const alone = new Set(["Info", "Server", "Tag", "Operation"]);
const ownPlace = /^#\/(?:components\/[^/]+\/[^/]+)?$/;

/**
 * Every statement says how well it is known, and no request is refused on an assumption but those that
 * `assumedConstraints` names.
 *
 * @param {{ assumedConstraints?: string[] }} options
 */
export default function evidence({ assumedConstraints = [] }) {
  /** @type {Record<string, { basis?: string }>} */
  let sources = {};
  /** @type {Set<string>} */
  const used = new Set();
  /** @type {Set<string>} */
  const reported = new Set();

  /** @param {any} value @param {any} at @param {any} context */
  const check = (value, at, context) => {
    if (value === undefined) return;
    const fault = faultOf(value, sources);
    if (typeof value?.source === "string") used.add(value.source);
    if (fault) reportOnce(context, reported, at, fault);
    for (const [keyword, own] of Object.entries(value?.constraints ?? {}))
      check(own, at.child(["constraints", keyword]), context);
  };

  return {
    Root: {
      /** @param {any} root @param {any} context */
      enter(root, context) {
        sources = context.resolve(root["x-sources"] ?? {}).node ?? {};
      },
      /** @param {any} root @param {any} context */
      leave(root, context) {
        const at = context.resolve(root["x-sources"] ?? {}).location ?? context.location.child(["x-sources"]);
        for (const name of Object.keys(sources).filter((name) => !used.has(name))) {
          const message = `Nothing rests on the source ${name}; take it out, or name it in an x-evidence.`;
          context.report({
            message,
            location: at.child(root["x-sources"].$ref ? [name] : ["x-sources", name]).key(),
          });
        }
      },
    },
    any: {
      /** @param {any} node @param {any} context */
      enter(node, context) {
        const { location, type } = context;
        if (!stated.has(type.name)) return;
        const own = node["x-evidence"];
        check(own, location.child(["x-evidence"]), context);
        if (own === undefined && (alone.has(type.name) || ownPlace.test(location.pointer))) {
          const message = `This ${words(type.name)} does not say how well it is known; add x-evidence with a basis (${bases.join(", ")}) and a source.`;
          reportOnce(context, reported, location.key(), message);
        }
      },
    },
    ref: {
      /** @param {any} node @param {any} context */
      enter(node, context) {
        check(node["x-evidence"], context.location.child(["x-evidence"]), context);
      },
    },
    /** @param {any} operation @param {any} context */
    Operation(operation, context) {
      for (const { kind, name, evidence, at } of statementsOf(
        operation,
        context.location,
        resolver(context),
      )) {
        if (
          kind !== "constraint" ||
          evidence?.basis !== "assumed" ||
          assumedConstraints.includes(evidence.source)
        )
          continue;
        const message = `The constraint ${name} refuses requests on an assumption; take it out, or give it a basis that carries it.`;
        reportOnce(context, reported, at, message);
      }
    },
  };
}

/** @param {any} evidence @param {Record<string, { basis?: string }>} sources */
function faultOf(evidence, sources) {
  const { basis, source } = evidence ?? {};
  if (!bases.includes(basis))
    return `The basis of an x-evidence is one of ${bases.join(", ")}; this one is ${basis}.`;
  if (typeof source !== "string")
    return "An x-evidence needs a source: a page's address, or the name of an entry of x-sources.";
  if (basis === "documented")
    return source === pages || source.startsWith(`${pages}/`)
      ? undefined
      : `What is documented has the address of OnePay's page as its source (${pages}/…); this one is ${source}.`;
  const entry = sources[source];
  if (!entry) return `There is no source ${source}; describe it in x-sources, in both languages.`;
  return entry.basis === basis
    ? undefined
    : `The source ${source} is ${entry.basis}, and this x-evidence says ${basis}; make them agree.`;
}

/** `SecurityScheme` → `security scheme`. @param {string} type */
const words = (type) => type.replace(/(?<=[a-z])(?=[A-Z])/g, " ").toLowerCase();
