// Sends two requests to Prism's own server in this process, so that a test can see the process exit after the second.
import { createLogger } from "@stoplight/prism-core";
import { getHttpOperationsFromSpec } from "@stoplight/prism-http";
import { createServer } from "@stoplight/prism-http-server";

const [document = ""] = process.argv.slice(2);
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
  components: { logger: createLogger("prism", { level: "silent" }) },
});
const url = await server.listen(0, "127.0.0.1");
for (const path of ["/greetings/Ana", "/greetings/%E0%A4%A"]) {
  const response = await fetch(url + path);
  console.log("status", response.status);
}
process.exit(0);
