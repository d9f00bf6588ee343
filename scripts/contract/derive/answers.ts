// What a server may and may not answer.
import { type Answer, type AnswerCase, type Case, type Change, changed, escapeKey } from "../case.js";
import { below, type HeaderObject, type Node, type ParameterObject, type Schema } from "../document.js";
import { headersOf, mediaOf } from "../reach.js";
import { type Spot, type Variation, walk } from "../walk.js";
import { bodySpot, type Derivation, type GoodAnswer, matches, parameterSample } from "./good.js";

/** Every documented answer, asked for by its name. */
export function exampleCases({ operation }: Derivation, answers: GoodAnswer[]): Case[] {
  const entryOf = (status: string) => operation.responses.find((each) => each.status === status)?.entry;
  return answers
    .filter(({ example, type }) => example !== undefined || type === undefined)
    .map(({ name, status, example, type, answer }) => ({
      kind: "example",
      id: `${operation.id} › answers ${name}`,
      about: example?.pointer ?? entryOf(status) ?? operation.pointer,
      from: name,
      prefer: { code: answer.status, ...(example ? { example: example.name } : {}) },
      accept: type ?? "application/json",
    }));
}

/** Makes a case of a rule, what it is about, the good answer it starts from, and how it differs. */
type Make = (rule: string, about: string, from: string, outcome?: Partial<AnswerCase>) => AnswerCase;

export function answerCases(derivation: Derivation, answers: GoodAnswer[], done: Set<string>): AnswerCase[] {
  const { operation } = derivation;
  const make: Make = (rule, about, from, outcome) => ({
    kind: "answer",
    id: `${operation.id} › upstream ${rule}`,
    about,
    from,
    breaks: [],
    ...outcome,
  });
  const { responses, pointer } = operation;
  const strange = [203, 418].filter((each) => !responses.some(({ status }) => matches(status, each)));
  return [
    ...responses.flatMap((response) => ofResponse(derivation, response, answers, done, make)),
    ...strange.map((status) =>
      make(`${status} › undocumented`, `${pointer}/responses`, answers[0]?.name ?? "", {
        set: { "/status": status },
        breaks: ["status"],
        among: true,
      }),
    ),
  ];
}

function ofResponse(
  derivation: Derivation,
  { status, entry, response }: Derivation["operation"]["responses"][number],
  answers: GoodAnswer[],
  done: Set<string>,
  make: Make,
): AnswerCase[] {
  const { document, judge } = derivation;
  const own = answers.filter((each) => each.status === status);
  const from = own[0]?.name ?? status;
  const answerOf = (name: string) => own.find((each) => each.name === name)?.answer as Answer;
  const fromVariation = ({ name, about, from: base, change, ...outcome }: Variation) =>
    make(name, about, base, { ...change, ...outcome });

  const ofBody = ({ type, ...media }: ReturnType<typeof mediaOf>[number]) => {
    const schema = below<Schema>(media, "schema");
    const spots = own
      .filter((each) => each.type === type)
      .map(({ name, answer }) => bodySpot(name, answer.body));
    const verify = (name: string, change: Change) =>
      judge(schema.pointer, changed(answerOf(name), change).body, "body");
    const name = { place: ["body"], label: `${status} › body` };
    return walk({ document, judge, verify, wire: false, done }, schema, spots, name).map(fromVariation);
  };

  const ofHeader = ({ name, node }: { name: string; node: Node<HeaderObject> }) => {
    const key = name.toLowerCase();
    const place = ["header", key];
    const label = `${status} › ${place.join(".")}`;
    const pointer = `/headers/${escapeKey(key)}`;
    const schema = below<Schema>(node, "schema");
    const verify = (base: string, change: Change) => {
      const value = changed(answerOf(base), change).headers[key];
      return value === undefined ? [] : judge(schema.pointer, value, place.join("."), "wire");
    };
    const value = parameterSample(document, node as Node<ParameterObject>, judge);
    const spot: Spot = { from, value, put: (next) => ({ set: { [pointer]: String(next) } }) };
    const breaks = node.value.required ? [`${place.join(".")} required`] : [];
    return [
      make(`${label} › absent`, node.pointer, from, { remove: [pointer], breaks }),
      ...walk({ document, judge, verify, wire: true }, schema, [spot], { place, label }).map(fromVariation),
    ];
  };

  const media = mediaOf(response);
  const last = status === "default" ? 599 : Number(status.replaceAll("X", "9"));
  const page = { "/headers/content-type": "text/html", "/raw": "<p>Maintenance</p>" };
  return [
    ...own.map(({ name, example }) => make(name, example?.pointer ?? entry, name)),
    ...(/X|default/.test(status)
      ? [make(`${status} › its last status`, entry, from, { set: { "/status": last } })]
      : []),
    ...headersOf(document, response).flatMap(ofHeader),
    ...media.flatMap(ofBody),
    ...media.slice(0, 1).map(({ pointer }) =>
      make(`${status} › another media type`, pointer, from, {
        set: page,
        remove: ["/body"],
        breaks: ["media-type"],
        among: true,
      }),
    ),
  ];
}
