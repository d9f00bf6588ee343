// Runs the samples of the guides that are tests or modules: the ones that print nothing when they're imported.
import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { trace } from "@opentelemetry/api";
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from "@opentelemetry/sdk-trace-base";
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { type Handler, reply, serve } from "../client/server.js";
import "../../spec/guides/samples/spy.test.js";
import "../../spec/guides/samples/fake-timers.test.js";

/** A server in place of OnePay. The environment variable points the samples to it. */
async function serveSample(handler: Handler): Promise<string> {
  const { url } = await serve(handler);
  vi.stubEnv("ONEPAY_BASE_URL", url);
  return url;
}

/** A fresh copy of a sample, which reads the environment variables when it's imported. */
const load = async <Module>(name: string): Promise<Module> =>
  (await import(`../../spec/guides/samples/${name}.ts`)) as Module;

interface WithClient {
  onepay: import("onepay-client").OnePay;
}

beforeEach(() => {
  vi.stubEnv("ONEPAY_API_KEY", "sk_test_xxx");
  vi.stubEnv("LOG_LEVEL", "silent");
});
afterEach(() => {
  vi.resetModules();
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

describe("the sample of onepay.request()", () => {
  it("reads the webhooks", async () => {
    await serveSample((exchange) =>
      reply(exchange.request.path === "/v1/webhooks" ? 200 : 404, { data: [{ id: "one" }] })(exchange),
    );
    const { listWebhooks } = await load<{ listWebhooks: () => Promise<string[]> }>("request");
    expect(await listWebhooks()).toEqual(["one"]);
  });
});

describe("the samples of logging", () => {
  it("log the events of a call with pino", async () => {
    await serveSample(reply(404));
    const { onepay } = await load<WithClient>("pino");
    await expect(onepay.customers.get("abc")).rejects.toThrow("customers.get: 404");
  });

  it("record one OpenTelemetry span per call", async () => {
    const exporter = new InMemorySpanExporter();
    trace.setGlobalTracerProvider(
      new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }),
    );
    onTestFinished(() => trace.disable());
    await serveSample(reply(401, { code_name: "insufficient_funds" }));
    const { onepay } = await load<WithClient>("opentelemetry");
    await onepay.customers.get("abc").catch(() => {});
    expect(exporter.getFinishedSpans()).toMatchObject([
      {
        name: "GET /customers/{customer_id}",
        attributes: {
          "http.response.status_code": 401,
          "http.request.resend_count": 0,
          "error.type": "UnauthorizedError",
          "onepay.operation": "getCustomer",
          "onepay.outcome": "rejected",
        },
      },
    ]);
  });
});

describe("the samples of frameworks", () => {
  const textOf = async (response: Response) => ({ status: response.status, text: await response.text() });

  /** Each loads its sample, and responds to a GET request. */
  const frameworks = {
    express: async (path: string) => {
      const { app } = await load<{ app: import("express").Express }>("express");
      const server = app.listen(0, "127.0.0.1");
      await new Promise((resolve) => server.once("listening", resolve));
      onTestFinished(() => void server.close());
      return textOf(await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`));
    },
    fastify: async (path: string) => {
      const { app } = await load<{ app: import("fastify").FastifyInstance }>("fastify");
      onTestFinished(() => app.close());
      const { statusCode, body } = await app.inject(path);
      return { status: statusCode, text: body };
    },
    hono: async (path: string) => {
      const { app } = await load<{ app: import("hono").Hono }>("hono");
      return textOf(await app.request(path));
    },
    "next-route": async (path: string) => {
      const { GET } = await load<typeof import("../../spec/guides/samples/next-route.js")>("next-route");
      const params = Promise.resolve({ id: path.split("/").at(-1) ?? "" });
      return textOf(await GET(new Request(`http://localhost${path}`), { params }));
    },
  };

  describe.each(Object.entries(frameworks))("%s", (_, get) => {
    it("responds with the data", async () => {
      await serveSample(reply(200, { id: "abc", balance: 50_000 }));
      expect(await get("/balance/abc")).toEqual({ status: 200, text: '{"id":"abc","balance":50000}' });
    });

    it.each([
      [401, 502],
      [403, 502],
      [404, 502],
      [422, 422],
      [429, 503],
    ])("turns OnePay's %d into %d, without OnePay's text", async (status, expected) => {
      vi.spyOn(console, "error").mockImplementation(() => {});
      vi.spyOn(Math, "random").mockReturnValue(0);
      await serveSample(reply(status, { message: "texto de OnePay" }));
      const response = await get("/balance/abc");
      expect(response.status).toBe(expected);
      expect(response.text).not.toContain("OnePay");
    });
  });

  it("create the client of Next.js at the first call, so that a build needs no API key", async () => {
    vi.stubEnv("ONEPAY_API_KEY", "");
    const { getOnePay } =
      await load<typeof import("../../spec/guides/samples/next-client.js")>("next-client");
    vi.stubEnv("ONEPAY_API_KEY", "sk_test_xxx");
    expect(getOnePay()).toBe(getOnePay());
  });
});

describe("the samples of proxies and TLS", () => {
  it("send the request through the proxy", async () => {
    const { port, origin } = new URL(await serveSample(reply(200, { id: "abc" })));
    const tunnels: string[] = [];
    const proxy = createServer();
    proxy.on("connect", (request, socket) => {
      tunnels.push(`http://${request.url}`);
      const upstream = connect(Number(port), "127.0.0.1", () => {
        socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
        upstream.pipe(socket).pipe(upstream);
      });
      socket.on("error", () => upstream.destroy());
    });
    await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void proxy.close());
    vi.stubEnv("HTTPS_PROXY", `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`);
    const { onepay } = await load<WithClient>("proxy");
    expect(await onepay.customers.get("abc")).toEqual({ id: "abc" });
    expect(tunnels).toEqual([origin]);
  });

  it.each([
    ["custom-ca", "accept a CA in a file"],
    ["long-timeout", "raise the limits of Node.js for long calls"],
  ])("%s: %s", async (name) => {
    vi.stubEnv("CA_FILE", new URL("guide-samples.test.ts", import.meta.url).pathname);
    await serveSample(reply(200, { id: "abc" }));
    const { onepay } = await load<WithClient>(name);
    expect(await onepay.customers.get("abc")).toEqual({ id: "abc" });
  });
});
