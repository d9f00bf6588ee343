// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are the templates of the samples.
// The code samples on the pages: lines that fit, and comments and messages in Spanish on the Spanish pages.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { root } from "../../scripts/cli.js";
import {
  maxLineLength,
  readTranslations,
  translatableTexts,
  translateCode,
} from "../../scripts/docs/spanish-code.js";

const samples = ["spec/samples", "spec/guides/samples"]
  .flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map((name) => `${folder}/${name}`),
  )
  .filter((name) => /\.(ts|sh)$/.test(name))
  .map((name) => ({ name, code: readFileSync(join(root, name), "utf8") }));
const typescript = samples.filter(({ name }) => name.endsWith(".ts"));
const translations = await readTranslations(join(root, "spec/samples"));

/** Lines that are longer than the panel of the samples. */
const longLines = (code: string) => code.split("\n").filter((line) => line.length > maxLineLength);

describe("the samples", () => {
  it.each(samples)(`have lines of at most ${maxLineLength} characters: $name`, ({ code }) => {
    expect(longLines(code)).toEqual([]);
  });

  it.each(typescript)("have lines that fit in Spanish, too: $name", ({ code }) => {
    expect(longLines(translateCode(code, translations))).toEqual([]);
  });

  it("have every comment and message in Spanish", () => {
    const missing = typescript.flatMap(({ name, code }) =>
      translatableTexts(code)
        .filter((text) => translations[text] === undefined)
        .map((text) => `${name}: ${text}`),
    );
    expect(missing).toEqual([]);
  });

  it("use every entry of es.yaml", () => {
    const code = typescript.map((sample) => sample.code).join("\n");
    const comments = new Set(typescript.flatMap((sample) => translatableTexts(sample.code)));
    const unused = Object.keys(translations).filter(
      (text) => !comments.has(text) && !code.includes(`"${text}"`),
    );
    expect(unused).toEqual([]);
  });
});

describe("translating code", () => {
  const spanish = {
    "Retries are safe, so the client retries twice.":
      "Reintentar es seguro, así que el SDK reintenta dos veces sin que hagas nada.",
    "whole pesos": "pesos enteros",
    "Nothing was created:": "No se creó nada:",
    "Failed after ${count} items.": "Falló después de ${count} elementos.",
    "Returns a customer.": "Devuelve un cliente.",
  };

  it("wraps a comment of several lines", () => {
    const code = "  // Retries are safe,\n  // so the client retries twice.\n  run();\n";
    expect(translateCode(code, spanish)).toBe(
      "  // Reintentar es seguro, así que el SDK reintenta dos\n  // veces sin que hagas nada.\n  run();\n",
    );
  });

  it("leaves a comment after code on its line", () => {
    expect(translateCode("pay(50_000); // whole pesos\n// Returns a customer.\n", spanish)).toBe(
      "pay(50_000); // pesos enteros\n// Devuelve un cliente.\n",
    );
  });

  it("translates JSDoc, strings and templates", () => {
    const code = '/** Returns a customer. */\nlog("Nothing was created:", `Failed after ${count} items.`);\n';
    expect(translateCode(code, spanish)).toBe(
      '/** Devuelve un cliente. */\nlog("No se creó nada:", `Falló después de ${count} elementos.`);\n',
    );
  });

  it("needs no translation of SQL", () => {
    expect(translatableTexts("query(`\n  select id from sign_ups where onepay_id is null`);\n")).toEqual([]);
    expect(translatableTexts('log("Please select a row.");\n')).toEqual(["Please select a row."]);
  });

  it("changes no code that contains the same words", () => {
    const code = 'const url = "https://example.org//whole pesos";\nconst whole = /whole pesos/;\n';
    expect(translateCode(code, spanish)).toBe(code);
  });
});
