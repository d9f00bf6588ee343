// What the docs say beside the document's own texts, in both languages.
import type { Language } from "../generate/language.js";

export interface Words {
  guides: string;
  operations: string;
  /** The code samples of an operation, by file, in the order in which they are offered. */
  samples: Record<"client.ts" | "fetch.ts" | "curl.sh" | "errors.ts", string>;
  /** The request body itself, as the last of the samples. */
  payload: string;
  evidence: string;
  assumed: string;
  /** What the client does with an operation that failed, by `x-retry`. */
  retry: Record<"safe" | "with-key" | "never", string>;
  units: Record<string, string>;
  personal: string;
  refused: string;
  refusedIntro: string;
  table: { operation: string; total: string; reason: string; statements: string };
  bar: { unofficial: string; otherLanguage: string; changes: string; document: string; skip: string };
}

export const words: Record<Language, Words> = {
  en: {
    guides: "Guides",
    operations: "Operations",
    samples: {
      "client.ts": "TypeScript",
      "fetch.ts": "fetch",
      "curl.sh": "cURL",
      "errors.ts": "When it fails",
    },
    payload: "Payload",
    evidence: "Evidence",
    assumed: "Assumed",
    retry: {
      safe: "**After a fault on the way** the client asks again by itself: nothing is done twice.",
      "with-key": "**After a fault on the way** the client asks again under the same idempotency key.",
      never: "**After a fault on the way** the client does not ask again: what was sent may be spent.",
    },
    units: { COP: "whole pesos", "COP-cents": "cents: 100 = 1 peso", "by-currency": "cents of the currency" },
    personal: "personal data",
    refused: "Refused, because",
    refusedIntro: "**Refused.** These are turned down before anything is done:",
    table: {
      operation: "Operation",
      total: "The whole document",
      reason: "Reason",
      statements: "What rests on it",
    },
    bar: {
      unofficial: "Unofficial",
      otherLanguage: "Español",
      changes: "Source",
      document: "OpenAPI",
      skip: "Skip to the content",
    },
  },
  es: {
    guides: "Guías",
    operations: "Operaciones",
    samples: {
      "client.ts": "TypeScript",
      "fetch.ts": "fetch",
      "curl.sh": "cURL",
      "errors.ts": "Cuando falla",
    },
    payload: "Cuerpo",
    evidence: "Evidencia",
    assumed: "Se supone",
    retry: {
      safe: "**Después de una falla en el camino** el cliente vuelve a pedir por sí solo: nada se hace dos veces.",
      "with-key":
        "**Después de una falla en el camino** el cliente vuelve a pedir con la misma llave de idempotencia.",
      never:
        "**Después de una falla en el camino** el cliente no vuelve a pedir: lo que se envió puede estar gastado.",
    },
    units: {
      COP: "pesos enteros",
      "COP-cents": "centavos: 100 = 1 peso",
      "by-currency": "centavos de la moneda",
    },
    personal: "dato personal",
    refused: "Rechazada, porque",
    refusedIntro: "**Se rechazan.** Estas solicitudes no pasan, y nada se hace con ellas:",
    table: {
      operation: "Operación",
      total: "Todo el documento",
      reason: "Motivo",
      statements: "Qué depende de él",
    },
    bar: {
      unofficial: "No oficial",
      otherLanguage: "English",
      changes: "Código",
      document: "OpenAPI",
      skip: "Ir al contenido",
    },
  },
};
