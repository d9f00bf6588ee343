// Sends two requests to Prism in a process of its own, so that a test can watch the process end at the second.
import { createLogger } from "@stoplight/prism-core";
import { getHttpOperationsFromSpec } from "@stoplight/prism-http";
import { createServer } from "@stoplight/prism-http-server";

const [document = "", path = "/", headers = "{}"] = process.argv.slice(2);
const server = createServer(await getHttpOperationsFromSpec(JSON.parse(document)), {
  cors: true,
  config: {
    checkSecurity: true,
    validateRequest: true,
    validateResponse: true,
    errors: false,
    upstreamProxy: undefined,
    isProxy: false,
    mock: { dynamic: false },
  },
  components: { logger: createLogger("alone", { level: "silent" }) },
});
const url = await server.listen(0, "127.0.0.1");
/** @type {(path: string, headers: Record<string, string>) => Promise<void>} */
const send = async (path, headers) => {
  const answer = await fetch(url + path, { headers });
  console.log("answered", answer.status);
};
await send("/greetings/Ana", {});
await send(path, JSON.parse(headers));
process.exit(0);
