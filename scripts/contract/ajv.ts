// The second judge: Ajv on the bundle, and HTTP as the document has it. It shares no code with Prism.
import { type Answer, type Break, type Request, target } from "./case.js";
import {
  below,
  type Document,
  follow,
  type HeaderObject,
  type OperationNode,
  operations,
  type Schema,
} from "./document.js";
import { parameterBreaks } from "./parameters.js";
import { type SchemaJudge, schemaJudge, unique } from "./schemas.js";
import { authorized } from "./security.js";

/** Says which rules of the document a request or an answer breaks. */
export interface Judge {
  request: (request: Request) => Break[];
  answer: (operation: string, answer: Answer) => Break[];
}

export function ajvJudge(document: Document): Judge {
  const judge = schemaJudge(document);
  const all = operations(document);
  return {
    request(request) {
      const operation = route(all, request);
      if (typeof operation === "string") return [operation];
      const body = bodyBreaks(judge, operation, request);
      if (body.includes("malformed")) return body;
      const broken = [
        ...(authorized(operation, request) ? [] : ["security"]),
        ...body,
        ...parameterBreaks(judge, operation, request),
        ...undocumented(operation, request),
      ];
      return broken.length > 0 ? broken : representationBreaks(operation, request);
    },
    answer(id, answer) {
      const operation = all.find((each) => each.id === id);
      return operation ? answerBreaks(document, judge, operation, answer) : ["operation"];
    },
  };
}

/** The operation that a path and a method name; literal paths win over templates. */
function route(all: OperationNode[], request: Request): OperationNode | "path" | "method" {
  const parts = target(request).split("?")[0]?.split("/") ?? [];
  const literal = ({ path }: OperationNode) => path.split("/").filter((part) => !part.startsWith("{")).length;
  const candidates = all
    .filter(({ path }) => {
      const own = path.split("/");
      return (
        own.length === parts.length &&
        own.every((part, index) => part.startsWith("{") || part === parts[index])
      );
    })
    .sort((a, b) => literal(b) - literal(a));
  if (candidates.length === 0) return "path";
  return candidates.find(({ method }) => method === request.method.toLowerCase()) ?? "method";
}

const essence = (header = ""): string => (header.split(";")[0] ?? "").trim().toLowerCase();
const isJson = (type: string): boolean => /^application\/(.+\+)?json$/.test(type);

function bodyBreaks(judge: SchemaJudge, { body }: OperationNode, request: Request): Break[] {
  const { headers, raw } = request;
  const type = essence(headers["content-type"]);
  const absent = raw === undefined && request.body === undefined;
  if (raw !== undefined && isJson(type) && !parses(raw)) return ["malformed"];
  if (absent) return body?.value.required ? ["body required"] : [];
  if (!body) return [];
  const content = body.value.content ?? {};
  // Without a content type the body is taken for what the document asks for.
  const documented =
    type === "" ? Object.keys(content)[0] : Object.keys(content).find((each) => essence(each) === type);
  if (documented === undefined) return ["content-type"];
  const value = raw === undefined ? request.body : isJson(type) ? JSON.parse(raw) : raw;
  return judge(below<Schema>(body, "content", documented, "schema").pointer, value, "body");
}

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Query parameters that the document does not know. Prism lets them pass. */
function undocumented({ parameters, security }: OperationNode, { query }: Request): Break[] {
  const credentials = security.requirements
    .flat()
    .map(({ scheme }) => (scheme.in === "query" ? scheme.name : ""));
  const known = (key: string) =>
    credentials.includes(key) ||
    parameters.some(
      ({ value: { in: where, name, style } }) =>
        where === "query" && (style === "deepObject" ? key.startsWith(`${name}[`) : key === name),
    );
  return Object.keys(query)
    .filter((key) => !known(key))
    .map((key) => `query.${key} undocumented`);
}

/** A good request may still ask for an answer in a form that is not documented. */
function representationBreaks({ responses }: OperationNode, { headers }: Request): Break[] {
  const good = responses
    .filter(({ status }) => status.startsWith("2"))
    .sort((a, b) => (a.status < b.status ? -1 : 1))[0];
  const types = Object.keys(good?.response.value.content ?? {}).map(essence);
  const wanted = (headers.accept ?? "*/*").split(",").map(essence);
  return types.length === 0 || wanted.some((each) => each === "*/*" || types.includes(each))
    ? []
    : ["accept"];
}

function answerBreaks(
  document: Document,
  judge: SchemaJudge,
  operation: OperationNode,
  answer: Answer,
): Break[] {
  const exact = (status: string) => (status === "default" ? 2 : status.includes("X") ? 1 : 0);
  const entry = operation.responses
    .filter(
      ({ status }) =>
        status === "default" || new RegExp(`^${status.replaceAll("X", "\\d")}$`).test(`${answer.status}`),
    )
    .sort((a, b) => exact(a.status) - exact(b.status))[0];
  if (!entry) return ["status"];
  const headers = Object.keys(entry.response.value.headers ?? {}).flatMap((name) => {
    const header = follow(document, below<HeaderObject>(entry.response, "headers", name));
    const place = `header.${name.toLowerCase()}`;
    const value = answer.headers[name.toLowerCase()];
    if (value === undefined) return header.value.required ? [`${place} required`] : [];
    return judge(below<Schema>(header, "schema").pointer, value, place, "wire");
  });
  const content = entry.response.value.content ?? {};
  if (Object.keys(content).length === 0) return headers;
  const type = essence(answer.headers["content-type"]);
  const documented = Object.keys(content).find((each) => essence(each) === type);
  if (documented === undefined) return [...headers, "media-type"];
  const schema = below<Schema>(entry.response, "content", documented, "schema");
  return unique([
    ...headers,
    ...(schema.value === undefined ? [] : judge(schema.pointer, answer.body, "body")),
  ]);
}
