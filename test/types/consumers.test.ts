// `npm test` compiles the fixtures with strict settings, as a part of the project. `npm test package` compiles the
// consumer with every version of the compiler.
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { startTypeScript } from "../../scripts/process.js";

const fixtures = fileURLToPath(new URL("fixtures", import.meta.url));

test("a user's program, test doubles and undici compile without a cast and without strict settings, and mistakes don't", async () => {
  const { code, stdout } = await startTypeScript(["--project", fixtures]).result;
  expect({ code, stdout }).toEqual({ code: 0, stdout: "" });
});
