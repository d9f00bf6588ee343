import { describe, expect, expectTypeOf, test } from "vitest";
import type { CreateCustomer, TopUp } from "../../generated/schema.js";
import {
  createCustomer,
  createCustomerSessionCharge,
  type StandardSchemaV1,
  topUpCustomer,
  verifyCustomerSession,
} from "../../src/schemas/index.js";
import { issuesOf as issuesOfViolations } from "../../src/schemas/issues.js";
import { issuesOf, naturalPerson, pathsOf } from "./schemas.js";

describe("a schema", () => {
  test("implements version 1 of Standard Schema", () => {
    const { version, vendor, validate } = createCustomer["~standard"];
    expect({ version, vendor, validate: typeof validate }).toEqual({
      version: 1,
      vendor: "onepay-client",
      validate: "function",
    });
  });

  test("returns the value itself, without a copy or a change", () => {
    const result = createCustomer["~standard"].validate(naturalPerson);
    expect(result).toEqual({ value: naturalPerson });
    expect("value" in result && result.value).toBe(naturalPerson);
  });

  test("takes any value and returns the type of the request", () => {
    expectTypeOf(createCustomer).toExtend<StandardSchemaV1<unknown, CreateCustomer>>();
    expectTypeOf(topUpCustomer.in("es")).toExtend<StandardSchemaV1<unknown, TopUp>>();
    const result = topUpCustomer["~standard"].validate({});
    if (!result.issues) expectTypeOf(result.value).toEqualTypeOf<TopUp>();
    // @ts-expect-error The schema isn't that of another request.
    const other: StandardSchemaV1<unknown, CreateCustomer> = topUpCustomer;
    expect(other).toBe(topUpCustomer);
  });

  test("keeps the issues of a result when it validates another value", () => {
    const first = topUpCustomer["~standard"].validate({});
    topUpCustomer["~standard"].validate({ amount: 1 });
    expect(first.issues).toHaveLength(1);
  });

  test.each([
    ["null", null],
    ["a string", "text"],
    ["an array", [naturalPerson]],
    ["nothing", undefined],
    ["a function", () => naturalPerson],
    ["a symbol", Symbol("text")],
  ])("reports %s as no object", (_, value) => {
    for (const schema of [createCustomer, topUpCustomer])
      expect(issuesOf(schema, value)).toEqual([
        { path: "", message: "Pass an object with the fields of the request." },
      ]);
  });

  test("reports an unknown field with any name", () => {
    for (const name of ["nickname", "__proto__", "constructor", "a/b~c"]) {
      const value = JSON.parse(`{"amount": 1, ${JSON.stringify(name)}: 1}`);
      expect(issuesOf(topUpCustomer, value)).toEqual([
        { path: name, message: "Remove this field: it isn't part of the request." },
      ]);
    }
  });
});

describe("the language of the messages", () => {
  const withoutPrefix = { ...naturalPerson, phone: "3001234567" };

  test("is English by default", () => {
    expect(issuesOf(createCustomer, withoutPrefix)).toEqual([
      {
        path: "phone",
        message: "Enter the phone number with its country prefix, for example +573001234567.",
      },
    ]);
  });

  test("is Spanish with in(es), without a change of the schema", () => {
    const spanish = createCustomer.in("es");
    expect(issuesOf(spanish, withoutPrefix)).toEqual([
      {
        path: "phone",
        message: "Escribe el teléfono con el indicativo del país, por ejemplo +573001234567.",
      },
    ]);
    expect(issuesOf(spanish, 1)[0]?.message).toBe("Pasa un objeto con los campos de la solicitud.");
    expect(issuesOf(spanish, { ...naturalPerson, nick: 1 })[0]?.message).toBe(
      "Elimina este campo: no hace parte de la solicitud.",
    );
    expect(issuesOf(createCustomer, withoutPrefix)[0]?.message).toContain("Enter");
    expect(issuesOf(spanish.in("en"), withoutPrefix)).toEqual(issuesOf(createCustomer, withoutPrefix));
  });

  test("throws for a language without messages", () => {
    expect(() => createCustomer.in("fr" as "es")).toThrow('OnePay: pass the language "en" or "es".');
  });
});

describe("a person or a company", () => {
  test("without user_type, only user_type is reported", () => {
    for (const user_type of [undefined, "person", 1, null])
      expect(issuesOf(createCustomer, { ...naturalPerson, phone: "1", user_type })).toEqual([
        { path: "user_type", message: "Choose natural (a person) or company." },
      ]);
  });

  test("a natural person with a NIT has one issue, on document_type", () => {
    expect(issuesOf(createCustomer, { ...naturalPerson, document_type: "NIT" })).toEqual([
      {
        path: "document_type",
        message: "Choose CC, CE or PASSPORT. For a NIT, choose company as the kind of customer.",
      },
    ]);
  });

  test("a company with a cédula has one issue, on document_type", () => {
    expect(issuesOf(createCustomer, { ...naturalPerson, user_type: "company" })).toEqual([
      { path: "document_type", message: "Choose NIT, the only document type of a company." },
    ]);
  });

  test("the messages are those of the selected kind", () => {
    const messageOf = (user_type: string) =>
      issuesOf(createCustomer, { user_type }).find(({ path }) => path === "first_name")?.message;
    expect(messageOf("natural")).toBe("Enter the first name.");
    expect(messageOf("company")).toBe("Enter the company's name.");
  });

  test("each missing field has one issue", () => {
    expect(pathsOf(createCustomer, { user_type: "natural" })).toEqual([
      ...["document_number", "document_type", "email", "first_name", "last_name", "phone"],
    ]);
  });
});

test("an amount with a fraction, as text or too small has one issue", () => {
  expect(issuesOf(topUpCustomer, { amount: 0.5 })).toEqual([
    { path: "amount", message: "Enter the amount in whole pesos, without cents." },
  ]);
  for (const amount of [50.5, "5000", 99, Number.NaN, null])
    expect(pathsOf(createCustomerSessionCharge, { payment_method_id: "1", amount, currency: "COP" })).toEqual(
      ["amount"],
    );
});

test("a one-time password as a number has the message of its field", () => {
  expect(issuesOf(verifyCustomerSession.in("es"), { phone: "+573000000101", otp: 12345 })).toEqual([
    { path: "otp", message: "Escribe el código que recibiste, con todos sus dígitos." },
  ]);
});

test("a union inside the body has the issue of its variant only", () => {
  const violation = (keyword: string, instancePath: string) => ({
    keyword,
    instancePath,
    schemaPath: "#",
    params: {},
  });
  const violations = [violation("oneOf", "/maker"), violation("type", "/maker/city")];
  expect(issuesOfViolations(violations, {}, { maker: { city: 1 } }, "en")).toEqual([
    { path: ["maker", "city"], message: "Correct this field." },
  ]);
});
