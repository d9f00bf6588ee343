import { fastify } from "fastify";
import { isOnePayError, OnePay } from "onepay-client";
import { toResponse } from "./error-response.js";

const onepay = new OnePay();
export const app = fastify();

app.get<{ Params: { id: string } }>(
  "/balance/:id",
  ({ params }) =>
    onepay.customers.getBalance(params.id),
);

app.setErrorHandler((error, request, reply) => {
  if (!isOnePayError(error)) throw error;
  request.log.error(error);
  const { status, message } = toResponse(error);
  return reply.status(status).send({ message });
});
