/** Starting and stopping an HTTP server. Node.js only. */
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";

/** How many ports after the first one are tried. */
const portsToTry = 20;
const lastPort = 65_535;

/** Listens on the port, or on the next free one, and returns it. */
export async function listen(server: Server, host: string, first: number): Promise<number> {
  const last = first === 0 ? 0 : Math.min(first + portsToTry, lastPort);
  for (let port = first; ; port += 1) {
    try {
      return await listenOn(server, host, port);
    } catch (error) {
      const isTaken = (error as NodeJS.ErrnoException).code === "EADDRINUSE";
      if (!isTaken || port === last) throw error;
    }
  }
}

function listenOn(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

/** Stops the server and breaks its connections. */
export function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
