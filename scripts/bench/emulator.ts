// The emulator next to the mock server: time to start, and requests per second. Both are real processes.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { request as httpRequest } from "node:http";
import { connect } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { root } from "../cli.js";
import { freePort } from "../free-port.js";
import { exampleOf } from "./document.js";
import { printProgress } from "./processes.js";
import { budget, format, type Part } from "./report.js";
import { differences, figure, interleave, ratios, type Series } from "./statistics.js";

interface Program {
  args: (port: number) => string[];
  /** Path of the API's version. */
  base: string;
}

const emulatorName = "emulator";
const mockName = "mock server (Prism)";
const bareName = "a server of Node.js without code";

const programs: Record<string, Program> = {
  [emulatorName]: {
    args: (port) => [join(root, "dist/cli.js"), "emulator", "--quiet", "--port", String(port)],
    base: "/v1",
  },
  [mockName]: {
    args: (port) => [
      join(root, "node_modules/@stoplight/prism-cli/dist/index.js"),
      ...["mock", "-v", "silent", "-p", String(port), join(root, "generated/openapi.json")],
    ],
    base: "",
  },
  // What Node.js itself needs on this machine.
  [bareName]: {
    args: (port) => ["-e", `require("http").createServer((_, r) => r.end()).listen(${port}, "127.0.0.1")`],
    base: "",
  },
};

const startRounds = 5;
const loadRounds = 6;
const requestsPerRound = 400;
const connections = 4;

export const emulator: Part = {
  about: "time to start and requests per second of the emulator, next to the mock server's",
  async run() {
    const starts = await interleave(
      forEachProgram((program) => timeToStart(program)),
      startRounds,
      (progress) => printProgress(`start of the servers: ${progress}`),
    );
    const rates = await measureRates();
    const ratio = figure(ratios(rates[emulatorName], rates[mockName]), "×");
    const start = figure(starts[emulatorName], "ms");
    const beyond = figure(differences(starts[emulatorName], starts[bareName]), "ms");
    return {
      tables: [
        {
          title: "Emulator and mock server",
          note: `Start: from the start of the process to its first response. Requests: creating a customer, ${connections} connections that send without waiting, the servers in turns.`,
          columns: ["start", "requests per second"],
          rows: Object.keys(programs).map((name) => ({
            name,
            figures: [figure(starts[name], "ms"), rates[name] && figure(rates[name], "")],
          })),
        },
      ],
      budgets: [
        budget("emulator: process start to first response", start, 150),
        budget("emulator: start beyond a server of Node.js without code", beyond, 100),
        {
          what: "emulator: requests per second",
          limit: "≥ 10 × mock server",
          measured: format(ratio),
          isMet: ratio.value >= 10,
        },
      ],
    };
  },
};

const forEachProgram = <T>(work: (program: Program) => T): Record<string, () => T> =>
  Object.fromEntries(Object.entries(programs).map(([name, program]) => [name, () => work(program)]));

interface Started {
  port: number;
  ms: number;
  stop(): Promise<void>;
}

/** Starts a server and waits for its first response, with any status. */
async function startProgram({ args, base }: Program): Promise<Started> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}${base}`;
  const start = performance.now();
  const child = spawn(process.execPath, args(port), { stdio: "ignore" });
  while (!(await isResponding(url))) {
    if (child.exitCode !== null) throw new Error(`${args(port).join(" ")} exited with ${child.exitCode}.`);
    await sleep(2);
  }
  return { port, ms: performance.now() - start, stop: () => stop(child) };
}

async function stop(child: ChildProcess): Promise<void> {
  const closed = once(child, "close");
  child.kill("SIGTERM");
  await closed;
}

const isResponding = (url: string): Promise<boolean> =>
  new Promise((resolve) => {
    const request = httpRequest(`${url}/customers`, { agent: false }, (response) => {
      response.resume();
      resolve(true);
    });
    request.on("error", () => resolve(false)).end();
  });

async function timeToStart(program: Program): Promise<number> {
  const { ms, stop: stopServer } = await startProgram(program);
  await stopServer();
  return ms;
}

async function measureRates(): Promise<Series> {
  const body = JSON.stringify(await exampleOf("create-natural-person"));
  const names = [emulatorName, mockName];
  const servers = await Promise.all(names.map((name) => startProgram(programs[name] as Program)));
  const measurements = names.map((name, index) => {
    const { port } = servers[index] as Started;
    const { base } = programs[name] as Program;
    return [name, () => requestsPerSecond(port, base, body)] as const;
  });
  try {
    return await interleave(Object.fromEntries(measurements), loadRounds, (progress) =>
      printProgress(`requests per second: ${progress}`),
    );
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
  }
}

/** Sends creates over several connections without waiting for responses, so that the server is never idle. */
async function requestsPerSecond(port: number, base: string, body: string): Promise<number> {
  const perConnection = requestsPerRound / connections;
  const start = performance.now();
  await Promise.all(
    Array.from({ length: connections }, () => {
      const requests = Array.from({ length: perConnection }, () => createRequest(base, body));
      return sendAll(port, requests);
    }),
  );
  return requestsPerRound / ((performance.now() - start) / 1_000);
}

let keys = 0;

const createRequest = (base: string, body: string): string =>
  [
    `POST ${base}/customers HTTP/1.1`,
    "host: 127.0.0.1",
    "authorization: Bearer sk_test_example",
    "content-type: application/json",
    `content-length: ${Buffer.byteLength(body)}`,
    `x-idempotency: key-${++keys}`,
    "",
    body,
  ].join("\r\n");

/** Writes requests to one connection. Each must get a 201. A plain socket costs less than the servers do. */
function sendAll(port: number, requests: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => socket.write(requests.join("")));
    let text = "";
    socket.setEncoding("latin1").on("data", (chunk: string) => {
      text += chunk;
      const responses = text.split("HTTP/1.1 ").slice(1);
      const failed = responses.find((response) => !response.startsWith("201"));
      if (failed !== undefined) reject(new Error(`Not a 201: ${failed.slice(0, 300)}`));
      if (responses.length < requests.length || !text.endsWith("}")) return;
      socket.destroy();
      resolve();
    });
    socket.on("error", reject);
  });
}
