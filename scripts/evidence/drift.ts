// Runs Redocly's `drift` and finds the statement that each of its problems contradicts.
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { UserError } from "../cli.js";
import { keysOf } from "../openapi/pointers.js";
import { redocly } from "../redocly.js";
import { withTempFolder } from "../temp.js";
import type { Exchange } from "./recording.js";

/** A problem of a body, as Redocly reports it. */
export interface DriftProblem {
  exchange: Exchange;
  operation: string;
  target: "request" | "response";
  /** The keys from the body's schema to the keyword. References are resolved in between. */
  schemaKeys: string[];
  /** The JSON pointer of the value inside the body. */
  pointer: string;
  keyword: string;
  missing: string | undefined;
  times: number;
}

interface ReportedProblem {
  exchangeIndex: number;
  occurrences: number;
  operationId?: string;
  target: "request" | "response";
  schemaPath?: string;
  dataPath?: string;
  details?: { keyword?: string; params?: { missingProperty?: string } };
}

/** The problems of all bodies. Equal problems of several exchanges are one, with `times`. */
export async function driftProblems(
  api: string,
  exchanges: Exchange[],
  server: string,
): Promise<DriftProblem[]> {
  if (exchanges.length === 0) return [];
  return withTempFolder("drift", async (folder) => {
    const traffic = join(folder, "traffic.har");
    const report = join(folder, "report.json");
    await writeFile(traffic, JSON.stringify(harFor(exchanges)), { mode: 0o600 });
    const options = ["--format", "json", "-o", report, "--rules", "schema-consistency", "--server", server];
    const result = await redocly(["drift", traffic, "--api", api, ...options]);
    const text = await readFile(report, "utf8").catch(() => {
      throw new UserError(`redocly drift failed:\n${result.stderr || result.stdout}`);
    });
    const { problems } = JSON.parse(text) as { problems: ReportedProblem[] };
    return problems.flatMap((problem): DriftProblem[] => {
      const exchange = exchanges[problem.exchangeIndex];
      const { operationId, schemaPath, dataPath = "", details, target, occurrences } = problem;
      if (!exchange || operationId === undefined || schemaPath === undefined) return [];
      return [
        {
          exchange,
          operation: operationId,
          target,
          schemaKeys: keysOf(schemaPath),
          pointer: dataPath,
          keyword: details?.keyword ?? keysOf(schemaPath).at(-1) ?? "",
          missing: details?.params?.missingProperty,
          times: occurrences,
        },
      ];
    });
  });
}

/** Only what `drift` reads about bodies: no key, no header but the content type. */
function harFor(exchanges: Exchange[]) {
  return {
    log: {
      version: "1.2",
      creator: { name: "onepay-client", version: "1" },
      entries: exchanges.map((exchange) => {
        const { method, url, status, started, requestBody, responseBody } = exchange;
        const mimeType = exchange.responseHeaders["content-type"] ?? "";
        // A body that the server rejected shows nothing about the statements that it breaks.
        const isAccepted = status >= 200 && status < 300 && requestBody !== undefined;
        const sent = isAccepted ? { mimeType: "application/json", text: requestBody } : undefined;
        return {
          startedDateTime: started,
          time: 0,
          request: {
            method,
            url,
            httpVersion: "HTTP/1.1",
            cookies: [],
            headers: sent ? [{ name: "content-type", value: sent.mimeType }] : [],
            queryString: [],
            headersSize: -1,
            bodySize: -1,
            ...(sent ? { postData: sent } : {}),
          },
          response: {
            status,
            statusText: "",
            httpVersion: "HTTP/1.1",
            cookies: [],
            headers: [{ name: "content-type", value: mimeType }],
            content: { size: responseBody.length, mimeType, text: responseBody },
            redirectURL: "",
            headersSize: -1,
            bodySize: -1,
          },
          cache: {},
          timings: { send: 0, wait: 0, receive: 0 },
        };
      }),
    },
  };
}
