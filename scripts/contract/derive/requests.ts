// Cases about requests: what a client may and may not send.
import type { Schema } from "../../openapi/document.js";
import type { OperationNode, SecurityNode } from "../../openapi/operations.js";
import { child } from "../../openapi/references.js";
import { examplesOf, mediaTypesOf } from "../../openapi/schemas.js";
import { exampleStatus, isSuccess, matchesStatus } from "../../openapi/statuses.js";
import { applyChange, type Change, type HttpRequest, type RequestCase, type Violation } from "../case.js";
import { credential, parameterLocation, parameterPointer, setParameter } from "../parameters.js";
import { bodySlot, type Slot, type Variation, walk } from "../walk.js";
import { type Derivation, validValue } from "./valid.js";

interface RequestDerivation extends Derivation {
  requests: Record<string, HttpRequest>;
  /** Creates a case from the rule, the part of the document, what is different from a valid request, and the effect. */
  create: (
    rule: string,
    about: string,
    change: Change,
    effect?: Partial<Pick<RequestCase, "from" | "violations" | "partial">>,
  ) => RequestCase;
  /** All violations of a valid request after a change. */
  verify: (from: string, change: Change) => Violation[];
}

export function requestCases(derivation: Derivation, requests: Record<string, HttpRequest>): RequestCase[] {
  const { document, operation, validator } = derivation;
  const names = Object.keys(requests);
  const context: RequestDerivation = {
    ...derivation,
    requests,
    create: (rule, about, change, effect = {}) => ({
      kind: "request",
      id: `${operation.id} › ${rule}`,
      about,
      from: names[0] ?? "",
      status: statusFor(effect.violations ?? [], operation),
      violations: [],
      ...change,
      ...effect,
    }),
    verify: (from, change) => validator.request(applyChange(requests[from] as HttpRequest, change)),
  };
  const examples = mediaTypesOf(operation.body).flatMap((mediaType) => examplesOf(document, mediaType));
  const pointerOf = (name: string) =>
    examples.find((each) => each.name === name)?.pointer ?? operation.pointer;
  return [
    ...names.map((from) => context.create(`example ${from}`, pointerOf(from), {}, { from })),
    ...bodyCases(context),
    ...operation.parameters.flatMap((parameter) => parameterCases(context, parameter)),
    ...securityCases(context),
    ...protocolCases(context),
  ];
}

/** The status that Prism returns: for an invalid request, the first of these that is documented. */
function statusFor([violation]: Violation[], { responses }: OperationNode): number {
  const firstDocumented = (...wanted: [number, ...number[]]) =>
    wanted.find((code) => responses.some(({ status }) => matchesStatus(status, code))) ?? wanted[0];
  switch (violation) {
    case undefined:
      return successStatus(responses);
    case "security":
      return 401;
    case "malformed":
      return 400;
    case "method":
      return 405;
    case "accept":
      return 406;
    case "content-type":
      return firstDocumented(415, 422, 400);
    default:
      return firstDocumented(422, 400);
  }
}

function successStatus(responses: OperationNode["responses"]): number {
  const statuses = responses.map(({ status }) => status);
  const [success = statuses[0]] = statuses.filter(isSuccess).sort();
  return exampleStatus(success ?? "default");
}

const fromVariation =
  ({ create }: RequestDerivation) =>
  ({ name, about, change, ...effect }: Variation) =>
    create(name, about, change, effect);

function bodyCases(derivation: RequestDerivation): RequestCase[] {
  const { document, operation, requests, create, verify } = derivation;
  const [mediaType] = mediaTypesOf(operation.body);
  if (!operation.body || !mediaType) return [];
  const [from = ""] = Object.keys(requests);
  const schema = child<Schema>(mediaType, "schema");
  const slots = Object.entries(requests).map(([name, { body }]) => bodySlot(name, body));
  const withEffect = (rule: string, about: string, change: Change) =>
    create(rule, about, change, { violations: verify(from, change) });
  const remove = ["/body"];
  const text = { "/raw": "first_name=Ana" };
  const header = "/headers/content-type";
  return [
    ...walk({ ...derivation, isString: false }, schema, slots, { location: ["body"], label: "body" }).map(
      fromVariation(derivation),
    ),
    ...examplesOf(document, mediaType, "x-counterexamples").map(({ name, pointer, value }) =>
      withEffect(`counter-example ${name}`, pointer, { set: { "/body": value } }),
    ),
    withEffect("body › absent", operation.body.pointer, { remove }),
    withEffect("body › malformed", operation.body.pointer, { remove, set: { "/raw": '{"' } }),
    withEffect("content-type › another", mediaType.pointer, {
      remove,
      set: { ...text, [header]: "text/plain" },
    }),
    withEffect("content-type › absent", mediaType.pointer, { remove: [...remove, header], set: text }),
  ];
}

function parameterCases(
  derivation: RequestDerivation,
  parameter: OperationNode["parameters"][number],
): RequestCase[] {
  const { document, requests, create } = derivation;
  const { pointer, value: object } = parameter;
  const [from = ""] = Object.keys(requests);
  const location = parameterLocation(object);
  const label = location.join(".");
  const value = validValue(derivation, parameter);
  const put = (next: unknown) => setParameter(object, next);
  const slot: Slot = { from, value, put };
  const cases: RequestCase[] = [];
  if (!object.required) cases.push(create(`${label} › present`, pointer, put(value)));
  // A path without one of its parameters is another path.
  else if (object.in !== "path") {
    const absent = { remove: [parameterPointer(object)] };
    cases.push(create(`${label} › required`, pointer, absent, { violations: [`${label} required`] }));
  }
  return [
    ...cases,
    ...examplesOf(document, parameter).map((example) =>
      create(`${label} › example ${example.name}`, example.pointer, put(example.value)),
    ),
    ...walk({ ...derivation, isString: true }, child(parameter, "schema"), [slot], { location, label }).map(
      fromVariation(derivation),
    ),
  ];
}

function securityCases({ operation, requests, create, verify }: RequestDerivation): RequestCase[] {
  const { pointer, requirements } = operation.security;
  const [first = [], ...others] = requirements;
  const [from = ""] = Object.keys(requests);
  const withOnly = (schemes: SecurityNode[]): Change => {
    const set = Object.assign({}, ...schemes.map((scheme) => credential(scheme).set));
    const all = first.flatMap((scheme) => Object.keys(credential(scheme).set ?? {}));
    return { set, remove: all.filter((each) => !(each in set)) };
  };
  const anotherScheme = { set: { "/headers/authorization": "Basic c2s6" } };
  return [
    ...first.map((missing) => {
      const change = withOnly(first.filter((scheme) => scheme !== missing));
      const about = `${pointer}/0/${missing.name}`;
      return create(`security › without ${missing.name}`, about, change, {
        violations: verify(from, change),
      });
    }),
    ...first
      .filter(({ scheme }) => scheme.type === "http")
      .map(({ name }) =>
        create(`security › ${name} by another scheme`, `${pointer}/0/${name}`, anotherScheme, {
          violations: ["security"],
        }),
      ),
    ...others.map((schemes, index) => {
      const names = schemes.map(({ name }) => name).join(" and ") || "nothing";
      return create(`security › by ${names}`, `${pointer}/${index + 1}`, withOnly(schemes));
    }),
  ];
}

/** What HTTP itself rejects: a method and a media type that aren't documented. */
function protocolCases({ operation, create }: RequestDerivation): RequestCase[] {
  const { pathMethods, responses, pointer } = operation;
  const method = ["PATCH", "PUT", "DELETE", "POST", "GET"].find(
    (each) => !pathMethods.includes(each.toLowerCase()),
  );
  const cases: RequestCase[] = [];
  if (method)
    cases.push(
      create("method › another", pointer, { set: { "/method": method } }, { violations: ["method"] }),
    );
  const success = responses.find(({ status }) => matchesStatus(status, successStatus(responses)));
  if (success && mediaTypesOf(success.response).length > 0) {
    const xmlOnly = { set: { "/headers/accept": "application/xml" } };
    cases.push(create("accept › another", success.entry, xmlOnly, { violations: ["accept"] }));
  }
  return cases;
}
