import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { root } from "../../scripts/cli.js";
import { redocly } from "../../scripts/redocly.js";

const rulesFolder = "spec/rules";
const config = parse(readFileSync(join(root, "redocly.yaml"), "utf8")) as { rules: Record<string, unknown> };

// The folders of `onepay/retry` and `rule/typed-enums` have no prefix.
const folderOf = (rule: string): string => rule.replace(/^(?:onepay|rule)\//, "");
const active = Object.keys(config.rules).filter((rule) => config.rules[rule] !== "off");
const folders = readdirSync(join(root, rulesFolder), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

interface Report {
  problems: {
    ruleId: string;
    message: string;
    location: { source: { ref: string }; start: { line: number } }[];
  }[];
}

/** The findings in every document of spec/rules, in one run. */
let found: { rule: string; file: string | undefined; line: number | undefined; message: string }[];

beforeAll(async () => {
  const documents = folders.flatMap((folder) =>
    ["accepted", "rejected"].map((name) => `${rulesFolder}/${folder}/${name}.yaml`),
  );
  const options = ["--format", "json", "--max-problems", "10000"];
  const { stdout, stderr } = await redocly(["lint", ...documents, ...options], root);
  if (/Failed to parse/.test(stderr)) throw new Error(stderr);
  // Redocly prints one JSON object per document, without a separator.
  const problems = stdout.split(/(?<=^\})(?=\{$)/m).flatMap((text) => (JSON.parse(text) as Report).problems);
  found = problems.map(({ ruleId, message, location: [place] }) => ({
    ...{ rule: ruleId, message, file: place?.source.ref, line: place?.start.line },
  }));
});

const linesFound = (rule: string, name: string): unknown[] => {
  const file = `${rulesFolder}/${folderOf(rule)}/${name}.yaml`;
  const lines = found.filter((each) => each.rule === rule && each.file === file).map(({ line }) => line);
  return [...new Set(lines)].sort((a = 0, b = 0) => a - b);
};

/** A rejected document has a comment on each line where the rule must find something. */
const linesMarked = (rule: string): number[] =>
  readFileSync(join(root, rulesFolder, folderOf(rule), "rejected.yaml"), "utf8")
    .split("\n")
    .flatMap((line, index) => (line.endsWith("# rejected") ? [index + 1] : []));

test("each rule of redocly.yaml has a folder, and each folder a rule", () => {
  expect(active.map(folderOf).sort()).toEqual(folders.sort());
});

describe.each(active)("%s", (rule) => {
  test("finds nothing in the accepted document", () => {
    expect(linesFound(rule, "accepted")).toEqual([]);
  });

  test("finds exactly the marked lines of the rejected document", () => {
    expect(linesMarked(rule)).not.toEqual([]);
    expect(linesFound(rule, "rejected")).toEqual(linesMarked(rule));
  });
});

test("the messages of our rules are full sentences", () => {
  const ours = found.filter(({ rule }) => rule.startsWith("onepay/"));
  expect(ours.filter(({ message }) => !/^[\w`].*[.]$/s.test(message))).toEqual([]);
});
