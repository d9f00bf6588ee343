import { statementsOf } from "../statements.js";
import { reportOnce, resolver } from "../walk.js";

const bases = ["documented", "observed", "assumed"];
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

// These inherit evidence from nothing: an operation, and everything that's alone in a file or component.
const alone = new Set(["Info", "Server", "Tag", "Operation"]);
const ownPlace = /^#\/(?:components\/[^/]+\/[^/]+)?$/;

/**
 * Every statement cites its evidence, and no constraint on a request is assumed, except those that
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
    const problem = problemOf(value, sources);
    if (typeof value?.source === "string") used.add(value.source);
    if (problem) reportOnce(context, reported, at, problem);
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
          const message = `No x-evidence cites the source ${name}; remove it, or cite it.`;
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
          const message = `This ${spaced(type.name)} has no evidence; add x-evidence with a basis (${bases.join(", ")}) and a source.`;
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
        const message = `The constraint ${name} rejects requests, but is only assumed; remove it, or cite better evidence.`;
        reportOnce(context, reported, at, message);
      }
    },
  };
}

/** @param {any} evidence @param {Record<string, { basis?: string }>} sources */
function problemOf(evidence, sources) {
  const { basis, source } = evidence ?? {};
  if (!bases.includes(basis)) return `x-evidence has the basis ${basis}; use one of ${bases.join(", ")}.`;
  if (typeof source !== "string")
    return "This x-evidence has no source; add the URL of a page, or the name of an entry in x-sources.";
  if (basis === "documented" && isPage(source)) return undefined;
  const entry = sources[source];
  if (!entry && basis === "documented")
    return `${source} isn't a page of OnePay's documentation; cite one (${pages}/…), or add it to x-sources.`;
  if (!entry) return `The source ${source} doesn't exist; add it to x-sources, in both languages.`;
  return entry.basis === basis
    ? undefined
    : `The source ${source} is ${entry.basis}, but this x-evidence is ${basis}; use the same basis.`;
}

/** @param {string} source */
const isPage = (source) => source === pages || source.startsWith(`${pages}/`);

/** `SecurityScheme` → `security scheme`. @param {string} type */
const spaced = (type) => type.replace(/(?<=[a-z])(?=[A-Z])/g, " ").toLowerCase();
