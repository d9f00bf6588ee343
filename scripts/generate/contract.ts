// generated/contract.ts: the validators, the security and the first example of each operation.
import type { Document, ParameterObject } from "../openapi/document.js";
import { isJson } from "../openapi/media-types.js";
import type { OperationNode } from "../openapi/operations.js";
import { examplesOf, mediaTypesOf } from "../openapi/schemas.js";
import { isSuccess } from "../openapi/statuses.js";
import type { OperationValidators } from "./validators.js";

/** `runtime` is the import path of src/. */
export const contractModule = (
  document: Document,
  operations: OperationValidators[],
  runtime: string,
): string =>
  [
    `import type { Contract } from ${JSON.stringify(`${runtime}/contract.js`)};`,
    `import * as bodies from "./bodies.js";`,
    `import * as validators from "./validators.js";`,
    "",
    "export const contract: Contract = {",
    ...operations.map((operation) => describe(document, operation)),
    "};",
    "",
  ].join("\n");

function describe(document: Document, validators: OperationValidators): string {
  const { operation, body } = validators;
  const parameters = operation.parameters.map(
    ({ value }, index) =>
      `{ ${describeParameter(value)}, validate: validators.${validators.parameters[index]} }`,
  );
  const responses = [...validators.responses].map(
    ([status, name]) => `${JSON.stringify(status)}: ${name && `validators.${name}`}`,
  );
  const fields = [
    `security: ${JSON.stringify(securityOf(operation))}`,
    `parameters: [${parameters.join(", ")}]`,
    ...(body
      ? [`body: { required: ${operation.body?.value.required ?? false}, validate: bodies.${body} }`]
      : []),
    `responses: { ${responses.join(", ")} }`,
    `success: ${JSON.stringify(successOf(document, operation))}`,
  ];
  return `  ${JSON.stringify(operation.id)}: {\n${fields.map((field) => `    ${field},\n`).join("")}  },`;
}

function describeParameter({ name, in: place, required = false, style, schema }: ParameterObject): string {
  const converted = ["integer", "number", "boolean"];
  const type = [schema?.type].flat().find((each) => converted.includes(String(each))) ?? "string";
  const described = { in: place, name, required, type: style === "deepObject" ? style : type };
  return Object.entries(described)
    .map(([key, value]) => `${key}: ${JSON.stringify(value)}`)
    .join(", ");
}

/** Which headers a caller must send: alternatives, each with all that it needs. */
const securityOf = ({ security }: OperationNode): string[][] =>
  security.requirements.map((requirement) =>
    requirement.map(({ scheme: { type, name = "" } }) =>
      type === "apiKey" ? name.toLowerCase() : "authorization",
    ),
  );

/** The documented success with its first example. */
function successOf(document: Document, { responses }: OperationNode): { status: number; body?: unknown } {
  const success = responses.find(({ status }) => isSuccess(status));
  const media = mediaTypesOf(success?.response).find(({ type }) => isJson(type));
  const body = media && examplesOf(document, media)[0]?.value;
  const status = Number(success?.status ?? 200);
  return { status: Number.isNaN(status) ? 200 : status, ...(body !== undefined && { body }) };
}
