// The package's types and a user's program, compiled by TypeScript 5.4 to 7 with loose and strict settings.
import { copyFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { inject, test } from "vitest";
import { run } from "./child.js";
import { toolPath } from "./tools.js";

const folder = join(inject("consumers"), "types");
copyFileSync(new URL("../types/fixtures/consumer.ts", import.meta.url), join(folder, "consumer.mts"));

// Declarations of libraries are checked too, so ours are. They must not need the types of Node.js.
const always = { noEmit: true, skipLibCheck: false, target: "es2022", types: [] as string[] };
const dom = { lib: ["es2022", "dom"] };
const node = { lib: ["es2022"], types: ["node"], typeRoots: [toolPath("@types")] };

const modules = {
  nodenext: { module: "nodenext", moduleResolution: "nodenext" },
  bundler: { module: "preserve", moduleResolution: "bundler" },
};

const strictest = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noPropertyAccessFromIndexSignature: true,
  noImplicitOverride: true,
  noImplicitReturns: true,
  noFallthroughCasesInSwitch: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  isolatedModules: true,
  verbatimModuleSyntax: true,
  allowUnreachableCode: false,
};
const loosest = { strict: false, noImplicitAny: false, strictNullChecks: false };

const settings = {
  strictest: { ...dom, ...strictest },
  strict: { ...dom, strict: true },
  loosest: { ...dom, ...loosest },
  // In a project for a server, the types of Node.js declare `fetch`.
  "strict without the DOM": { ...node, strict: true },
};

const matrix: [version: string, setting: keyof typeof settings][] = [
  ["5.4", "strictest"],
  ["5.4", "loosest"],
  ["5.9", "strict"],
  ["5.9", "strict without the DOM"],
  ["6", "strict"],
  ["7", "strictest"],
  ["7", "loosest"],
];

for (const [version, setting] of matrix)
  for (const resolution of ["nodenext", "bundler"] as const)
    test(`TypeScript ${version} compiles the types: ${setting}, ${resolution}`, async () => {
      const compilerOptions = { ...always, ...modules[resolution], ...settings[setting] };
      const config = `tsconfig.${version}.${setting.replaceAll(" ", "-")}.${resolution}.json`;
      writeFileSync(
        join(folder, config),
        JSON.stringify({ compilerOptions, files: ["consumer.mts", "esm.mts", "cjs.cts", "schemas.mts"] }),
      );
      await run(process.execPath, [toolPath(`typescript-${version}/bin/tsc`), "--project", config], {
        cwd: folder,
      });
    });
