import { readFileSync } from "node:fs";
import { afterEach, describe, expect, test, vi } from "vitest";
import { ts } from "../../scripts/typescript.cjs";
import { OnePay } from "../../src/index.js";
import { resolveCallOptions, resolveClientOptions } from "../../src/options.js";
import { recordingClients } from "./clients.js";
import { apiKey, person } from "./server.js";

afterEach(() => {
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
});

interface DocumentedOption {
  readonly name: string;
  /** The text of the doc comment's `@default`, if it has one. */
  readonly defaultText: string | undefined;
}

/** The options of each interface of src/types.ts whose name ends in Options, with their doc comments. */
function readDocumentedOptions(): Map<string, DocumentedOption[]> {
  const file = new URL("../../src/types.ts", import.meta.url);
  const source = ts.createSourceFile("types.ts", readFileSync(file, "utf8"), ts.ScriptTarget.ES2022, true);
  const documented = new Map<string, DocumentedOption[]>();
  for (const statement of source.statements) {
    if (!ts.isInterfaceDeclaration(statement) || !/^[A-Z].*Options$/.test(statement.name.text)) continue;
    // These are values of options, not options.
    if (["HeaderOptions", "FetchOptions"].includes(statement.name.text)) continue;
    const options = statement.members.filter(ts.isPropertySignature).map((member) => {
      const tag = ts.getJSDocTags(member).find(({ tagName }) => tagName.text === "default");
      return { name: member.name.getText(), defaultText: tag && ts.getTextOfJSDocComment(tag.comment) };
    });
    documented.set(statement.name.text, options);
  }
  return documented;
}

const documented = readDocumentedOptions();

function defaultTextOf(name: string): string {
  const options = [...documented.values()].flat().filter((option) => option.name === name);
  expect(options, `one option is called ${name}`).toHaveLength(1);
  // An explanation follows in parentheses.
  return (options[0]?.defaultText ?? "").replace(/ \(.*\)$/, "");
}
/** The value of the expression in the doc comment. */
const defaultValueOf = (name: string): unknown => new Function(`return (${defaultTextOf(name)});`)();

describe("the default in the doc comment", () => {
  test("exists for every option except the required parts of a request", () => {
    const names = [...documented].map(([type, options]) => [type, options.map(({ name }) => name)]);
    expect(Object.fromEntries(names)).toEqual({
      SharedOptions: [
        "timeout",
        "deadline",
        "maxRetries",
        "maxResponseBytes",
        "headers",
        "fetch",
        "fetchOptions",
        "onEvent",
        "responseCheck",
      ],
      OnePayOptions: ["apiKey", "baseUrl", "dangerouslyAllowBrowser"],
      RequestOptions: ["signal"],
      IdempotentRequestOptions: ["idempotencyKey"],
      RawRequestOptions: ["retry", "customerToken"],
    });
    const withoutDefault = [...documented.values()].flat().filter(({ defaultText }) => !defaultText);
    expect(withoutDefault.map(({ name }) => name)).toEqual(["customerToken"]);
  });

  test.each(["timeout", "deadline", "maxRetries", "maxResponseBytes", "headers", "fetchOptions"] as const)(
    "of %s is the value that the code uses",
    (name) => {
      expect(resolveClientOptions({ apiKey })[name]).toEqual(defaultValueOf(name));
    },
  );

  test("of dangerouslyAllowBrowser is false", () => {
    vi.stubGlobal("navigator", { product: "ReactNative" });
    expect(() => resolveClientOptions({ apiKey })).toThrow(TypeError);
    expect(defaultValueOf("dangerouslyAllowBrowser")).toBe(false);
  });

  test("of apiKey is the environment variable", () => {
    vi.stubEnv("ONEPAY_API_KEY", "sk_test_from_the_environment");
    expect(resolveClientOptions({}).apiKey).toBe(defaultValueOf("apiKey"));
  });

  test("of baseUrl is the environment variable, or the server of the document", () => {
    const [variable, url] = defaultTextOf("baseUrl").split(", or ");
    expect(resolveClientOptions({ apiKey }).baseUrl).toBe(JSON.parse(url ?? ""));
    vi.stubEnv("ONEPAY_BASE_URL", "https://environment.example/v1");
    expect(resolveClientOptions({ apiKey }).baseUrl).toBe(new Function(`return ${variable}`)());
  });

  test("of fetch is the global one at the time of the call", async () => {
    const onepay = new OnePay({ apiKey });
    vi.stubGlobal("fetch", async () => Response.json("replaced"));
    expect(defaultValueOf("fetch")).toBe(globalThis.fetch);
    expect(await onepay.customers.get("cus_1")).toBe("replaced");
  });

  test("of onEvent, signal and retry is none", () => {
    const settings = resolveCallOptions(resolveClientOptions({ apiKey }), {}, {}, "customers.get");
    expect(settings).toMatchObject({ listeners: [], signal: undefined, retry: undefined });
    for (const name of ["onEvent", "signal"]) expect(defaultValueOf(name)).toBeUndefined();
  });

  test("of idempotencyKey is a random UUID for each call", async () => {
    expect(defaultTextOf("idempotencyKey")).toBe("a random UUID for each call");
    const { customers } = recordingClients().onepay;
    const create = async () => (await customers.create(person).withResponse()).idempotencyKey;
    const [first, second] = [await create(), await create()];
    expect(first).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
    expect(second).not.toBe(first);
  });
});
