// HTTP servers on loopback for the tests.
import { createServer, type RequestListener } from "node:http";
import { bodyText, type HttpResponse } from "../../scripts/contract/case.js";
import { listen } from "../../scripts/free-port.js";

export interface TestServer {
  url: string;
  port: number;
  close: () => Promise<void>;
}

export async function startServer(listener: RequestListener): Promise<TestServer> {
  const server = createServer(listener);
  const port = await listen(server, 0);
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

/** An upstream server that returns the response of `next`, byte for byte. */
export const startUpstream = (next: () => HttpResponse): Promise<TestServer> =>
  startServer((request, response) => {
    const { status, headers, ...rest } = next();
    request.resume().on("end", () => {
      response.writeHead(status, headers);
      response.end(bodyText({ status, headers, ...rest }));
    });
  });
