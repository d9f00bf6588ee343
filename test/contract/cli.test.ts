import { describe, expect, test } from "vitest";
import { runCommand } from "../command.js";

const testKey = { ONEPAY_API_KEY: "sk_test_xxx" };

describe("a command", () => {
  test.each<[string, string, string[], Record<string, string>, string]>([
    ["lock", "an unknown option", ["--chek"], {}, "--chek"],
    ["mutation", "an argument that isn't an option", ["extra"], {}, 'Unexpected argument "extra"'],
    ["test", "a suite with the name of a property", ["toString"], {}, '"toString" isn\'t a suite.'],
    ["test", "a suite that doesn't exist", ["brwser"], {}, '"brwser" isn\'t a suite. Suites: contract, '],
    ["test", "an unknown target", ["contract"], { CONTRACT_TARGET: "api" }, "CONTRACT_TARGET is"],
    ["observe", "a pause that isn't a number", ["--pause", "soon"], testKey, '--pause is "soon"'],
    ["evidence", "an unknown language", ["--language", "fr"], {}, "--language fr"],
  ])("%s prints one message for %s, and no stack trace", async (name, _what, args, env, message) => {
    const { main } = await import(`../../scripts/${name}.ts`);
    const result = await runCommand(main, args, env);
    expect(result.code).toBe(1);
    expect(result.stderr).toContain(message);
    expect(result.stderr).not.toMatch(/\n\s+at /);
  });
});
