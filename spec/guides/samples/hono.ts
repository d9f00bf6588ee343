import { Hono } from "hono";
import { HTTPException } from "hono/http-exception";
import { isOnePayError, OnePay } from "onepay-client";
import { toResponse } from "./error-response.js";

const onepay = new OnePay();
export const app = new Hono();

app.get("/balance/:id", async (context) => {
  const id = context.req.param("id");
  const balance = await onepay.customers.getBalance(id);
  return context.json(balance);
});

app.onError((error, context) => {
  if (error instanceof HTTPException)
    return error.getResponse();
  console.error(error);
  if (!isOnePayError(error))
    return context.json({ message: "Error" }, 500);
  const { status, message } = toResponse(error);
  return Response.json({ message }, { status });
});
