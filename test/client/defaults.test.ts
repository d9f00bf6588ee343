import { readFileSync } from "node:fs";
import ts from "typescript";
import { afterEach, describe, expect, test, vi } from "vitest";
import { OnePay } from "../../src/index.js";
import { callOptions, settingsOf } from "../../src/options.js";
import { send } from "../../src/send.js";
import type { Fetch, OnePayOptions, Operation } from "../../src/types.js";
import { apiKey, person } from "./server.js";

afterEach(() => {
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
});

interface Documented {
  name: string;
  /** What the doc comment gives as the default, or nothing. */
  told: string | undefined;
}

/** The options of each interface of src/types.ts whose name ends in Options, with their doc comments. */
function documented(): Map<string, Documented[]> {
  const file = new URL("../../src/types.ts", import.meta.url);
  const source = ts.createSourceFile("types.ts", readFileSync(file, "utf8"), ts.ScriptTarget.ES2022, true);
  const found = new Map<string, Documented[]>();
  for (const statement of source.statements) {
    if (!ts.isInterfaceDeclaration(statement) || !statement.name.text.endsWith("Options")) continue;
    const options = statement.members.filter(ts.isPropertySignature).map((member) => {
      const tag = ts.getJSDocTags(member).find(({ tagName }) => tagName.text === "default");
      return { name: member.name.getText(), told: tag && ts.getTextOfJSDocComment(tag.comment) };
    });
    if (options.length > 0) found.set(statement.name.text, options);
  }
  return found;
}

const options = documented();
const toldOf = (name: string): string => {
  const all = [...options.values()].flat().filter((option) => option.name === name);
  expect(all, `one option is called ${name}`).toHaveLength(1);
  // What stands in brackets after a value explains it.
  return (all[0]?.told ?? "").replace(/ \(.*\)$/, "");
};
/** The value of the expression that a doc comment gives. */
const defaultOf = (name: string): unknown => new Function(`return (${toldOf(name)});`)();

const operation: Operation = {
  method: "post",
  path: "/customers",
  resource: "customers",
  name: "create",
  retry: "with-key",
  headers: { idempotencyKey: "x-idempotency" },
};
const fetch: Fetch = async () => Response.json({});
const callWith = (options?: OnePayOptions) =>
  send(settingsOf({ apiKey, fetch, ...options }), "createCustomer", operation, "https://api.example", "");

describe("the default in the doc comment", () => {
  test("is given for every option, and every option is tried here", () => {
    expect([...options.values()].flat().filter(({ told }) => !told)).toEqual([]);
    expect(
      Object.fromEntries([...options].map(([type, all]) => [type, all.map(({ name }) => name)])),
    ).toEqual({
      SharedOptions: ["timeout", "deadline", "maxRetries", "headers", "fetch", "onEvent"],
      OnePayOptions: ["apiKey", "baseUrl", "dangerouslyAllowBrowser"],
      RequestOptions: ["signal"],
      IdempotentRequestOptions: ["idempotencyKey"],
    });
  });

  test.each([
    "timeout",
    "deadline",
    "maxRetries",
    "headers",
    "onEvent",
    "baseUrl",
    "dangerouslyAllowBrowser",
  ] as const)("of %s is the value that the code uses", (name) => {
    expect(settingsOf({ apiKey })[name]).toEqual(defaultOf(name));
  });

  test("of apiKey is where the code looks for it", () => {
    vi.stubEnv("ONEPAY_API_KEY", "sk_test_from_the_environment");
    expect(settingsOf({}).apiKey).toBe(defaultOf("apiKey"));
  });

  test("of fetch is what the code calls, at the time of the call", async () => {
    const { fetch } = settingsOf({ apiKey });
    vi.stubGlobal("fetch", async () => Response.json("replaced"));
    expect(defaultOf("fetch")).toBe(globalThis.fetch);
    expect(await (await fetch("https://api.example", {})).json()).toBe("replaced");
  });

  test("of signal is what the code uses", () => {
    const { signal } = callOptions(settingsOf({ apiKey }), {}, {}, "getCustomer");
    expect(signal).toBe(defaultOf("signal"));
  });

  test("of idempotencyKey is what the code makes: a random UUID for each call", async () => {
    expect(toldOf("idempotencyKey")).toBe("a random UUID for each call");
    const [one, other] = (await Promise.all([callWith(), callWith()])).map(
      ({ idempotencyKey }) => idempotencyKey,
    );
    expect(one).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
    expect(other).not.toBe(one);
  });
});

test("the client is made with these settings, and a call begins with them", async () => {
  const answer = await callWith();
  expect(answer.attempts).toBe(1);
  const { idempotencyKey } = await new OnePay({ apiKey, fetch }).customers.create(person).withResponse();
  expect(idempotencyKey).not.toBe(answer.idempotencyKey);
});
