import express, {
  type ErrorRequestHandler,
} from "express";
import { isOnePayError, OnePay } from "onepay-client";
import { toResponse } from "./error-response.js";

const onepay = new OnePay();
export const app = express();

app.get("/balance/:id", async (request, response) => {
  const { id } = request.params;
  const balance = await onepay.customers.getBalance(id);
  response.json(balance);
});

const handleError: ErrorRequestHandler = (
  error,
  _request,
  response,
  next,
) => {
  if (!isOnePayError(error)) return next(error);
  console.error(error);
  const { status, message } = toResponse(error);
  response.status(status).json({ message });
};
app.use(handleError);
