// What a client may and may not send.
import { type Change, changed, escapeKey, type Request, type RequestCase } from "../case.js";
import { below, examplesOf, type OperationNode, type Schema, type SecurityNode } from "../document.js";
import { parameterBreaks, parameterPlace, wireParameter } from "../parameters.js";
import { mediaOf } from "../reach.js";
import { credential, satisfied } from "../security.js";
import { type Spot, type Variation, walk } from "../walk.js";
import { bodySpot, type Derivation, matches, parameterSample, statusNumber } from "./good.js";

/** Makes a case of a rule, what it is about, and how it differs from a good request. */
type Make = (rule: string, about: string, outcome: Partial<RequestCase>) => RequestCase;

export function requestCases(derivation: Derivation, requests: Record<string, Request>): RequestCase[] {
  const { document, operation } = derivation;
  const names = Object.keys(requests);
  const { good } = statusesOf(operation);
  const make: Make = (rule, about, outcome) => ({
    kind: "request",
    id: `${operation.id} › ${rule}`,
    about,
    from: names[0] ?? "",
    status: good,
    breaks: [],
    ...outcome,
  });
  const examples = mediaOf(operation.body).flatMap((media) => examplesOf(document, media));
  const pointerOf = (name: string) =>
    examples.find((each) => each.name === name)?.pointer ?? operation.pointer;
  return [
    ...names.map((from) => make(`example ${from}`, pointerOf(from), { from })),
    ...bodyCases(derivation, requests, make),
    ...parameterCases(derivation, requests, make),
    ...securityCases(derivation, make),
    ...protocolCases(derivation, make),
  ];
}

/** Which of the documented statuses the mock gives to whom: Prism takes the first of these that is documented. */
function statusesOf({ responses }: OperationNode) {
  const first = (...wanted: [number, ...number[]]) =>
    wanted.find((each) => responses.some(({ status }) => matches(status, each))) ?? wanted[0];
  const [good] = responses
    .map(({ status }) => status)
    .filter((status) => /^2(\d\d|XX)$/.test(status))
    .sort();
  return {
    good: statusNumber(good ?? responses[0]?.status ?? "default"),
    invalid: first(422, 400),
    mediaType: first(415, 422, 400),
    unauthorized: first(401),
  };
}

const fromVariation =
  (make: Make, invalid: number) =>
  ({ name, about, change, ...outcome }: Variation): RequestCase =>
    make(name, about, { ...change, ...outcome, ...(outcome.breaks.length > 0 ? { status: invalid } : {}) });

function bodyCases(derivation: Derivation, requests: Record<string, Request>, make: Make): RequestCase[] {
  const { document, judge, operation } = derivation;
  const { body } = operation;
  const [media] = mediaOf(body);
  if (!body || !media) return [];
  const { invalid, mediaType } = statusesOf(operation);
  const schema = below<Schema>(media, "schema");
  const verify = (from: string, change: Change) =>
    judge(schema.pointer, changed(requests[from] as Request, change).body, "body");
  const spots = Object.entries(requests).map(([from, { body: value }]) => bodySpot(from, value));
  const remove = ["/body"];
  const text = "first_name=Ana";
  const asText = judge(schema.pointer, text, "body");
  const header = "/headers/content-type";
  return [
    ...walk({ document, judge, verify, wire: false }, schema, spots, { place: ["body"], label: "body" }).map(
      fromVariation(make, invalid),
    ),
    ...examplesOf(document, media, "x-counterexamples").map(({ name, pointer, value }) => {
      const breaks = judge(schema.pointer, value, "body");
      return make(`counter-example ${name}`, pointer, { set: { "/body": value }, status: invalid, breaks });
    }),
    make("body › absent", body.pointer, {
      remove,
      ...(body.value.required ? { status: invalid, breaks: ["body required"] } : {}),
    }),
    make("body › malformed", body.pointer, {
      remove,
      set: { "/raw": '{"' },
      status: 400,
      breaks: ["malformed"],
    }),
    make("content-type › another", media.pointer, {
      remove,
      set: { "/raw": text, [header]: "text/plain" },
      status: mediaType,
      breaks: ["content-type"],
    }),
    make("content-type › absent", media.pointer, {
      remove: [...remove, header],
      set: { "/raw": text },
      ...(asText.length > 0 ? { status: invalid, breaks: asText } : {}),
    }),
  ];
}

function parameterCases(
  { document, judge, operation }: Derivation,
  requests: Record<string, Request>,
  make: Make,
): RequestCase[] {
  const [from, base] = Object.entries(requests)[0] as [string, Request];
  const { invalid } = statusesOf(operation);
  return operation.parameters.flatMap((parameter) => {
    const { required, in: where } = parameter.value;
    const place = parameterPlace(parameter.value);
    const label = place.join(".");
    const value = parameterSample(document, parameter, judge);
    const put = (next: unknown) => wireParameter(parameter.value, next);
    const verify = (_: string, change: Change) => parameterBreaks(judge, operation, changed(base, change));
    const spot: Spot = { from, value, put };
    const pointer = `/${where === "header" ? "headers" : where}/${escapeKey(place[1])}`;
    const absent = { remove: [pointer], status: invalid, breaks: [`${label} required`] };
    return [
      ...(required ? [] : [make(`${label} › present`, parameter.pointer, put(value))]),
      // A path without one of its parts is another path.
      ...(required && where !== "path" ? [make(`${label} › required`, parameter.pointer, absent)] : []),
      ...examplesOf(document, parameter).map((example) =>
        make(`${label} › example ${example.name}`, example.pointer, put(example.value)),
      ),
      ...walk({ document, judge, verify, wire: true }, below<Schema>(parameter, "schema"), [spot], {
        place,
        label,
      }).map(fromVariation(make, invalid)),
    ];
  });
}

function securityCases({ operation }: Derivation, make: Make): RequestCase[] {
  const { pointer, requirements } = operation.security;
  const [first, ...others] = requirements;
  if (!first) return [];
  const refused = { status: statusesOf(operation).unauthorized, breaks: ["security"] };
  const withOnly = (schemes: SecurityNode[]): Change => {
    const set = Object.assign({}, ...schemes.map((scheme) => credential(scheme).set));
    const remove = first.flatMap((scheme) => Object.keys(credential(scheme).set ?? {}));
    return { set, remove: remove.filter((each) => !(each in set)) };
  };
  const enough = (schemes: SecurityNode[]) => requirements.some((needed) => satisfied(needed, schemes));
  return [
    ...first.map((gone) => {
      const rest = first.filter((scheme) => scheme !== gone);
      const outcome = enough(rest) ? {} : refused;
      return make(`security › without ${gone.name}`, `${pointer}/0/${gone.name}`, {
        ...withOnly(rest),
        ...outcome,
      });
    }),
    ...first
      .filter(({ scheme }) => scheme.type === "http" && scheme.scheme === "bearer")
      .map(({ name }) =>
        make(`security › ${name} by another scheme`, `${pointer}/0/${name}`, {
          set: { "/headers/authorization": "Basic c2s6" },
          ...refused,
        }),
      ),
    ...others.map((schemes, index) =>
      make(
        `security › by ${schemes.map(({ name }) => name).join(" and ") || "nothing"}`,
        `${pointer}/${index + 1}`,
        withOnly(schemes),
      ),
    ),
  ];
}

/** What HTTP itself refuses: a method and a representation that are not documented. */
function protocolCases({ operation }: Derivation, make: Make): RequestCase[] {
  const { siblings, responses, pointer } = operation;
  const method = ["PATCH", "PUT", "DELETE", "POST", "GET"].find(
    (each) => !siblings.includes(each.toLowerCase()),
  );
  const good = responses.find(({ status }) => matches(status, statusesOf(operation).good));
  const another = { set: { "/headers/accept": "application/xml" }, status: 406, breaks: ["accept"] };
  return [
    ...(method
      ? [make("method › another", pointer, { set: { "/method": method }, status: 405, breaks: ["method"] })]
      : []),
    ...(good && mediaOf(good.response).length > 0 ? [make("accept › another", good.entry, another)] : []),
  ];
}
