// Reads recorded traffic: HAR files, and drift events as JSON lines.
import { readFile } from "node:fs/promises";
import { type TransformFailure, transform } from "esbuild";
import { isObject } from "../../spec/rules/walk.js";
import { shown, UserError } from "../cli.js";

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
  /** 0 if there was no response, as browsers record it. */
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

/** The value of a JSON text, or undefined if it isn't JSON. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Reads a file. `servers` are the base URLs of the API; a recording without a request to one of them is refused. */
export async function readRecording(file: string, servers: string[]): Promise<Recording> {
  const text = await readFile(file, "utf8").catch(() => {
    throw new UserError(`${shown(file)}: the file can't be read. Pass a HAR file or JSON lines.`);
  });
  const refuse = (offset: number, problem: string) =>
    new UserError(`${positionIn(file, text, offset)}: ${problem}`);
  const key = text.search(/\b[sp]k_live_\w/);
  if (key >= 0)
    throw refuse(
      key,
      "the recording contains a live key. Revoke the key, and record with a test key (sk_test_…).",
    );
  const [firstLine = ""] = text.trimStart().split("\n");
  if (fieldsOf(parsed(firstLine)).type === "drift")
    return { exchanges: [], events: await eventsIn(file, text), otherServers: 0 };

  const { log } = fieldsOf(await parseJson(file, text));
  const { entries } = fieldsOf(log);
  if (!Array.isArray(entries))
    throw refuse(
      0,
      "the file isn't a HAR, it has no array log.entries. Pass a HAR file or JSON lines of drift events.",
    );
  const start = text.indexOf('"entries"');
  const exchanges = entries.map((entry, index) => {
    const exchange = exchangeOf(file, entry, index + 1);
    if (typeof exchange === "string")
      throw refuse(start, `log.entries[${index}].${exchange}. Record it again.`);
    return exchange;
  });
  const [first] = exchanges;
  if (!first) throw refuse(start, "the recording has no entries. Record at least one request.");
  const own = exchanges.filter(({ url }) => servers.some((server) => isBelow(url, server)));
  if (own.length === 0)
    throw refuse(
      text.indexOf(`"${first.url}"`),
      `no request is for ${servers.join(" or ")}; this one is for ${new URL(first.url).host}. Pass --server URL if it's a stand-in for the API.`,
    );
  return { exchanges: own, events: [], otherServers: exchanges.length - own.length };
}

const isBelow = (url: string, server: string): boolean =>
  url === server || ["/", "?"].some((next) => url.startsWith(server + next));

/** `recording.har:12:5` for an offset in the file's text. Lines and columns start at 1. */
function positionIn(file: string, text: string, offset: number): string {
  const before = text.slice(0, Math.max(0, offset)).split("\n");
  return `${shown(file)}:${before.length}:${(before.at(-1) ?? "").length + 1}`;
}

/** Parses a file, or one line of it. */
async function parseJson(file: string, text: string, firstLine = 1): Promise<unknown> {
  try {
    return JSON.parse(text);
  } catch {
    // The message of `JSON.parse` can quote the file, and doesn't always have a position.
    const options = { loader: "json", logLevel: "silent" } as const;
    const [error] = await transform(text, options).then(
      () => [],
      ({ errors }: TransformFailure) => errors,
    );
    const { line = 1, column = 0 } = error?.location ?? {};
    const isTruncated = /(Unexpected|found) end of file|^Unterminated/.test(error?.text ?? "");
    throw new UserError(
      `${shown(file)}:${firstLine + line - 1}:${column + 1}: ${
        isTruncated
          ? "the file is truncated, it ends inside a JSON value. Record it again."
          : "the file isn't JSON. Pass a HAR file or JSON lines of drift events."
      }`,
    );
  }
}

async function eventsIn(file: string, text: string): Promise<DriftEvent[]> {
  const events: DriftEvent[] = [];
  for (const [index, json] of text.split("\n").entries()) {
    if (json.trim() === "") continue;
    const line = index + 1;
    const event = await parseJson(file, json, line);
    if (!isDriftEvent(event))
      throw new UserError(
        `${shown(file)}:${line}:1: the line isn't a drift event. It needs type "drift", operation, status and problems.`,
      );
    events.push({ ...event, file, line });
  }
  return events;
}

function isDriftEvent(value: unknown): value is DriftEvent {
  const { type, operation, status, problems } = fieldsOf(value);
  const hasProblems =
    Array.isArray(problems) &&
    problems
      .map(fieldsOf)
      .every(({ pointer, keyword }) => typeof pointer === "string" && typeof keyword === "string");
  return type === "drift" && typeof operation === "string" && typeof status === "number" && hasProblems;
}

/** The exchange of a HAR entry, or what is wrong with it. */
function exchangeOf(file: string, value: unknown, entry: number): Exchange | string {
  const { request, response, startedDateTime } = fieldsOf(value);
  const { method, url, headers, postData } = fieldsOf(request);
  const { status, headers: responseHeaders, content } = fieldsOf(response);
  const { text: sent } = fieldsOf(postData);
  const { text: received, encoding } = fieldsOf(content);
  if (typeof method !== "string") return "request.method isn't a string";
  if (typeof url !== "string" || !URL.canParse(url)) return "request.url isn't a URL";
  if (typeof status !== "number") return "response.status isn't a number";
  const body = typeof received === "string" ? received : "";
  return {
    file,
    entry,
    started: String(startedDateTime ?? ""),
    method: method.toUpperCase(),
    url,
    requestHeaders: headersOf(headers),
    requestBody: typeof sent === "string" ? sent : undefined,
    status,
    responseHeaders: headersOf(responseHeaders),
    responseBody: encoding === "base64" ? Buffer.from(body, "base64").toString("utf8") : body,
  };
}

/** The fields of a part of the file. A missing part, or one that isn't an object, has none. */
const fieldsOf = (value: unknown): Record<string, unknown> => (isObject(value) ? value : {});

function headersOf(headers: unknown): Record<string, string> {
  const list = Array.isArray(headers) ? headers.map(fieldsOf) : [];
  return Object.fromEntries(list.map(({ name, value }) => [String(name).toLowerCase(), String(value)]));
}
