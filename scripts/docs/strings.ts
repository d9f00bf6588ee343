// The texts that the docs add to the OpenAPI document, in both languages.
import type { Language } from "../generate/language.js";

export interface Strings {
  guides: string;
  operations: string;
  /** The code samples of an operation, by file, in the order of the menu. */
  samples: Record<"client.ts" | "fetch.ts" | "curl.sh" | "errors.ts", string>;
  /** The request body as JSON, the last entry of the sample menu. */
  payload: string;
  /** What a statement rests on. */
  bases: Record<Basis, string>;
  /** A field whose format, pattern or length is assumed. */
  assumedFormat: string;
  /** What the client does if an operation fails, by `x-retry`. */
  retry: Record<"safe" | "with-key" | "never", string>;
  units: Record<string, string>;
  personalData: string;
  /** A required header that the client sets. */
  setByClient: string;
  rejected: string;
  rejectedIntro: string;
  /** Remarks about the examples of an operation, by operationId. */
  notes: Record<string, string>;
  table: { operation: string; total: string; reason: string; statements: string };
  bar: { unofficial: string; otherLanguage: string; repository: string; specification: string; skip: string };
}

export type Basis = "documented" | "observed" | "assumed";

export const strings: Record<Language, Strings> = {
  en: {
    guides: "Guides",
    operations: "API reference",
    samples: {
      "client.ts": "TypeScript",
      "fetch.ts": "fetch",
      "curl.sh": "cURL",
      "errors.ts": "Error handling",
    },
    payload: "Payload",
    bases: { documented: "documented", observed: "observed", assumed: "assumed" },
    assumedFormat: "format assumed",
    retry: {
      safe: "**Retries.** If the network or the server fails, the client retries. Repeating this operation is safe.",
      "with-key":
        "**Retries.** If the network or the server fails, the client retries with the same idempotency key.",
      never:
        "**Retries.** The client never retries this operation, because what you sent may no longer be valid.",
    },
    units: { COP: "whole pesos", "COP-cents": "cents: 100 = 1 peso", "by-currency": "cents of the currency" },
    personalData: "personal data",
    setByClient: "required, set by the client",
    rejected: "Rejected",
    rejectedIntro: "**Rejected requests.** The specification doesn't allow these:",
    notes: {
      createCustomer:
        "The natural-person example is OnePay's own, word for word: it sends Juan Pérez, and John Doe comes back.",
    },
    table: {
      operation: "Operation",
      total: "The whole specification",
      reason: "Reason",
      statements: "Statements",
    },
    bar: {
      unofficial: "Unofficial",
      otherLanguage: "Español",
      repository: "Source code",
      specification: "OpenAPI",
      skip: "Skip to the content",
    },
  },
  es: {
    guides: "Guías",
    operations: "Referencia de la API",
    samples: {
      "client.ts": "TypeScript",
      "fetch.ts": "fetch",
      "curl.sh": "cURL",
      "errors.ts": "Manejo de errores",
    },
    payload: "Cuerpo",
    bases: { documented: "documentado", observed: "observado", assumed: "supuesto" },
    assumedFormat: "formato supuesto",
    retry: {
      safe: "**Reintentos.** Si falla la red o el servidor, el SDK reintenta automáticamente: repetir esta operación no duplica nada.",
      "with-key":
        "**Reintentos.** Si falla la red o el servidor, el SDK reintenta con la misma clave de idempotencia.",
      never: "**Reintentos.** El SDK nunca reintenta esta operación: puede que lo que enviaste ya no sirva.",
    },
    units: {
      COP: "pesos enteros",
      "COP-cents": "centavos: 100 = 1 peso",
      "by-currency": "centavos de la moneda",
    },
    personalData: "dato personal",
    setByClient: "obligatorio, lo envía el SDK",
    rejected: "Se rechaza",
    rejectedIntro: "**Solicitudes que se rechazan.** La especificación no las permite:",
    notes: {
      createCustomer:
        "El ejemplo de la persona natural es el de OnePay, palabra por palabra: se envía Juan Pérez y la respuesta trae John Doe.",
    },
    table: {
      operation: "Operación",
      total: "Toda la especificación",
      reason: "Motivo",
      statements: "Afirmaciones",
    },
    bar: {
      unofficial: "No oficial",
      otherLanguage: "English",
      repository: "Código fuente",
      specification: "OpenAPI",
      skip: "Ir al contenido",
    },
  },
};
