import { Hono } from "hono";
import { createEmulator } from "onepay-client/emulator";

export const emulator = createEmulator();
export const app = new Hono();

app.all("/v1/*", ({ req }) => emulator.handle(req.raw));
