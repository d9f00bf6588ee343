// Serves the rendered docs on loopback, and tells open pages when there is something newer.
import { readFile } from "node:fs/promises";
import { createServer, type ServerResponse } from "node:http";
import { extname, join, normalize, sep } from "node:path";
import { listen } from "../mock.js";

export interface DocsServer {
  url: string;
  port: number;
  /** Open pages load themselves anew. */
  reload(): void;
  /** Open pages show this text as a banner; `undefined` takes it away. */
  banner(text: string | undefined): void;
  close(): Promise<void>;
}

const types: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".txt": "text/plain; charset=utf-8",
  ".md": "text/plain; charset=utf-8",
};

export async function serveDocs(folder: string, port: number): Promise<DocsServer> {
  const pages = new Set<ServerResponse>();
  let warning: string | undefined;
  const tell = (event: string, data: unknown) => {
    for (const page of pages) page.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  };

  const server = createServer(async (request, response) => {
    const path = request.url?.split("?")[0] ?? "/";
    if (path === "/events") {
      response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
      response.write(`event: banner\ndata: ${JSON.stringify(warning ?? null)}\n\n`);
      pages.add(response);
      response.on("close", () => pages.delete(response));
      return;
    }
    const file = normalize(join(folder, path.endsWith("/") ? `${path}index.html` : path));
    const body = file.startsWith(folder + sep) ? await readFile(file).catch(() => undefined) : undefined;
    if (!body) {
      response
        .writeHead(404, { "content-type": "text/plain; charset=utf-8" })
        .end(`There is no page ${path} here. Start at /.\n`);
      return;
    }
    const type = types[extname(file)] ?? "application/octet-stream";
    response.writeHead(200, { "content-type": type, "cache-control": "no-store" });
    response.end(extname(file) === ".html" ? `${body}${listener}` : body);
  });

  const taken = await listen(server, port);
  return {
    url: `http://127.0.0.1:${taken}`,
    port: taken,
    reload: () => tell("reload", null),
    banner(text) {
      warning = text;
      tell("banner", text ?? null);
    },
    async close() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

// What is served has this at its end; the file on disk does not, and so asks nobody for anything.
const listener = `
<script>
{
  const events = new EventSource("/events");
  const bar = document.createElement("pre");
  bar.id = "bench-banner";
  bar.setAttribute("role", "alert");
  bar.style.cssText = "position:fixed;inset:0 0 auto 0;z-index:9999;margin:0;padding:12px 16px;background:#8a1c1c;color:#fff;font:14px/1.5 monospace;white-space:pre-wrap";
  events.addEventListener("reload", () => location.reload());
  events.addEventListener("banner", ({ data }) => {
    const text = JSON.parse(data);
    if (text === null) return bar.remove();
    bar.textContent = text;
    document.body.append(bar);
  });
}
</script>
`;
