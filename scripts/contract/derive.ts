// From the document to its contract: one case for each thing that must pass and each that must fail.
import {
  type Answer,
  type AnswerCase,
  type Break,
  type Case,
  type Change,
  type Contract,
  changed,
  escapeKey,
  type Request,
  type RequestCase,
} from "./case.js";
import {
  below,
  type Document,
  examplesOf,
  follow,
  type HeaderObject,
  type MediaTypeObject,
  type Node,
  type OperationNode,
  operations,
  type ParameterObject,
  type Schema,
  type SecurityNode,
} from "./document.js";
import { parameterBreaks, parameterPlace, wireParameter } from "./parameters.js";
import { type SchemaJudge, schemaJudge } from "./schemas.js";
import { credential, satisfied } from "./security.js";
import { sample } from "./values.js";
import { type Spot, type Variation, walk } from "./walk.js";

interface Derivation {
  document: Document;
  judge: SchemaJudge;
  operation: OperationNode;
}

/** The contract of each operation. Pure: the same document gives the same cases, in the same order. */
export function derive(document: Document): Contract[] {
  const judge = schemaJudge(document);
  const done = new Set<string>();
  return operations(document).map((operation) => {
    const derivation = { document, judge, operation };
    const requests = goodRequests(derivation);
    const answers = goodAnswers(derivation);
    return {
      operation: operation.id,
      requests,
      answers: Object.fromEntries(answers.map(({ name, answer }) => [name, answer])),
      cases: distinct([
        ...requestCases(derivation, requests),
        ...exampleCases(derivation, answers),
        ...answerCases(derivation, answers, done),
      ]),
    };
  });
}

/** A name for two is a fault of the derivation: the lock would hide one of them. */
function distinct(cases: Case[]): Case[] {
  const seen = new Map<string, number>();
  return cases.map((each) => {
    const count = (seen.get(each.id) ?? 0) + 1;
    seen.set(each.id, count);
    return count === 1 ? each : { ...each, id: `${each.id} (${count})` };
  });
}

// ---- Requests

/** One good request for each example of the body; for an operation without a body, one. */
function goodRequests({ document, judge, operation }: Derivation): Record<string, Request> {
  const bare: Request = {
    method: operation.method.toUpperCase(),
    path: operation.path,
    params: {},
    query: {},
    headers: { accept: "application/json" },
  };
  for (const scheme of operation.security.requirements[0] ?? [])
    Object.assign(bare, changed(bare, credential(scheme)));
  for (const parameter of operation.parameters.filter(({ value }) => value.required))
    Object.assign(
      bare,
      changed(bare, wireParameter(parameter.value, parameterSample(document, parameter, judge))),
    );
  const media = mediaTypes(operation.body)[0];
  if (!media) return { request: bare };
  const headers = { ...bare.headers, "content-type": media.type };
  const examples = examplesOf(document, media.node);
  const values =
    examples.length > 0 ? examples : [{ name: "request", value: bodySample(document, media.node, judge) }];
  return Object.fromEntries(values.map(({ name, value }) => [name, { ...bare, headers, body: value }]));
}

const bodySample = (document: Document, media: Node<MediaTypeObject>, judge: SchemaJudge) =>
  sample(document, below<Schema>(media, "schema"), judge);

function parameterSample(document: Document, parameter: Node<ParameterObject>, judge: SchemaJudge): unknown {
  const { example, examples } = parameter.value;
  const named = Object.keys(examples ?? {})[0];
  if (named !== undefined)
    return examplesOf(document, parameter as Node<object> as Node<MediaTypeObject>)[0]?.value;
  return example ?? sample(document, below<Schema>(parameter, "schema"), judge);
}

function mediaTypes(owner: Node<{ content?: Record<string, MediaTypeObject> }> | undefined) {
  if (!owner) return [];
  return Object.keys(owner.value.content ?? {}).map((type) => ({
    type,
    node: below<MediaTypeObject>(owner, "content", type),
  }));
}

function requestCases(derivation: Derivation, requests: Record<string, Request>): RequestCase[] {
  const { operation } = derivation;
  const names = Object.keys(requests);
  const from = names[0] ?? "request";
  const status = statusOf(operation);
  const make = (rule: string, about: string, change: Change, outcome: Partial<RequestCase>): RequestCase => ({
    kind: "request",
    id: `${operation.id} › ${rule}`,
    about,
    from,
    ...change,
    status: status.good,
    breaks: [],
    ...outcome,
  });
  return [
    ...names.map((name) => make(`example ${name}`, exampleAbout(derivation, name), {}, { from: name })),
    ...bodyCases(derivation, requests, make),
    ...parameterCases(derivation, requests, make),
    ...securityCases(derivation, make),
    ...protocolCases(derivation, make),
  ];
}

type Make = (rule: string, about: string, change: Change, outcome: Partial<RequestCase>) => RequestCase;

function exampleAbout({ document, operation }: Derivation, name: string): string {
  const media = mediaTypes(operation.body)[0];
  const example = media && examplesOf(document, media.node).find((each) => each.name === name);
  return example?.pointer ?? operation.pointer;
}

/** Which of the documented statuses the mock gives to whom. Prism takes the first of these that is documented. */
function statusOf({ responses }: OperationNode) {
  const first = (wanted: number[], fallback: number) =>
    wanted.find((each) => responses.some(({ status }) => matches(status, each))) ?? fallback;
  const good = responses
    .map(({ status }) => status)
    .filter((status) => /^2(\d\d|XX)$/.test(status))
    .sort()[0];
  return {
    good: statusNumber(good ?? responses[0]?.status ?? "default"),
    invalid: first([422, 400], 422),
    mediaType: first([415, 422, 400], 415),
    unauthorized: first([401], 401),
  };
}

const matches = (documented: string, status: number): boolean =>
  documented === "default" || new RegExp(`^${documented.replaceAll("X", "\\d")}$`).test(String(status));

/** A status number that stands for a documented one: 500 for 5XX. */
const statusNumber = (status: string): number =>
  status === "default" ? 500 : Number(status.replaceAll("X", "0"));

function fromVariation({ name, about, from, change, breaks, among }: Variation, status: number) {
  return {
    name,
    about,
    change,
    outcome: { from, breaks, ...(among ? { among } : {}), ...(breaks.length > 0 ? { status } : {}) },
  };
}

function bodyCases(derivation: Derivation, requests: Record<string, Request>, make: Make): RequestCase[] {
  const { document, judge, operation } = derivation;
  const { body } = operation;
  const [media] = mediaTypes(body);
  if (!body || !media) return [];
  const status = statusOf(operation);
  const schema = below<Schema>(media.node, "schema");
  const verify = (from: string, change: Change) =>
    judge(schema.pointer, changed(requests[from] as Request, change).body, "body");
  const spots: Spot[] = Object.entries(requests).map(([from, { body: value }]) => ({
    from,
    value,
    pointer: "/body",
    put: (next) => ({ set: { "/body": next } }),
  }));
  const invalid = (rule: string, change: Change, breaks: Break, outcome: Partial<RequestCase> = {}) =>
    make(rule, body.pointer, change, { status: status.invalid, breaks: [breaks], ...outcome });
  const text = { remove: ["/body"], set: { "/raw": "first_name=Ana" } };
  return [
    ...walk({ document, judge, verify, wire: false }, schema, spots, { place: ["body"], label: "body" }).map(
      (each) => {
        const { name, about, change, outcome } = fromVariation(each, status.invalid);
        return make(name, about, change, outcome);
      },
    ),
    ...examplesOf(document, media.node, "x-counterexamples").map(({ name, pointer, value }) =>
      make(
        `counter-example ${name}`,
        pointer,
        { set: { "/body": value } },
        {
          status: status.invalid,
          breaks: judge(schema.pointer, value, "body"),
        },
      ),
    ),
    body.value.required
      ? invalid("body › absent", { remove: ["/body"] }, "body required")
      : make("body › absent", body.pointer, { remove: ["/body"] }, {}),
    invalid("body › malformed", { remove: ["/body"], set: { "/raw": '{"' } }, "malformed", { status: 400 }),
    make(
      "content-type › another",
      media.node.pointer,
      { set: { ...text.set, "/headers/content-type": "text/plain" }, remove: text.remove },
      {
        status: status.mediaType,
        breaks: ["content-type"],
      },
    ),
    ...(judge(schema.pointer, "first_name=Ana", "body").length === 0
      ? []
      : [
          make(
            "content-type › absent",
            media.node.pointer,
            { ...text, remove: [...text.remove, "/headers/content-type"] },
            {
              status: status.invalid,
              breaks: judge(schema.pointer, "first_name=Ana", "body"),
            },
          ),
        ]),
  ];
}

function parameterCases(
  { document, judge, operation }: Derivation,
  requests: Record<string, Request>,
  make: Make,
) {
  const from = Object.keys(requests)[0] ?? "request";
  const base = requests[from] as Request;
  const status = statusOf(operation);
  return operation.parameters.flatMap((parameter) => {
    const place = parameterPlace(parameter.value);
    const label = place.join(".");
    const schema = below<Schema>(parameter, "schema");
    const good = parameterSample(document, parameter, judge);
    const put = (value: unknown) => wireParameter(parameter.value, value);
    const verify = (_: string, change: Change) => parameterBreaks(judge, operation, changed(base, change));
    const presence: RequestCase[] = [];
    if (!parameter.value.required) {
      presence.push(make(`${label} › present`, parameter.pointer, put(good), {}));
    } else if (parameter.value.in !== "path") {
      const pointer = `/${parameter.value.in === "header" ? "headers" : parameter.value.in}/${escapeKey(place[1] ?? "")}`;
      presence.push(
        make(
          `${label} › required`,
          parameter.pointer,
          { remove: [pointer] },
          {
            status: status.invalid,
            breaks: [`${label} required`],
          },
        ),
      );
    }
    const spot: Spot = { from, value: good, put };
    const context = { document, judge, verify, wire: true };
    return [
      ...presence,
      ...examplesOf(document, parameter as Node<object> as Node<MediaTypeObject>).map(
        ({ name, pointer, value }) => make(`${label} › example ${name}`, pointer, put(value), {}),
      ),
      ...walk(context, schema, [spot], { place, label }).map((each) => {
        const { name, about, change, outcome } = fromVariation(each, status.invalid);
        return make(name, about, change, outcome);
      }),
    ];
  });
}

function securityCases({ operation }: Derivation, make: Make): RequestCase[] {
  const { pointer, requirements } = operation.security;
  const [first, ...others] = requirements;
  if (!first) return [];
  const refused = { status: statusOf(operation).unauthorized, breaks: ["security"] };
  const withOnly = (schemes: SecurityNode[]): Change => {
    const set = Object.assign({}, ...schemes.map((scheme) => credential(scheme).set));
    const remove = first.flatMap((scheme) => Object.keys(credential(scheme).set ?? {}));
    return { set, remove: remove.filter((each) => !(each in set)) };
  };
  const enough = (schemes: SecurityNode[]) => requirements.some((needed) => satisfied(needed, schemes));
  const cases = first.map((gone) => {
    const rest = first.filter((scheme) => scheme !== gone);
    return make(
      `security › without ${gone.name}`,
      `${pointer}/0/${gone.name}`,
      withOnly(rest),
      enough(rest) ? {} : refused,
    );
  });
  const another = others.map((schemes, index) =>
    make(
      `security › by ${schemes.map(({ name }) => name).join(" and ") || "nothing"}`,
      `${pointer}/${index + 1}`,
      withOnly(schemes),
      {},
    ),
  );
  const wrong = first
    .filter(({ scheme }) => scheme.type === "http" && scheme.scheme === "bearer")
    .map(({ name }) =>
      make(
        `security › ${name} by another scheme`,
        `${pointer}/0/${name}`,
        { set: { "/headers/authorization": "Basic c2s6" } },
        refused,
      ),
    );
  return [...cases, ...wrong, ...another];
}

/** What HTTP itself refuses: a method and a representation that are not documented. */
function protocolCases({ operation }: Derivation, make: Make): RequestCase[] {
  const method = ["PATCH", "PUT", "DELETE", "POST", "GET"].find(
    (each) => !operation.siblings.includes(each.toLowerCase()),
  );
  const good = operation.responses.find(({ status }) => matches(status, statusOf(operation).good));
  return [
    ...(method
      ? [
          make(
            "method › another",
            operation.pointer,
            { set: { "/method": method } },
            { status: 405, breaks: ["method"] },
          ),
        ]
      : []),
    ...(good && mediaTypes(good.response).length > 0
      ? [
          make(
            "accept › another",
            good.entry,
            { set: { "/headers/accept": "application/xml" } },
            {
              status: 406,
              breaks: ["accept"],
            },
          ),
        ]
      : []),
  ];
}

// ---- Answers

interface GoodAnswer {
  name: string;
  /** The documented status: a number, a range such as 5XX, or `default`. */
  status: string;
  example: { name: string; pointer: string } | undefined;
  type: string | undefined;
  answer: Answer;
}

/** One good answer for each example of each documented status and media type. */
function goodAnswers({ document, judge, operation }: Derivation): GoodAnswer[] {
  return operation.responses.flatMap(({ status, response }): GoodAnswer[] => {
    const documented = Object.keys(response.value.headers ?? {}).map((name) => {
      const header = follow(document, below<HeaderObject>(response, "headers", name));
      return [name.toLowerCase(), String(parameterSample(document, header as Node<ParameterObject>, judge))];
    });
    const headers = Object.fromEntries(documented) as Record<string, string>;
    const media = mediaTypes(response);
    if (media.length === 0) {
      const answer = { status: statusNumber(status), headers };
      return [{ name: status, status, example: undefined, type: undefined, answer }];
    }
    return media.flatMap(({ type, node }) => {
      const found = examplesOf(document, node);
      const values =
        found.length > 0 ? found : [{ name: "", pointer: "", value: bodySample(document, node, judge) }];
      return values.map(({ name, pointer, value }) => ({
        name: [status, ...(media.length > 1 ? [type] : []), name].join(" ").trim(),
        status,
        example: name === "" ? undefined : { name, pointer },
        type,
        answer: { status: statusNumber(status), headers: { ...headers, "content-type": type }, body: value },
      }));
    });
  });
}

function exampleCases({ operation }: Derivation, answers: GoodAnswer[]): Case[] {
  return answers
    .filter(({ example, type }) => example !== undefined || type === undefined)
    .map(({ name, status, example, type, answer }) => ({
      kind: "example",
      id: `${operation.id} › answers ${name}`,
      about:
        example?.pointer ??
        operation.responses.find((each) => each.status === status)?.entry ??
        operation.pointer,
      from: name,
      prefer: { code: answer.status, ...(example ? { example: example.name } : {}) },
      accept: type ?? "application/json",
    }));
}

function answerCases(
  { document, judge, operation }: Derivation,
  answers: GoodAnswer[],
  done: Set<string>,
): Case[] {
  const make = (
    rule: string,
    about: string,
    from: string,
    change: Change,
    breaks: Break[],
    among?: boolean,
  ): AnswerCase => ({
    kind: "answer",
    id: `${operation.id} › upstream ${rule}`,
    about,
    from,
    ...change,
    breaks,
    ...(among ? { among } : {}),
  });
  const byName = new Map(answers.map((each) => [each.name, each.answer]));
  const cases = operation.responses.flatMap(({ status, entry, response }) => {
    const own = answers.filter((each) => each.status === status);
    const from = own[0]?.name ?? status;
    const good = own.map(({ name, example }) => make(name, example?.pointer ?? entry, name, {}, []));
    const edge = /X|default/.test(status)
      ? [
          make(
            `${status} › its last status`,
            entry,
            from,
            { set: { "/status": status === "default" ? 599 : Number(status.replaceAll("X", "9")) } },
            [],
          ),
        ]
      : [];
    const headers = Object.keys(response.value.headers ?? {}).flatMap((name) => {
      const header = follow(document, below<HeaderObject>(response, "headers", name));
      const place = ["header", name.toLowerCase()];
      const pointer = `/headers/${escapeKey(name.toLowerCase())}`;
      const schema = below<Schema>(header, "schema");
      const verify = (_: string, change: Change) => {
        const value = changed(byName.get(from) as Answer, change).headers[name.toLowerCase()];
        return value === undefined ? [] : judge(schema.pointer, value, place.join("."), "wire");
      };
      const value = parameterSample(document, header as Node<ParameterObject>, judge);
      const spot: Spot = { from, value, put: (next) => ({ set: { [pointer]: String(next) } }) };
      const label = `${status} › ${place.join(".")}`;
      return [
        make(
          `${label} › absent`,
          header.pointer,
          from,
          { remove: [pointer] },
          header.value.required ? [`${place.join(".")} required`] : [],
        ),
        ...walk({ document, judge, verify, wire: true }, schema, [spot], { place, label }).map(
          asAnswer(make),
        ),
      ];
    });
    const bodies = mediaTypes(response).flatMap(({ type, node }) => {
      const schema = below<Schema>(node, "schema");
      const spots: Spot[] = own
        .filter((each) => each.type === type)
        .map(({ name, answer }) => ({
          from: name,
          value: answer.body,
          pointer: "/body",
          put: (next) => ({ set: { "/body": next } }),
        }));
      const verify = (name: string, change: Change) =>
        judge(schema.pointer, changed(byName.get(name) as Answer, change).body, "body");
      const label = `${status} › body`;
      return walk({ document, judge, verify, wire: false, done }, schema, spots, {
        place: ["body"],
        label,
      }).map(asAnswer(make));
    });
    const page = {
      set: { "/headers/content-type": "text/html", "/raw": "<p>Maintenance</p>" },
      remove: ["/body"],
    };
    const wrongType =
      mediaTypes(response).length > 0
        ? [
            make(
              `${status} › another media type`,
              mediaTypes(response)[0]?.node.pointer ?? entry,
              from,
              page,
              ["media-type"],
              true,
            ),
          ]
        : [];
    return [...good, ...edge, ...headers, ...bodies, ...wrongType];
  });
  const from = answers[0]?.name ?? "";
  const strange = [203, 418].filter(
    (each) => !operation.responses.some(({ status }) => matches(status, each)),
  );
  const about = `${operation.pointer}/responses`;
  return [
    ...cases,
    ...strange.map((status) =>
      make(`${status} › undocumented`, about, from, { set: { "/status": status } }, ["status"], true),
    ),
  ];
}

const asAnswer =
  (
    make: (
      rule: string,
      about: string,
      from: string,
      change: Change,
      breaks: Break[],
      among?: boolean,
    ) => AnswerCase,
  ) =>
  ({ name, about, from, change, breaks, among }: Variation) =>
    make(name, about, from, change, breaks, among);
