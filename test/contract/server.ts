// HTTP servers on loopback for the tests.
import { createServer, type RequestListener } from "node:http";
import { bodyText, type HttpResponse } from "../../scripts/contract/case.js";
import { type ContractPrism, sendToMock } from "../../scripts/contract/prism.js";
import { listen } from "../../scripts/free-port.js";
import { startMock } from "../../scripts/mock.js";

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
    const { status, headers } = next();
    request.resume().on("end", () => response.writeHead(status, headers).end(bodyText(next())));
  });

/** Prism behind HTTP: the mock server, and the proxy in front of an upstream server. */
export async function startPrism(
  document: object,
): Promise<ContractPrism & { close: () => Promise<unknown> }> {
  let next: HttpResponse = { status: 500, headers: {} };
  const upstream = await startUpstream(() => next);
  const mock = await startMock({ document });
  const proxy = await startMock({ document, upstream: upstream.url });
  return {
    mock(request, prefer) {
      if (prefer === undefined) return sendToMock(mock.url, request);
      const example = prefer.example === undefined ? "" : `, example=${prefer.example}`;
      const headers = { ...request.headers, prefer: `code=${prefer.code}${example}` };
      return sendToMock(mock.url, { ...request, headers });
    },
    proxy(request, response) {
      next = response;
      return sendToMock(proxy.url, request);
    },
    close: () => Promise.all([mock.close(), proxy.close(), upstream.close()]),
  };
}
