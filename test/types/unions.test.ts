import { expect, expectTypeOf, test } from "vitest";
import type {
  Company,
  CreateCharge,
  CreateCustomer,
  Customer,
  FieldErrors,
  NaturalPerson,
  operations,
  Transaction,
} from "../../generated/schema.js";

const person = {
  user_type: "natural",
  first_name: "Juan",
  last_name: "Pérez",
  email: "juan@example.com",
  phone: "+573001234567",
  document_number: "1234567890",
} as const;

test("user_type narrows a customer to a person or a company", () => {
  const describeCustomer = (customer: CreateCustomer) => {
    if (customer.user_type === "natural") {
      expectTypeOf(customer).toEqualTypeOf<NaturalPerson>();
      expectTypeOf(customer.document_type).toEqualTypeOf<"CC" | "CE" | "PASSPORT">();
      return "person";
    }
    expectTypeOf(customer).toEqualTypeOf<Company>();
    expectTypeOf(customer.document_type).toEqualTypeOf<"NIT">();
    return "company";
  };
  expect(describeCustomer({ ...person, document_type: "CC" })).toBe("person");
});

test("a person with a company's document and a company with a person's document don't compile", () => {
  const accept = (customer: CreateCustomer) => customer;
  // @ts-expect-error: a person has no NIT
  accept({ ...person, document_type: "NIT" });
  // @ts-expect-error: a company has a NIT only
  accept({ ...person, user_type: "company", document_type: "CC" });
  accept({ ...person, user_type: "company", document_type: "NIT" });
});

test("a misspelled field doesn't compile", () => {
  const accept = (customer: NaturalPerson) => customer;
  // @ts-expect-error: the field is nationality
  accept({ ...person, document_type: "CC", nationalty: "CO" });
});

test("a response distinguishes optional fields from fields that may be null", () => {
  expectTypeOf<Customer["id"]>().toEqualTypeOf<string>();
  expectTypeOf<Customer["nationality"]>().toEqualTypeOf<string | null | undefined>();
  expectTypeOf<Customer["document_type"]>().toEqualTypeOf<string>();
  expectTypeOf<CreateCharge["currency"]>().toEqualTypeOf<"COP" | "USD">();
});

test("field errors are a list or a map", () => {
  const first = (errors: FieldErrors): string | undefined =>
    Array.isArray(errors) ? errors[0]?.description : [Object.values(errors)[0]].flat()[0];
  expect(first([{ key: "email", description: "wrong" }])).toBe("wrong");
  expect(first({ email: ["wrong"] })).toBe("wrong");
});

test("a page is an envelope or a bare array", () => {
  type Page = operations["listCustomers"]["responses"][200]["content"]["application/json"];
  const items = (page: Page): Customer[] => {
    if (Array.isArray(page)) return page;
    expectTypeOf(page.next_page_url).toEqualTypeOf<string | null | undefined>();
    return page.data;
  };
  expect(items([])).toEqual(items({ data: [] }));
});

test("the cause of a transaction may be null", () => {
  const accountOf = ({ node }: Pick<Transaction, "node">) => node?.account_id;
  expect(accountOf({ node: null })).toBeUndefined();
});
