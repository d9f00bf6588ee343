// A small OpenAPI document for tests that don't depend on OnePay's API.
import type { Document, Schema } from "../../scripts/openapi/document.js";

/** A document with one POST that has this body schema and this example. */
export const documentWith = (schema: Schema, example: unknown): Document =>
  ({
    openapi: "3.1.1",
    jsonSchemaDialect: "https://json-schema.org/draft/2020-12/schema",
    info: { title: "Greetings", version: "1" },
    paths: {
      "/greetings": {
        post: {
          operationId: "greet",
          requestBody: {
            required: true,
            content: { "application/json": { schema, examples: { first: { value: example } } } },
          },
          responses: {
            "204": { description: "Greeted" },
            "422": { description: "Not greeted" },
          },
        },
      },
    },
  }) as Document;
