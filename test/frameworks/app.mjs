// @ts-nocheck: the frameworks are installed only for this test.
/** Serves errors of the client with a framework and its default error handler: `node app.mjs FRAMEWORK CLIENT API_URL`. */
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const [framework, clientPath, apiUrl] = process.argv.slice(2);
const { OnePay } = await import(clientPath);

const create = (baseUrl) => new OnePay({ apiKey: "sk_test_hush", baseUrl, maxRetries: 0 });
const onepay = create(apiUrl);
const body = { first_name: "Zoraida" };

/** What a handler does, by path. Most of them fail, and none of them catches the error. */
const actions = {
  alive: async () => "alive",
  "api-error": () => onepay.customers.create(body),
  "connection-error": () => create("http://127.0.0.1:2").customers.create(body),
  "own-status": async () => {
    try {
      await onepay.customers.create(body);
    } catch (error) {
      error.status = 502;
      throw error;
    }
  },
  "http-errors": async () => {
    try {
      await onepay.customers.create(body);
    } catch (error) {
      throw require("http-errors")(502, error);
    }
  },
};
const act = (path) => actions[path.slice(1)]();

const listening = (server) => {
  if (server.listening) report(server);
  else server.once("listening", () => report(server));
};
const report = (server) => process.stdout.write(`${server.address().port}\n`);

const frameworks = {
  express: (version) => {
    const app = require(`express-${version}`)();
    app.get(/.*/, (request, response, next) => {
      const result = act(request.path).then((text) => response.send(text));
      // Express 5 handles rejections itself; with Express 4, every handler passes them on.
      if (version === "4") result.catch(next);
      return result.catch(version === "4" ? () => {} : (error) => Promise.reject(error));
    });
    listening(app.listen(0, "127.0.0.1"));
  },
  koa: (version) => {
    const Koa = require(`koa-${version}`);
    const app = new Koa();
    app.use(async (context) => {
      context.body = await act(context.path);
    });
    listening(app.listen(0, "127.0.0.1"));
  },
  fastify: async () => {
    const app = require("fastify")({ logger: { level: "error" } });
    app.get("/*", (request) => act(request.url));
    await app.listen({ port: 0, host: "127.0.0.1" });
    listening(app.server);
  },
  hono: async () => {
    const { Hono } = await import("hono");
    const { serve } = await import("@hono/node-server");
    const app = new Hono();
    app.get("/*", async (context) => context.text(await act(context.req.path)));
    listening(serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" }));
  },
  nest: async () => {
    require("reflect-metadata");
    const { Controller, Get, Module, Req } = require("@nestjs/common");
    const { NestFactory } = require("@nestjs/core");
    class ActionController {
      act(request) {
        return act(request.path);
      }
    }
    // The decorators of TypeScript, called as functions.
    Req()(ActionController.prototype, "act", 0);
    const descriptor = Object.getOwnPropertyDescriptor(ActionController.prototype, "act");
    Get("*path")(ActionController.prototype, "act", descriptor);
    Controller()(ActionController);
    class AppModule {}
    Module({ controllers: [ActionController] })(AppModule);
    const app = await NestFactory.create(AppModule, { logger: ["error"] });
    await app.listen(0, "127.0.0.1");
    listening(app.getHttpServer());
  },
};

const [name, version] = framework.split("-");
await frameworks[name](version);
