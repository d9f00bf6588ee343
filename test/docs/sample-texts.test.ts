// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are the templates of the samples.
// The code samples on the pages: lines that fit, and comments and messages in Spanish on the Spanish pages.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
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
const translations = readTranslations(join(root, "spec/samples"), "es");

describe("the samples", () => {
  test.each(samples)(`have lines of at most ${maxLineLength} characters, in Spanish too: $name`, (sample) => {
    const spanish = sample.name.endsWith(".ts") ? translateCode(sample.code, translations) : "";
    const lines = [sample.code, spanish].join("\n").split("\n");
    expect(lines.filter((line) => line.length > maxLineLength)).toEqual([]);
  });

  test("have every comment and message in Spanish", () => {
    const missing = typescript.flatMap(({ name, code }) =>
      translatableTexts(code)
        .filter((text) => translations[text] === undefined)
        .map((text) => `${name}: ${text}`),
    );
    expect(missing).toEqual([]);
  });

  test("use every entry of es.yaml", () => {
    const code = typescript.map((sample) => sample.code).join("\n");
    const texts = new Set(typescript.flatMap((sample) => translatableTexts(sample.code)));
    const isUsed = (text: string) => texts.has(text) || code.includes(`"${text}"`);
    expect(Object.keys(translations).filter((text) => !isUsed(text))).toEqual([]);
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

  test.each([
    [
      "wraps a comment of several lines",
      "  // Retries are safe,\n  // so the client retries twice.\n  run();\n",
      "  // Reintentar es seguro, así que el SDK reintenta dos\n  // veces sin que hagas nada.\n  run();\n",
    ],
    [
      "leaves a comment after code on its line",
      "pay(50_000); // whole pesos\n// Returns a customer.\n",
      "pay(50_000); // pesos enteros\n// Devuelve un cliente.\n",
    ],
    [
      "translates JSDoc, strings and templates",
      '/** Returns a customer. */\nlog("Nothing was created:", `Failed after ${count} items.`);\n',
      '/** Devuelve un cliente. */\nlog("No se creó nada:", `Falló después de ${count} elementos.`);\n',
    ],
  ])("%s", (_, code, translated) => expect(translateCode(code, spanish)).toBe(translated));

  test("changes no code that contains the same words", () => {
    const code = 'const url = "https://example.org//whole pesos";\nconst whole = /whole pesos/;\n';
    expect(translateCode(code, spanish)).toBe(code);
  });

  test("needs no translation of SQL", () => {
    expect(translatableTexts("query(`\n  select id from sign_ups where onepay_id is null`);\n")).toEqual([]);
    expect(translatableTexts('log("Please select a row.");\n')).toEqual(["Please select a row."]);
  });
});
