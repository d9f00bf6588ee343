// Our own rules for the document, as a Redocly plugin. Each rule has a folder, with an accepted and a rejected document.
import amountUnit from "./amount-unit/rule.js";
import closedRequests from "./closed-requests/rule.js";
import enumValues from "./enum-values/rule.js";
import evidence from "./evidence/rule.js";
import fieldMessages from "./field-messages/rule.js";
import fullStops from "./full-stops/rule.js";
import idempotencyHeader from "./idempotency-header/rule.js";
import methodName from "./method-name/rule.js";
import namedExamples from "./named-examples/rule.js";
import noSecrets from "./no-secrets/rule.js";
import openResponses from "./open-responses/rule.js";
import operationVerb from "./operation-verb/rule.js";
import pagination from "./pagination/rule.js";
import personalData from "./personal-data/rule.js";
import refSiblings from "./ref-siblings/rule.js";
import registeredExtensions from "./registered-extensions/rule.js";
import retry from "./retry/rule.js";
import spanish from "./spanish/rule.js";
import statuses from "./statuses/rule.js";

export const rules = {
  "amount-unit": amountUnit,
  "closed-requests": closedRequests,
  "enum-values": enumValues,
  evidence,
  "field-messages": fieldMessages,
  "full-stops": fullStops,
  "idempotency-header": idempotencyHeader,
  "method-name": methodName,
  "named-examples": namedExamples,
  "no-secrets": noSecrets,
  "open-responses": openResponses,
  "operation-verb": operationVerb,
  pagination,
  "personal-data": personalData,
  "ref-siblings": refSiblings,
  "registered-extensions": registeredExtensions,
  retry,
  spanish,
  statuses,
};

// Redocly only visits nodes that have a type. With these types, it also visits counter-examples and sources.
/** @param {any} types */
const withOurTypes = (types) => ({
  ...types,
  MediaType: extended(types.MediaType, { "x-counterexamples": "ExamplesMap" }),
  Root: extended(types.Root, { "x-sources": "EvidenceSources" }),
  EvidenceSources: { properties: {}, additionalProperties: () => "EvidenceSource" },
  EvidenceSource: { properties: { basis: { type: "string" }, description: { type: "string" } } },
});

/** @param {any} type @param {Record<string, string>} properties */
const extended = (type, properties) => ({ ...type, properties: { ...type.properties, ...properties } });

export default () => ({
  id: "onepay",
  typeExtension: { oas3: withOurTypes },
  rules: { oas3: rules },
});
