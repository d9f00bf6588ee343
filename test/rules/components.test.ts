import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { expect, test } from "vitest";
import { root } from "../../scripts/cli.js";

const { components } = JSON.parse(readFileSync(join(root, "generated/openapi.json"), "utf8")) as {
  components: Record<string, Record<string, unknown>>;
};

// A file without a reference isn't in the bundle, and a name that the bundler invents has no file.
test.each(readdirSync(join(root, "spec/components")))(
  "the bundle's %s are the files of spec/components, by name",
  (section) => {
    const files = readdirSync(join(root, "spec/components", section)).map((file) => basename(file, ".yaml"));
    expect(Object.keys(components[section] ?? {}).sort()).toEqual(files.sort());
  },
);

test("each path of the bundle has a file, and each file a path", () => {
  const { paths } = JSON.parse(readFileSync(join(root, "generated/openapi.json"), "utf8")) as {
    paths: object;
  };
  const files = readdirSync(join(root, "spec/paths")).map(
    (file) => `/${basename(file, ".yaml").replaceAll("@", "/")}`,
  );
  expect(Object.keys(paths).sort()).toEqual(files.sort());
});
