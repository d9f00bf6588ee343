// The emulator next to the mock server: time to start, and requests per second. All servers are real processes.
import { connect } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { root } from "../cli.js";
import { freePort } from "../free-port.js";
import { type RunningProcess, startNode } from "../process.js";
import { exampleOf } from "./document.js";
import { budget, format, type Part } from "./report.js";
import { differences, figure, interleave, ratios, type Series } from "./statistics.js";

interface Program {
  /** The arguments of Node.js. */
  args: (port: string) => string[];
  /** Path of the API's version. */
  base: string;
}

interface Server {
  url: URL;
  /** From the start of the process to its first response. */
  ms: number;
  running: RunningProcess;
}

const emulatorProgram: Program = {
  args: (port) => [join(root, "dist/cli.js"), "emulator", "--quiet", "--port", port],
  base: "/v1",
};
const mockProgram: Program = {
  args: (port) => [
    join(root, "node_modules/@stoplight/prism-cli/dist/index.js"),
    ...["mock", "-v", "silent", "-p", port, join(root, "generated/openapi.json")],
  ],
  base: "",
};
/** What Node.js itself needs on this machine. */
const bareProgram: Program = {
  args: (port) => ["-e", `require("http").createServer((_, r) => r.end()).listen(${port}, "127.0.0.1")`],
  base: "",
};

export const emulator: Part = {
  about: "time to start and requests per second of the emulator, next to the mock server's",
  async run() {
    const starts = await interleave({ emulator: emulatorProgram, bare: bareProgram }, 5, timeToStart);
    const servers = { emulator: await startServer(emulatorProgram), mock: await startServer(mockProgram) };
    const rates = await measureRates(servers).finally(() =>
      Promise.all([stopServer(servers.emulator), stopServer(servers.mock)]),
    );
    const start = figure(starts.emulator, "ms");
    const ratio = figure(ratios(rates.emulator, rates.mock), "×");
    return {
      tables: [
        {
          title: "Emulator and mock server",
          note: `Start: from the start of the process to its first response. The mock server takes seconds and is started once. Requests: creating a customer, ${connections} connections that send without waiting, the servers in turns.`,
          columns: ["start", "requests per second"],
          rows: [
            { name: "emulator", figures: [start, figure(rates.emulator, "")] },
            {
              name: "mock server (Prism)",
              figures: [{ value: servers.mock.ms, unit: "ms" }, figure(rates.mock, "")],
            },
            { name: "a server of Node.js without code", figures: [figure(starts.bare, "ms"), undefined] },
          ],
        },
      ],
      budgets: [
        budget("emulator: process start to first response", start, 150),
        budget(
          "emulator: start beyond a server of Node.js without code",
          figure(differences(starts.emulator, starts.bare), "ms"),
          100,
        ),
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

/** Starts a server and waits for its first response, with any status. */
async function startServer({ args, base }: Program): Promise<Server> {
  const port = await freePort();
  const url = new URL(`http://127.0.0.1:${port}${base}/customers`);
  const start = performance.now();
  const running = startNode(args(String(port)));
  let failure: string | undefined;
  void running.result.then(({ code, stderr }) => {
    failure = `${args(String(port)).join(" ")} exited with ${code}:\n${stderr}`;
  });
  while (!(await isResponding(url))) {
    if (failure) throw new Error(failure);
    await sleep(5);
  }
  return { url, ms: performance.now() - start, running };
}

const isResponding = (url: URL): Promise<boolean> =>
  fetch(url)
    .then((response) => response.arrayBuffer())
    .then(
      () => true,
      () => false,
    );

async function stopServer({ running }: Server): Promise<void> {
  running.stop();
  await running.result;
}

async function timeToStart(program: Program): Promise<number> {
  const server = await startServer(program);
  await stopServer(server);
  return server.ms;
}

async function measureRates<Name extends string>(servers: Record<Name, Server>): Promise<Series<Name>> {
  const body = JSON.stringify(await exampleOf("create-natural-person"));
  const measure = ({ url }: Server) => requestsPerSecond(url, body);
  // The first rounds only warm up.
  await interleave(servers, 3, measure);
  return interleave(servers, 9, measure);
}

const connections = 4;
const requestsPerConnection = 100;

async function requestsPerSecond(url: URL, body: string): Promise<number> {
  const start = performance.now();
  await Promise.all(Array.from({ length: connections }, () => createCustomers(url, body)));
  return (connections * requestsPerConnection) / ((performance.now() - start) / 1_000);
}

/**
 * Creates customers over one connection without waiting for responses, so that the server is never idle. Each must get a
 * 201. HTTP clients cost more than the servers do, so this writes to a socket.
 */
async function createCustomers({ port, pathname }: URL, body: string): Promise<void> {
  const requests = Array.from({ length: requestsPerConnection }, (_, index) =>
    [
      `POST ${pathname} HTTP/1.1`,
      "host: 127.0.0.1",
      // The server closes the connection after the last response. Some responses are chunked, so their text doesn't show their end.
      `connection: ${index === requestsPerConnection - 1 ? "close" : "keep-alive"}`,
      "authorization: Bearer sk_test_example",
      "content-type: application/json",
      `content-length: ${Buffer.byteLength(body)}`,
      `x-idempotency: ${crypto.randomUUID()}`,
      "",
      body,
    ].join("\r\n"),
  );
  const socket = connect(Number(port), "127.0.0.1").setEncoding("utf8");
  socket.write(requests.join(""));
  const text = (await socket.toArray()).join("");
  if (text.split("HTTP/1.1 201 ").length !== requestsPerConnection + 1)
    throw new Error(`Not every response has the status 201: ${text.slice(0, 300)}`);
}
