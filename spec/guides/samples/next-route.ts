import { isOnePayError } from "onepay-client";
import { toResponse } from "./error-response.js";
import { getOnePay } from "./next-client.js";

interface Context {
  params: Promise<{ id: string }>;
}

export async function GET(
  _request: Request,
  { params }: Context,
): Promise<Response> {
  const { id } = await params;
  try {
    const { customers } = getOnePay();
    return Response.json(
      await customers.getBalance(id),
    );
  } catch (error) {
    if (!isOnePayError(error)) throw error;
    console.error(error);
    const { status, message } = toResponse(error);
    return Response.json({ message }, { status });
  }
}
