// Unions and nullable fields of the generated types. fixtures/consumer.ts has the mistakes that must not compile.
import { expect, expectTypeOf, test } from "vitest";
import type {
  Company,
  CreateCustomer,
  Customer,
  FieldErrors,
  NaturalPerson,
  operations,
  Transaction,
} from "../../generated/schema.js";

test("user_type narrows a customer to a person or a company", () => {
  expectTypeOf<Extract<CreateCustomer, { user_type: "natural" }>>().toEqualTypeOf<NaturalPerson>();
  expectTypeOf<Extract<CreateCustomer, { user_type: "company" }>>().toEqualTypeOf<Company>();
});

test("a response distinguishes optional fields from fields that may be null", () => {
  expectTypeOf<Customer["id"]>().toEqualTypeOf<string>();
  expectTypeOf<Customer["nationality"]>().toEqualTypeOf<string | null | undefined>();
  expectTypeOf<NonNullable<Transaction["node"]> | null>().toExtend<Transaction["node"]>();
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
