import { CsvError, parse } from "csv-parse/sync";
import type { CreateCustomer } from "onepay-client";
import { createCustomer } from "onepay-client/schemas";

export interface Header {
  names: string[];
  delimiter: string;
}

export interface ValidRow {
  line: number;
  /** From your system. It never changes. */
  id: string;
  body: CreateCustomer;
}

export interface RejectedRow {
  line: number;
  /** Without the values of the row. */
  reason: string;
}

/** The first line: `id`, and OnePay's fields. */
export function readHeader(text: string): Header {
  // Excel separates with a semicolon in Spanish.
  const delimiter = text.includes(";") ? ";" : ",";
  const names = readLine(
    text.replace("\u{FEFF}", ""),
    delimiter,
  );
  if (!names.includes("id"))
    throw new Error("The first line has no column id.");
  return { names, delimiter };
}

/**
 * The replacement of bytes that aren't UTF-8, and
 * control characters: PostgreSQL refuses some of them.
 */
const invalidCharacter = /[\u{FFFD}\p{Cc}]/u;

/** It becomes part of keys and of logs. */
const validId = /^[\w-]{1,100}$/;

/**
 * Validates one line. Each row is one line, so a
 * missing quotation mark affects no other row.
 */
export function parseRow(
  { names, delimiter }: Header,
  text: string,
  line: number,
): ValidRow | RejectedRow {
  const reject = (reason: string) => ({ line, reason });
  let values: string[];
  try {
    values = readLine(text, delimiter).map((value) =>
      value.trim(),
    );
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return reject(error.code);
  }
  if (values.length !== names.length)
    return reject(
      `Columns: ${values.length}, not ${names.length}.`,
    );
  if (invalidCharacter.test(values.join()))
    return reject(
      "Save it as UTF-8 without control characters.",
    );
  // An empty value is an absent field.
  const { id, ...fields } = Object.fromEntries(
    names
      .map((name, index) => [name, values[index]])
      .filter(([, value]) => value),
  );
  if (!id) return reject("id: it's missing.");
  if (!validId.test(id))
    return reject(
      "id: use letters, digits, - and _, up to 100.",
    );
  const { issues } =
    createCustomer["~standard"].validate(fields);
  if (issues)
    return reject(
      issues
        .map(
          ({ path, message }) =>
            `${path.join(".")}: ${message}`,
        )
        .join(" "),
    );
  return { line, id, body: fields as CreateCustomer };
}

const readLine = (text: string, delimiter: string) =>
  parse(text, { delimiter })[0] as string[];
