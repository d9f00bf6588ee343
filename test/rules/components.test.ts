// A file without a reference isn't in the bundle, and a name that the bundler invents has no file.
import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { expect, test } from "vitest";
import { root } from "../../scripts/cli.js";
import { readDocument } from "../../scripts/openapi/load.js";

const { components = {}, paths = {} } = await readDocument();

const namesIn = (folder: string): string[] =>
  readdirSync(join(root, "spec", folder)).map((file) => basename(file, ".yaml"));

test.each(namesIn("components"))("the bundle's %s are the files of spec/components, by name", (section) => {
  expect(Object.keys(components[section] ?? {}).sort()).toEqual(namesIn(`components/${section}`).sort());
});

test("each path of the bundle has a file, and each file a path", () => {
  const files = namesIn("paths").map((name) => `/${name.replaceAll("@", "/")}`);
  expect(Object.keys(paths).sort()).toEqual(files.sort());
});
