import { reportOnce, resolver, schemasOf } from "../walk.js";

/** A request body refuses fields that nobody knows: most are spelling mistakes, and in a payment these cost money. */
export default function closedRequests() {
  /** @type {Set<string>} */
  const reported = new Set();
  return {
    /** @param {any} operation @param {any} context */
    Operation(operation, context) {
      for (const { node, at } of schemasOf(operation, context.location, resolver(context), "request")) {
        if (!isObjectSchema(node) || node.additionalProperties === false) continue;
        const message =
          "This request object takes unknown fields; put `additionalProperties: false` beside its properties.";
        reportOnce(context, reported, at, message);
      }
    },
  };
}

/** @param {any} schema */
const isObjectSchema = (schema) => [schema.type].flat().includes("object") || schema.properties !== undefined;
