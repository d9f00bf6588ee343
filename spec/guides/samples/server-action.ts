"use server";

import { OnePay } from "onepay-client";
import {
  createCustomer,
  fromForm,
} from "onepay-client/schemas";

export interface SignUpState {
  /** The message for each field. */
  errors: Record<string, string>;
  customerId?: string;
}

/** Pass it to useActionState. */
export async function signUp(
  _previous: SignUpState,
  data: FormData,
): Promise<SignUpState> {
  const result = createCustomer["~standard"].validate(
    fromForm(createCustomer, data),
  );
  if (result.issues) {
    const errors = result.issues.map(
      ({ path, message }) => [path.join("."), message],
    );
    return { errors: Object.fromEntries(errors) };
  }
  const onepay = new OnePay();
  const { id } = await onepay.customers.create(
    result.value,
  );
  return { errors: {}, customerId: id };
}
