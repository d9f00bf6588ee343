import { Readable } from "node:stream";
import type { ReadableStream } from "node:stream/web";
import express, { type Request } from "express";
import { createEmulator } from "onepay-client/emulator";

export const emulator = createEmulator();
export const app = express();
app.use("/v1", express.text({ type: "*/*" }));

app.all("/v1/*path", async (request, response) => {
  const result = await emulator.handle(
    toWebRequest(request),
  );
  // A fault of the connection.
  if (result.type === "error") {
    response.destroy();
    return;
  }
  response.status(result.status);
  response.setHeaders(result.headers);
  if (!result.body) response.end();
  else
    Readable.fromWeb(
      result.body as ReadableStream,
    ).pipe(response);
});

/** Express has its own requests. */
function toWebRequest(request: Request) {
  const { method, originalUrl, headers, body } =
    request;
  return new globalThis.Request(
    `http://localhost${originalUrl}`,
    {
      method,
      headers: headers as Record<string, string>,
      ...(method === "POST" && { body }),
    },
  );
}
