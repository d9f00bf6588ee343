import { OnePay } from "onepay-client";
import {
  createCustomer,
  fromForm,
} from "onepay-client/schemas";

const schema = createCustomer.in("es");

/** Handles the POST of a plain <form>. */
export async function signUp(
  request: Request,
): Promise<Response> {
  const data = await request.formData();
  const result = schema["~standard"].validate(
    fromForm(schema, data),
  );
  if (result.issues)
    return Response.json(result.issues, {
      status: 422,
    });
  const onepay = new OnePay();
  const { id } = await onepay.customers.create(
    result.value,
  );
  return Response.json({ id }, { status: 201 });
}
