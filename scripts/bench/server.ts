// A server on loopback for measured processes. It runs in the main process, which is idle while they run.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { exampleOf } from "./document.js";

/** Runs `work` with the URL of a server that returns a customer to every request. */
export async function withServer<Result>(work: (url: string) => Promise<Result>): Promise<Result> {
  const body = JSON.stringify(await exampleOf("customer-natural-person"));
  const server = createServer((request, response) => {
    const headers = { "content-type": "application/json", "content-length": Buffer.byteLength(body) };
    request.resume();
    request.on("end", () => response.writeHead(request.method === "POST" ? 201 : 200, headers).end(body));
  });
  // Longer than any pause between two rounds: reconnecting isn't what is measured.
  server.keepAliveTimeout = 120_000;
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  try {
    return await work(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}
