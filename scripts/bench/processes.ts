// What measured processes need: a clock around them, and a server on loopback.
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import { listen } from "../free-port.js";
import { startNode } from "../process.js";
import { exampleOf } from "./document.js";

/** Runs a Node.js program. Returns how long it took, and what it printed. */
export async function runNode(args: string[], cwd?: string): Promise<{ ms: number; stdout: string }> {
  const start = performance.now();
  const { code, stdout, stderr } = await startNode(args, cwd ? { cwd } : {}).result;
  if (code !== 0) throw new Error(`node ${args.join(" ")} exited with ${code}:\n${stdout}${stderr}`);
  return { ms: performance.now() - start, stdout };
}

/** Runs a TypeScript module of this folder in its own process, with flags of V8. Returns the JSON that it prints. */
export async function runModule<Output>(name: string, args: string[], flags: string[]): Promise<Output> {
  const file = fileURLToPath(new URL(name, import.meta.url));
  return JSON.parse((await runNode([...flags, "--import", "tsx", file, ...args])).stdout);
}

/**
 * Runs `work` with the URL of a server that returns a customer to every request. The server runs in this process, which
 * is idle while others are measured.
 */
export async function withServer<Result>(work: (url: string) => Promise<Result>): Promise<Result> {
  const body = JSON.stringify(await exampleOf("customer-natural-person"));
  const headers = { "content-type": "application/json", "content-length": Buffer.byteLength(body) };
  const server = createServer((request, response) => {
    request.resume();
    request.on("end", () => response.writeHead(request.method === "POST" ? 201 : 200, headers).end(body));
  });
  // Longer than any pause between two rounds: reconnecting isn't what is measured.
  server.keepAliveTimeout = 120_000;
  try {
    return await work(`http://127.0.0.1:${await listen(server, 0)}`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}
