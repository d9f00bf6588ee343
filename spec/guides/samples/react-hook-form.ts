import {
  standardSchemaResolver,
} from "@hookform/resolvers/standard-schema";
import type { TopUp } from "onepay-client";
import {
  type StandardSchemaV1,
  topUpCustomer,
} from "onepay-client/schemas";
import { useForm } from "react-hook-form";

// The types of the fields come from the input.
const schema = topUpCustomer.in(
  "es",
) as StandardSchemaV1<TopUp>;

/** The form of a top-up. */
export function useTopUpForm() {
  const { register, ...form } = useForm({
    resolver: standardSchemaResolver(schema),
  });
  return {
    ...form,
    amount: register("amount", {
      valueAsNumber: true,
    }),
    concept: register("concept", {
      // An empty field is absent.
      setValueAs: (text) => text || undefined,
    }),
  };
}
