import { reportOnce, resolver, schemasOf } from "../walk.js";

/** A request body doesn't accept unknown fields: most are typing mistakes, which cost money in a payment. */
export default function closedRequests() {
  /** @type {Set<string>} */
  const reported = new Set();
  return {
    /** @param {any} operation @param {any} context */
    Operation(operation, context) {
      for (const { node, at } of schemasOf(operation, context.location, resolver(context), "request")) {
        if (!isObjectSchema(node) || node.additionalProperties === false) continue;
        const message = "This request object accepts unknown fields; add `additionalProperties: false`.";
        reportOnce(context, reported, at, message);
      }
    },
  };
}

/** @param {any} schema */
const isObjectSchema = (schema) => [schema.type].flat().includes("object") || schema.properties !== undefined;
