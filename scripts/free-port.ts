// Ports on the loopback interface that no other program uses.
import { once } from "node:events";
import { type AddressInfo, createServer, type Server } from "node:net";

export const host = "127.0.0.1";

export async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listen(server, 0);
  server.close();
  await once(server, "close");
  return port;
}

/** Listens on `port` or on the next free one of the 99 ports after it. Returns the port. */
export function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    let next = port;
    server.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EADDRINUSE") return reject(error);
      next += 1;
      if (next >= port + 100 || next > 65_535)
        return reject(new Error(`Ports ${port} to ${next - 1} are taken.`));
      server.listen(next, host);
    });
    server.on("listening", () => resolve((server.address() as AddressInfo).port));
    server.listen(next, host);
  });
}
