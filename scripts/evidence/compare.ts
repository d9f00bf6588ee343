// Compares recorded traffic with the specification: which statements it shows, and which ones it contradicts.
import { countExchange } from "./count-exchange.js";
import { driftProblems } from "./drift.js";
import type { Matched } from "./exchange.js";
import { matchPath } from "./match.js";
import { addEvent, addProblem } from "./problems.js";
import type { Exchange, Recording } from "./recording.js";
import type { Spec } from "./spec.js";
import { reportsOf, type StatementReport } from "./statements.js";

export interface Comparison {
  statements: StatementReport[];
  /** The number of exchanges for each operation with any. */
  exchanges: Record<string, number>;
  /** Requests that the specification doesn't describe: method, and the number of their entry. */
  undocumented: { file: string; entry: number; method: string }[];
  otherServers: number;
}

export async function compare(spec: Spec, recordings: Recording[], servers: string[]): Promise<Comparison> {
  const reports = reportsOf(spec);
  // A request without a response (status 0) shows nothing.
  const exchanges = recordings.flatMap((recording) => recording.exchanges).filter(({ status }) => status > 0);
  const matched: Matched[] = [];
  const undocumented: Comparison["undocumented"] = [];
  for (const exchange of exchanges) {
    const found = matchOperation(spec, exchange, servers);
    if (found) matched.push(found);
    else undocumented.push({ file: exchange.file, entry: exchange.entry, method: exchange.method });
  }
  for (const each of matched) countExchange(spec, reports, each);
  for (const server of servers) {
    const own = matched.map(({ exchange }) => exchange).filter(({ url }) => url.startsWith(server));
    for (const problem of await driftProblems(spec.rootFile, own, server)) addProblem(spec, reports, problem);
  }
  for (const event of recordings.flatMap(({ events }) => events)) addEvent(spec, reports, event);
  const counts: Record<string, number> = {};
  for (const { operation } of matched) counts[operation.id] = (counts[operation.id] ?? 0) + 1;
  return {
    statements: [...reports.values()],
    exchanges: counts,
    undocumented,
    otherServers: recordings.reduce((sum, recording) => sum + recording.otherServers, 0),
  };
}

/** The operation of a request. */
function matchOperation(spec: Spec, exchange: Exchange, servers: string[]): Matched | undefined {
  const server = servers.find((each) => exchange.url.startsWith(each)) ?? "";
  const path = exchange.url.slice(server.length).split(/[?#]/)[0] ?? "";
  const found = matchPath(spec.operations, exchange.method, path);
  return found && { exchange, ...found };
}
