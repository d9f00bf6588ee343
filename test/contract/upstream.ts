// A server that answers what it is told, byte for byte: the other side of the client and of Prism's proxy.
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { type Answer, bodyText } from "../../scripts/contract/case.js";

export interface Upstream {
  url: string;
  close: () => Promise<void>;
}

export async function listen(answer: RequestListener): Promise<Upstream> {
  const server = createServer(answer);
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

/** Answers each request with what `next` gives. */
export const scripted = (next: () => Answer): Promise<Upstream> =>
  listen((request, response) => {
    const { status, headers, ...rest } = next();
    request.resume().on("end", () => {
      response.writeHead(status, headers);
      response.end(bodyText({ status, headers, ...rest }));
    });
  });
