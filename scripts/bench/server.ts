// A server on loopback in a process of its own, so that it takes no time from whom is measured. It answers every
// create and get at once.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { answer as reply } from "./processes.js";
import { answer } from "./subjects.js";

const text = JSON.stringify(answer);

reply(async () => {
  const server = createServer((request, response) => {
    request.resume();
    request.on("end", () => {
      response.writeHead(request.method === "POST" ? 201 : 200, {
        "content-type": "application/json",
        "content-length": Buffer.byteLength(text),
      });
      response.end(text);
    });
  });
  // Longer than any pause between two measurements: a connection that ends in one would be measured as well.
  server.keepAliveTimeout = 120_000;
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  process.on("disconnect", () => process.exit());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
});
