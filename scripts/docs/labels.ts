// Redoc's own labels in Spanish. Redoc has no option for them, so they are replaced in the rendered page.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { root } from "../cli.js";
import { redocChanged } from "./patches.js";

type Label = [english: string, spanish: string];

const file = "scripts/docs/redoc-labels.es.yaml";
const { byKey, written, prerendered, prerenderedIfAny } = parse(readFileSync(join(root, file), "utf8")) as {
  byKey: Record<string, Label>;
  written: Label[];
  prerendered: Label[];
  prerenderedIfAny: Label[];
};

// The function that looks up a label by its key. It gets the table of the labels by key.
const lookup = "useTranslate:()=>({translate:(e,t)=>";

/** The rendered page with Redoc's labels in Spanish. The texts of the document aren't changed. */
export function inSpanish(page: string): string {
  const start = page.indexOf('<script type="module">');
  const end = page.indexOf("const __redoc_definition =");
  if (start < 0 || end < start) throw redocChanged('"its program"', file);
  const program = page.slice(start, end);
  for (const [key, [english]] of Object.entries(byKey)) {
    expectIn(program, `\`${key}\``, english);
    expectIn(program, `\`${english}\``, english);
  }
  const spanish = Object.entries(byKey).map(([key, [, text]]) => [key, text]);
  const table: Label = [lookup, `${lookup}(${JSON.stringify(Object.fromEntries(spanish))})[e]||`];
  const translated = translate(program, [...written, table]);
  const before = translate(page.slice(0, start), prerendered);
  return translate(before, prerenderedIfAny, false) + translated + page.slice(end);
}

const translate = (text: string, labels: Label[], isRequired = true): string =>
  labels.reduce((translated, [english, spanish]) => {
    if (isRequired) expectIn(translated, english);
    return translated.replaceAll(english, () => spanish);
  }, text);

function expectIn(text: string, part: string, label = part): void {
  if (!text.includes(part)) throw redocChanged(`"${label}"`, file);
}

/** Labels that must not appear on the Spanish page. */
export const englishLabels: string[] = [
  ...Object.values(byKey).map(([english]) => english),
  ...[...written, ...prerendered, ...prerenderedIfAny].flatMap(
    ([english]) => english.match(/(?<=[`>"])[^`<>"$:,={}]+(?=[`<"])/g) ?? [],
  ),
].map((label) => label.trim());
