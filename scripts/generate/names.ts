// Names in the generated code: they never collide with each other, with TypeScript's words or with the client's options.
import { camelCase } from "../../spec/rules/method-name/name.js";

// A security scheme never gets the name of such an option.
const reservedOptions = [
  ...["apiKey", "baseUrl", "dangerouslyAllowBrowser", "deadline", "fetch", "fetchOptions", "headers"],
  ...["idempotencyKey", "maxResponseBytes", "maxRetries", "onEvent", "responseCheck", "retry", "signal"],
  "timeout",
];

/** The names that the client refuses in a body or a query, unless they're listed in `ownFields` of the operation. */
export const optionNames = [...reservedOptions, "customerToken"];

// Words that can't name a parameter or a variable in a module, and the arguments that follow the ids in each method.
const reservedNames = (
  "arguments await break case catch class const continue debugger default delete do else enum eval export extends " +
  "false finally for function if implements import in instanceof interface let new null package private protected " +
  "public return static super switch this throw true try typeof var void while with yield body query options"
).split(" ");

/** `name`, or `name` with the first number from 2 that makes it unique. */
export function uniqueName(name: string, taken: Set<string>): string {
  let unique = name;
  for (let number = 2; taken.has(unique); number += 1) unique = `${name}${number}`;
  taken.add(unique);
  return unique;
}

/** A name for a parameter or a variable: `class` becomes `classParam`, `2fa` becomes `param2fa`. */
export const variableName = (text: string): string => identifier(text, "param", reservedNames);

/** A name for the call option of each security scheme: `headers` becomes `headersCredential`. */
export const credentialName = (scheme: string): string => identifier(scheme, "credential", reservedOptions);

function identifier(text: string, affix: string, reserved: string[]): string {
  const name = camelCase(text);
  if (!/^[a-z]/.test(name)) return `${affix}${name}`;
  return reserved.includes(name) ? `${name}${affix.charAt(0).toUpperCase()}${affix.slice(1)}` : name;
}
