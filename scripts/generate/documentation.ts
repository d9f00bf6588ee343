// The doc comment of a method: what it does, its parameters, its errors, an example and a link to its documentation.

import type { Document } from "../openapi/document.js";
import type { ClientOperation } from "./collect.js";
import { docCommentBody, firstParagraph, sentence } from "./doc-comment.js";
import { exampleCall } from "./example.js";

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
  const { ids, body, query } = operation;
  return [
    ...ids.map((id, index) => parameterLine(argumentNames[index] ?? "", pathParameter(operation, id))),
    ...(body
      ? [parameterLine("body", body.description ?? body.schema?.description ?? "The request body.")]
      : []),
    ...(query ? [parameterLine("query", queryDescription(operation))] : []),
    parameterLine("options", optionsDescription(operation)),
  ];
}

const parameterLine = (name: string, description: string): string =>
  `@param ${name} ${sentence(firstParagraph(description))}`.trimEnd();

function pathParameter({ parameters }: ClientOperation, id: string): string {
  const parameter = parameters.find(({ in: place, name }) => place === "path" && name === id);
  return parameter?.description ?? `The path parameter \`${id}\`.`;
}

function queryDescription({ parameters }: ClientOperation): string {
  const names = parameters.filter(({ in: place }) => place === "query").map(({ name }) => `\`${name}\``);
  return `Query parameters: ${names.join(", ")}.`;
}

function optionsDescription({ idempotencyKey, credentials }: ClientOperation): string {
  const names = [
    ...credentials.map(({ option }) => option),
    ...(idempotencyKey ? ["idempotencyKey"] : []),
    ...["timeout", "signal"],
  ];
  return `Options of this call, such as ${names.map((name) => `\`${name}\``).join(", ")}.`;
}
