// Operations without a published sample: nothing but the document itself checks their bodies.
import { publishedSamples } from "../contract/published.js";
import type { Document } from "../openapi/document.js";
import { type DocumentedResponse, readOperations } from "../openapi/operations.js";
import { mediaTypesOf } from "../openapi/schemas.js";
import { isSuccess } from "../openapi/statuses.js";

/** The ids of the operations that have a body, and no file in test/contract/published. */
export async function operationsWithoutSample(document: Document): Promise<string[]> {
  const samples = await publishedSamples();
  const sampled = new Set(samples.map(({ operationId }) => operationId));
  return readOperations(document)
    .filter(({ body, responses }) => body || responses.some(hasSuccessBody))
    .map(({ id }) => id)
    .filter((id) => !sampled.has(id));
}

const hasSuccessBody = ({ status, response }: DocumentedResponse) =>
  isSuccess(status) && mediaTypesOf(response).length > 0;

export function samplesText(operationIds: string[]): string {
  if (operationIds.length === 0) return "Every operation with a body has a published sample.\n";
  const lines = operationIds.map((id) => `  ${id}\n`);
  return `Without a published sample in test/contract/published:\n${lines.join("")}`;
}
