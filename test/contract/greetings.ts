// A small document of our own, so that what the derivation does is seen apart from what OnePay's API is.
import type { Document, Schema } from "../../scripts/contract/document.js";

/** One POST with this body schema and this example. */
export function documentWith(
  schema: Schema,
  example: unknown,
  components: Record<string, Schema> = {},
): Document {
  return {
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
    components: { schemas: components },
  } as Document;
}
