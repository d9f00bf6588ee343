import { describe, expect, test } from "vitest";
import { startNode } from "../../scripts/process.js";

const target = { CONTRACT_TARGET: "https://api.example.com/v1", ONEPAY_API_KEY: "sk_test_xxx" };

const unreachable = { ...target, CONTRACT_TARGET: "http://127.0.0.1:1" };

describe("a command", () => {
  test.each<[string, string, string[], Record<string, string>, string]>([
    ["lock", "an unknown option", ["--chek"], {}, "--chek"],
    ["mutation", "an argument that isn't an option", ["extra"], {}, 'Unexpected argument "extra"'],
    ["contract", "a pause that isn't a number", ["--pause", "soon"], target, '--pause is "soon"'],
    [
      "contract",
      "a recording that can't be written",
      ["--yes", "--har", "src"],
      unreachable,
      "can't be written",
    ],
    ["evidence", "an unknown language", ["--language", "fr"], {}, "--language fr"],
  ])("%s prints one message for %s, and no stack trace", async (name, _what, args, env, message) => {
    const result = await startNode(["--import", "tsx", `scripts/${name}.ts`, ...args], { env }).result;
    expect(result.code).toBe(1);
    expect(result.stderr).toContain(message);
    expect(result.stderr).not.toMatch(/\n\s+at /);
  });
});
