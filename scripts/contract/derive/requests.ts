// Cases about requests: what a client may and may not send.
import type { Schema } from "../../openapi/document.js";
import type { OperationNode, SecurityNode } from "../../openapi/operations.js";
import { escapePointer } from "../../openapi/pointers.js";
import { child } from "../../openapi/references.js";
import { examplesOf, mediaTypesOf } from "../../openapi/schemas.js";
import { exampleStatus, matchesStatus } from "../../openapi/statuses.js";
import { applyChange, type Change, type HttpRequest, type RequestCase } from "../case.js";
import { parameterLocation, parameterViolations, setParameter } from "../parameters.js";
import { credential, satisfied } from "../security.js";
import { type Slot, type Variation, walk } from "../walk.js";
import { bodySlot, type Derivation, parameterSample } from "./valid.js";

/** Creates a case from the rule, the part of the document, and what is different from a valid request. */
type CreateCase = (rule: string, about: string, difference: Partial<RequestCase>) => RequestCase;

export function requestCases(derivation: Derivation, requests: Record<string, HttpRequest>): RequestCase[] {
  const { document, operation } = derivation;
  const names = Object.keys(requests);
  const { success } = statusesOf(operation);
  const create: CreateCase = (rule, about, difference) => ({
    kind: "request",
    id: `${operation.id} › ${rule}`,
    about,
    from: names[0] ?? "",
    status: success,
    violations: [],
    ...difference,
  });
  const examples = mediaTypesOf(operation.body).flatMap((mediaType) => examplesOf(document, mediaType));
  const pointerOf = (name: string) =>
    examples.find((each) => each.name === name)?.pointer ?? operation.pointer;
  return [
    ...names.map((from) => create(`example ${from}`, pointerOf(from), { from })),
    ...bodyCases(derivation, requests, create),
    ...parameterCases(derivation, requests, create),
    ...securityCases(derivation, create),
    ...protocolCases(derivation, create),
  ];
}

/** The status that Prism returns in each situation: the first of these statuses that is documented. */
function statusesOf({ responses }: OperationNode) {
  const firstDocumented = (...wanted: [number, ...number[]]) =>
    wanted.find((code) => responses.some(({ status }) => matchesStatus(status, code))) ?? wanted[0];
  const [success] = responses
    .map(({ status }) => status)
    .filter((status) => /^2(\d\d|XX)$/.test(status))
    .sort();
  return {
    success: exampleStatus(success ?? responses[0]?.status ?? "default"),
    invalid: firstDocumented(422, 400),
    mediaType: firstDocumented(415, 422, 400),
    unauthorized: firstDocumented(401),
  };
}

const fromVariation =
  (create: CreateCase, invalid: number) =>
  ({ name, about, change, ...expected }: Variation): RequestCase =>
    create(name, about, {
      ...change,
      ...expected,
      ...(expected.violations.length > 0 ? { status: invalid } : {}),
    });

function bodyCases(
  derivation: Derivation,
  requests: Record<string, HttpRequest>,
  create: CreateCase,
): RequestCase[] {
  const { document, validate, operation } = derivation;
  const { body } = operation;
  const [mediaType] = mediaTypesOf(body);
  if (!body || !mediaType) return [];
  const statuses = statusesOf(operation);
  const { invalid } = statuses;
  const schema = child<Schema>(mediaType, "schema");
  const verify = (from: string, change: Change) =>
    validate(schema.pointer, applyChange(requests[from] as HttpRequest, change).body, "body");
  const slots = Object.entries(requests).map(([from, { body: value }]) => bodySlot(from, value));
  const context = { document, validate, verify, isString: false };
  const remove = ["/body"];
  const text = "first_name=Ana";
  const textViolations = validate(schema.pointer, text, "body");
  const header = "/headers/content-type";
  return [
    ...walk(context, schema, slots, { location: ["body"], label: "body" }).map(
      fromVariation(create, invalid),
    ),
    ...examplesOf(document, mediaType, "x-counterexamples").map(({ name, pointer, value }) => {
      const violations = validate(schema.pointer, value, "body");
      return create(`counter-example ${name}`, pointer, {
        set: { "/body": value },
        status: invalid,
        violations,
      });
    }),
    create("body › absent", body.pointer, {
      remove,
      ...(body.value.required ? { status: invalid, violations: ["body required"] } : {}),
    }),
    create("body › malformed", body.pointer, {
      remove,
      set: { "/raw": '{"' },
      status: 400,
      violations: ["malformed"],
    }),
    create("content-type › another", mediaType.pointer, {
      remove,
      set: { "/raw": text, [header]: "text/plain" },
      status: statuses.mediaType,
      violations: ["content-type"],
    }),
    create("content-type › absent", mediaType.pointer, {
      remove: [...remove, header],
      set: { "/raw": text },
      ...(textViolations.length > 0 ? { status: invalid, violations: textViolations } : {}),
    }),
  ];
}

function parameterCases(
  { document, validate, operation }: Derivation,
  requests: Record<string, HttpRequest>,
  create: CreateCase,
): RequestCase[] {
  const [from, base] = Object.entries(requests)[0] as [string, HttpRequest];
  const { invalid } = statusesOf(operation);
  return operation.parameters.flatMap((parameter) => {
    const { required, in: where } = parameter.value;
    const location = parameterLocation(parameter.value);
    const label = location.join(".");
    const value = parameterSample(document, parameter, validate);
    const put = (next: unknown) => setParameter(parameter.value, next);
    const verify = (_: string, change: Change) =>
      parameterViolations(validate, operation, applyChange(base, change));
    const slot: Slot = { from, value, put };
    const context = { document, validate, verify, isString: true };
    const pointer = `/${where === "header" ? "headers" : where}/${escapePointer(location[1])}`;
    const absent = { remove: [pointer], status: invalid, violations: [`${label} required`] };
    return [
      ...(required ? [] : [create(`${label} › present`, parameter.pointer, put(value))]),
      // A path without one of its parameters is another path.
      ...(required && where !== "path" ? [create(`${label} › required`, parameter.pointer, absent)] : []),
      ...examplesOf(document, parameter).map((example) =>
        create(`${label} › example ${example.name}`, example.pointer, put(example.value)),
      ),
      ...walk(context, child<Schema>(parameter, "schema"), [slot], { location, label }).map(
        fromVariation(create, invalid),
      ),
    ];
  });
}

function securityCases({ operation }: Derivation, create: CreateCase): RequestCase[] {
  const { pointer, requirements } = operation.security;
  const [first, ...others] = requirements;
  if (!first) return [];
  const unauthorized = { status: statusesOf(operation).unauthorized, violations: ["security"] };
  const withOnly = (schemes: SecurityNode[]): Change => {
    const set = Object.assign({}, ...schemes.map((scheme) => credential(scheme).set));
    const remove = first.flatMap((scheme) => Object.keys(credential(scheme).set ?? {}));
    return { set, remove: remove.filter((each) => !(each in set)) };
  };
  const isEnough = (schemes: SecurityNode[]) => requirements.some((needed) => satisfied(needed, schemes));
  return [
    ...first.map((missing) => {
      const rest = first.filter((scheme) => scheme !== missing);
      const expected = isEnough(rest) ? {} : unauthorized;
      return create(`security › without ${missing.name}`, `${pointer}/0/${missing.name}`, {
        ...withOnly(rest),
        ...expected,
      });
    }),
    ...first
      .filter(({ scheme }) => scheme.type === "http" && scheme.scheme === "bearer")
      .map(({ name }) =>
        create(`security › ${name} by another scheme`, `${pointer}/0/${name}`, {
          set: { "/headers/authorization": "Basic c2s6" },
          ...unauthorized,
        }),
      ),
    ...others.map((schemes, index) =>
      create(
        `security › by ${schemes.map(({ name }) => name).join(" and ") || "nothing"}`,
        `${pointer}/${index + 1}`,
        withOnly(schemes),
      ),
    ),
  ];
}

/** What HTTP itself rejects: a method and a media type that aren't documented. */
function protocolCases({ operation }: Derivation, create: CreateCase): RequestCase[] {
  const { pathMethods, responses, pointer } = operation;
  const { success } = statusesOf(operation);
  const method = ["PATCH", "PUT", "DELETE", "POST", "GET"].find(
    (each) => !pathMethods.includes(each.toLowerCase()),
  );
  const documented = responses.find(({ status }) => matchesStatus(status, success));
  const xmlOnly = { set: { "/headers/accept": "application/xml" }, status: 406, violations: ["accept"] };
  const hasBody = documented && mediaTypesOf(documented.response).length > 0;
  return [
    ...(method
      ? [
          create("method › another", pointer, {
            set: { "/method": method },
            status: 405,
            violations: ["method"],
          }),
        ]
      : []),
    ...(hasBody ? [create("accept › another", documented.entry, xmlOnly)] : []),
  ];
}
