import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bodySchema } from "../../src/schemas/body-schema.js";
import {
  createCustomer,
  createCustomerSessionCharge,
  fromForm,
  topUpCustomer,
} from "../../src/schemas/index.js";
import { naturalPerson, pathsOf } from "./schemas.js";

function formData(fields: Record<string, string | string[]>): FormData {
  const data = new FormData();
  for (const [name, values] of Object.entries(fields))
    for (const value of [values].flat()) data.append(name, value);
  return data;
}

describe("fromForm", () => {
  test("returns a valid body from a complete form", () => {
    const body = fromForm(createCustomer, formData({ ...naturalPerson, enable_notifications: "on" }));
    expect(body).toEqual({ ...naturalPerson, enable_notifications: true });
    expect(pathsOf(createCustomer, body)).toEqual([]);
  });

  test("leaves out empty fields: optional ones are absent, required ones are missing", () => {
    const body = fromForm(
      createCustomer,
      formData({ ...naturalPerson, email: "", nationality: "", birthdate: "" }),
    );
    expect(Object.keys(body)).not.toContain("nationality");
    expect(pathsOf(createCustomer, body)).toEqual(["email"]);
  });

  test.each([
    ["on", true],
    ["true", true],
    ["off", false],
    ["false", false],
  ])("converts %s of a boolean field to %s", (text, value) => {
    expect(fromForm(createCustomer, formData({ user_type: "natural", enable_notifications: text }))).toEqual({
      user_type: "natural",
      enable_notifications: value,
    });
  });

  test("takes the checkbox, not the hidden field before it, if both are sent", () => {
    const data = formData({ user_type: "company", enable_notifications: ["false", "on"] });
    expect(fromForm(createCustomer, data).enable_notifications).toBe(true);
  });

  test("doesn't convert a text field", () => {
    const data = formData({ ...naturalPerson, first_name: "on", document_number: "000101" });
    expect(fromForm(createCustomer, data)).toMatchObject({ first_name: "on", document_number: "000101" });
  });

  test.each([
    ["50000", 50_000],
    ["-1", -1],
    [" 100 ", 100],
    // Fifty thousand in Colombia, and fifty in JavaScript.
    ["50.000", "50.000"],
    ["50,000", "50,000"],
    ["5e4", "5e4"],
    ["0x10", "0x10"],
    // JavaScript would change the last digit.
    ["9007199254740993", "9007199254740993"],
    ["fifty", "fifty"],
  ])("converts the amount %j to %j", (text, value) => {
    expect(fromForm(topUpCustomer, formData({ amount: text }))).toEqual({ amount: value });
    expect(pathsOf(topUpCustomer, { amount: value })).toEqual(typeof value === "number" ? [] : ["amount"]);
  });

  test("reads a query string, too", () => {
    const data = new URLSearchParams("payment_method_id=1&amount=5000000&currency=COP&approve=true");
    expect(fromForm(createCustomerSessionCharge, data)).toEqual({
      payment_method_id: "1",
      amount: 5_000_000,
      currency: "COP",
      approve: true,
    });
  });

  test("leaves out the fields of a Next.js server action", () => {
    const data = formData({ $ACTION_ID_4012ab: "", "$ACTION_1:0": "{}", $ACTION_KEY: "k1", amount: "1" });
    expect(fromForm(topUpCustomer, data)).toEqual({ amount: 1 });
  });

  test("keeps a field that the document doesn't describe, so that a typing mistake is reported", () => {
    const body = fromForm(topUpCustomer, formData({ amount: "1", concpet: "Bono" }));
    expect(pathsOf(topUpCustomer, body)).toEqual(["concpet"]);
  });

  test("never changes a prototype and never throws", () => {
    const names = fc.oneof(
      fc.string(),
      fc.constantFrom(
        "__proto__",
        "__proto__.x",
        "__proto__[x]",
        "constructor.prototype.x",
        "amount",
        "amount.x",
        "a[b][c]",
        "[]",
        ".",
      ),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(names, fc.string({ minLength: 1 }))), (entries) => {
        const body = fromForm(topUpCustomer, new URLSearchParams(entries));
        expect(Object.getPrototypeOf(body)).toBe(Object.prototype);
        expect(Object.keys(Object.prototype)).toEqual([]);
        expect(Object.hasOwn(Object.prototype, "x")).toBe(false);
        topUpCustomer["~standard"].validate(body);
      }),
    );
  });
});

describe("a form for another document", () => {
  const schema = bodySchema(() => true, {
    fields: {
      weight: { type: "number" },
      isCompany: { type: "boolean" },
      tags: { items: { type: "integer" } },
      address: { fields: { floor: { type: "integer" }, city: {} } },
    },
  });
  const convert = (text: string) => fromForm(schema, new URLSearchParams(text));

  test("has numbers with a fraction", () => {
    expect(convert("weight=1.5")).toEqual({ weight: 1.5 });
    expect(convert("weight=1,5")).toEqual({ weight: "1,5" });
  });

  test("keeps a file, and a text that is neither true nor false", () => {
    const file = new File(["x"], "photo.png");
    const data = new FormData();
    data.append("photo", file);
    data.append("isCompany", "maybe");
    const { photo, isCompany } = fromForm(schema, data);
    expect((photo as File).name).toBe("photo.png");
    expect(isCompany).toBe("maybe");
  });

  test("has several values of one field as an array", () => {
    expect(convert("tags=1&tags=2")).toEqual({ tags: [1, 2] });
    expect(convert("tags[]=1")).toEqual({ tags: [1] });
  });

  test("has nested fields, in both notations", () => {
    expect(convert("address.floor=3&address[city]=Cali")).toEqual({ address: { floor: 3, city: "Cali" } });
  });

  test("replaces a value by an object if both have the same name", () => {
    expect(convert("address=x&address.city=Cali")).toEqual({ address: { city: "Cali" } });
  });
});
