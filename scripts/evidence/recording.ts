// Reads recorded traffic: HAR files, and drift events as JSON lines.
import { readFile } from "node:fs/promises";
import { shown, UserError } from "../cli.js";
import { isObject } from "../openapi/schemas.js";
import { offsetOfJsonError, positionIn } from "./position.js";

/** A request of a recording and its response. */
export interface Exchange {
  file: string;
  /** The number of the entry in its file. The first one is 1. */
  entry: number;
  started: string;
  method: string;
  url: string;
  requestHeaders: Record<string, string>;
  requestBody: string | undefined;
  status: number;
  responseHeaders: Record<string, string>;
  responseBody: string;
}

/** An event of onepay-client/drift: a response of your application that deviates from the document. */
export interface DriftEvent {
  file: string;
  line: number;
  operation: string;
  status: number;
  problems: { pointer: string; keyword: string; expected: string }[];
}

export interface Recording {
  exchanges: Exchange[];
  events: DriftEvent[];
  /** The number of entries for other servers. A browser records those of the whole page. */
  otherServers: number;
}

/** Reads a file. `servers` are the base URLs of the API; a recording without a request to one of them is refused. */
export async function readRecording(file: string, servers: string[]): Promise<Recording> {
  const text = await readFile(file, "utf8").catch(() => {
    throw new UserError(`${shown(file)}: the file can't be read. Pass a HAR file or JSON lines.`);
  });
  refuseLiveKeys(file, text);
  const events = eventsIn(file, text);
  if (events) return { exchanges: [], events, otherServers: 0 };
  const entries = entriesIn(file, text);
  const exchanges = entries.map((entry, index) => exchangeOf(file, text, entry, index));
  const own = exchanges.filter(({ url }) => servers.some((server) => isBelow(url, server)));
  const [first] = exchanges;
  if (!first)
    throw new UserError(
      `${positionIn(file, text, text.indexOf('"entries"'))}: the recording has no entries. Record at least one request.`,
    );
  if (own.length === 0)
    throw new UserError(
      `${positionIn(file, text, text.indexOf(`"${first.url}"`))}: no request is for ${servers.join(" or ")}; this one is for ${new URL(first.url).host}. Pass --server URL if it's a stand-in for the API.`,
    );
  return { exchanges: own, events: [], otherServers: exchanges.length - own.length };
}

const isBelow = (url: string, server: string): boolean =>
  url === server || ["/", "?"].some((next) => url.startsWith(server + next));

function refuseLiveKeys(file: string, text: string): void {
  const offset = text.search(/\b[sp]k_live_\w/);
  if (offset >= 0)
    throw new UserError(
      `${positionIn(file, text, offset)}: the recording contains a live key. Revoke the key, and record with a test key (sk_test_…).`,
    );
}

/** The drift events of a file, or undefined if its first line isn't one. */
function eventsIn(file: string, text: string): DriftEvent[] | undefined {
  const lines = text.split("\n");
  const first = lines.find((line) => line.trim() !== "");
  if (first === undefined || !isDriftLine(first)) return undefined;
  let offset = 0;
  return lines.flatMap((line, index): DriftEvent[] => {
    const start = offset;
    offset += line.length + 1;
    if (line.trim() === "") return [];
    const event = parseJson(file, text, line, start);
    if (!isDriftEvent(event))
      throw new UserError(
        `${positionIn(file, text, start)}: the line isn't a drift event. It needs type "drift", operation, status and problems.`,
      );
    return [{ ...event, file, line: index + 1 }];
  });
}

function isDriftLine(line: string): boolean {
  try {
    const value: unknown = JSON.parse(line);
    return isObject(value) && value.type === "drift";
  } catch {
    return false;
  }
}

const isDriftEvent = (value: unknown): value is DriftEvent =>
  isObject(value) &&
  value.type === "drift" &&
  typeof value.operation === "string" &&
  typeof value.status === "number" &&
  Array.isArray(value.problems) &&
  value.problems.every(
    (problem) =>
      isObject(problem) && typeof problem.pointer === "string" && typeof problem.keyword === "string",
  );

function parseJson(file: string, text: string, part = text, start = 0): unknown {
  try {
    return JSON.parse(part);
  } catch {
    const offset = offsetOfJsonError(part);
    const position = positionIn(file, text, start + offset);
    throw new UserError(
      offset >= part.trimEnd().length
        ? `${position}: the file is truncated, it ends inside a JSON value. Record it again.`
        : `${position}: the file isn't JSON. Pass a HAR file or JSON lines of drift events.`,
    );
  }
}

function entriesIn(file: string, text: string): unknown[] {
  const har = parseJson(file, text);
  const entries = isObject(har) && isObject(har.log) ? har.log.entries : undefined;
  if (!Array.isArray(entries))
    throw new UserError(
      `${shown(file)}:1:1: the file isn't a HAR, it has no array log.entries. Pass a HAR file or JSON lines of drift events.`,
    );
  return entries;
}

function exchangeOf(file: string, text: string, entry: unknown, index: number): Exchange {
  const { request, response, startedDateTime } = fieldsOf(entry);
  const { method, url, headers, postData } = fieldsOf(request);
  const { status, headers: responseHeaders, content } = fieldsOf(response);
  const unusable = (problem: string) =>
    new UserError(
      `${positionIn(file, text, text.indexOf('"entries"'))}: log.entries[${index}].${problem}. Record it again.`,
    );
  if (typeof method !== "string") throw unusable("request.method isn't a string");
  if (typeof url !== "string" || !URL.canParse(url)) throw unusable("request.url isn't a URL");
  // A browser writes status 0 for a request without a response.
  if (!isInteger(status)) throw unusable("response.status isn't a number");
  const { text: sent } = fieldsOf(postData);
  return {
    file,
    entry: index + 1,
    started: String(startedDateTime ?? ""),
    method: method.toUpperCase(),
    url,
    requestHeaders: headersOf(headers),
    requestBody: typeof sent === "string" ? sent : undefined,
    status,
    responseHeaders: headersOf(responseHeaders),
    responseBody: bodyText(fieldsOf(content)),
  };
}

const isInteger = (value: unknown): value is number => Number.isInteger(value);

/** The fields of a part of the file. A missing part, or one that isn't an object, has none. */
const fieldsOf = (value: unknown): Record<string, unknown> => (isObject(value) ? value : {});

function headersOf(headers: unknown): Record<string, string> {
  const list = Array.isArray(headers) ? headers.map(fieldsOf) : [];
  return Object.fromEntries(list.map(({ name, value }) => [String(name).toLowerCase(), String(value)]));
}

function bodyText({ text, encoding }: Record<string, unknown>): string {
  if (typeof text !== "string") return "";
  return encoding === "base64" ? Buffer.from(text, "base64").toString("utf8") : text;
}
