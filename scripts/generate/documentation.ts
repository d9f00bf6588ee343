// The doc comment of a method: what it does, its parameters, its errors, an example and a link to its documentation.
import type { Document } from "../openapi/document.js";
import type { ClientOperation } from "./collect.js";
import { exampleCall } from "./example.js";
import { docCommentBody, sentence } from "./text.js";

// The same for each method: hovers stay short, and the guide has the details.
const errorGuide = "https://onepay-client.github.io/onepay-client/#/errors";
const throws =
  `@throws {@link OnePayError} if the call fails. If OnePay returns an error status, it's an {@link ApiError}. ` +
  `See [Errors](${errorGuide}).`;

// For each list, unless its own description has such a warning.
const deletingWhileIterating =
  "Pages are numbered. If you delete items while you iterate, the following ones move up and are skipped: collect the " +
  "items first.";

/** `argumentNames` are the names of the path parameters in the method's signature. */
export function documentation(
  document: Document,
  operation: ClientOperation,
  argumentNames: string[],
  itemOrResult: string,
): string {
  const { method, path, pagination } = operation;
  const { summary = "", description = "", externalDocs, deprecated } = operation.operation;
  const example = exampleCall(document, operation, itemOrResult);
  return docCommentBody(
    [
      // A description starts with what the method does, so it makes the summary redundant.
      sentence(description || summary),
      pagination && !/\biterat/i.test(description) ? deletingWhileIterating : "",
      `\`${method.toUpperCase()} ${path}\``,
      [
        ...parameterLines(operation, argumentNames),
        throws,
        ...(example ? [`@example\n${example}`] : []),
        ...(deprecated ? ["@deprecated"] : []),
        ...(externalDocs?.url ? [`@see ${externalDocs.url}`] : []),
      ].join("\n"),
    ],
    "  ",
  );
}

function parameterLines(operation: ClientOperation, argumentNames: string[]): string[] {
  const { ids, body, query, idempotencyKey, credentials } = operation;
  const options = [
    ...credentials.map(({ option }) => option),
    ...(idempotencyKey ? ["idempotencyKey"] : []),
    ...["timeout", "signal"],
  ];
  return [
    ...ids.map(({ name, parameter }, index) =>
      parameterLine(argumentNames[index] ?? "", parameter?.description ?? `The path parameter \`${name}\`.`),
    ),
    ...(body
      ? [parameterLine("body", body.description ?? body.media.schema?.description ?? "The request body.")]
      : []),
    ...(query.length > 0
      ? [parameterLine("query", `Query parameters: ${codeList(query.map(({ name }) => name))}.`)]
      : []),
    parameterLine("options", `Options of this call, such as ${codeList(options)}.`),
  ];
}

/** A line with the first paragraph of the description. */
function parameterLine(name: string, description: string): string {
  const [first = ""] = description.trim().split(/\n\s*\n/);
  return `@param ${name} ${sentence(first.replace(/\s*\n\s*/g, " "))}`.trimEnd();
}

const codeList = (names: string[]): string => names.map((name) => `\`${name}\``).join(", ");
