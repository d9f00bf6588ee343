// Serves the docs on loopback, and reloads open pages when the docs change.
import { readFile } from "node:fs/promises";
import { createServer, type ServerResponse } from "node:http";
import { extname, join, normalize, sep } from "node:path";
import { host, listen } from "../free-port.js";

export interface DocsServer {
  url: string;
  port: number;
  /** Reloads open pages. */
  reload(): void;
  /** Shows a banner on open pages. `undefined` removes it. */
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
  let currentBanner: string | null = null;
  const sendTo = (page: ServerResponse, event: string, data: unknown) =>
    page.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  const send = (event: string, data: unknown) => {
    for (const page of pages) sendTo(page, event, data);
  };

  const server = createServer(async (request, response) => {
    const path = request.url?.split("?")[0] ?? "/";
    const respond = (status: number, type: string, body?: string | Buffer) => {
      response.writeHead(status, { "content-type": type, "cache-control": "no-store" });
      if (body !== undefined) response.end(body);
    };
    if (path === "/events") {
      respond(200, "text/event-stream");
      sendTo(response, "banner", currentBanner);
      pages.add(response);
      response.on("close", () => pages.delete(response));
      return;
    }
    const file = normalize(join(folder, path.endsWith("/") ? `${path}index.html` : path));
    const body = file.startsWith(folder + sep) ? await readFile(file).catch(() => undefined) : undefined;
    const type = types[extname(file)] ?? "application/octet-stream";
    if (!body) respond(404, "text/plain; charset=utf-8", "There is no such page. Start at /.\n");
    else respond(200, type, extname(file) === ".html" ? `${body}${reloadScript}` : body);
  });

  const actualPort = await listen(server, port);
  return {
    url: `http://${host}:${actualPort}`,
    port: actualPort,
    reload: () => send("reload", null),
    banner(text = "") {
      currentBanner = text || null;
      send("banner", currentBanner);
    },
    async close() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

// Added to pages while they are served. The files don't contain it, so they make no requests.
const reloadScript = `
<script>
{
  const events = new EventSource("/events");
  const banner = document.createElement("pre");
  banner.id = "dev-banner";
  banner.setAttribute("role", "alert");
  banner.style.cssText = "position:fixed;inset:0 0 auto 0;z-index:9999;margin:0;padding:12px 16px;background:#8a1c1c;color:#fff;font:14px/1.5 monospace;white-space:pre-wrap";
  events.addEventListener("reload", () => location.reload());
  events.addEventListener("banner", ({ data }) => {
    const text = JSON.parse(data);
    if (text === null) return banner.remove();
    banner.textContent = text;
    document.body.append(banner);
  });
}
</script>
`;
