// The texts that the docs add to the OpenAPI document: each in English and in Spanish.
import type { Language } from "../generate/language.js";

type Text = readonly [english: string, spanish: string];

const texts = {
  guides: ["Guides", "Guías"],
  operations: ["API reference", "Referencia de la API"],
  /** The code samples of an operation, by file, in the order of the menu. */
  samples: {
    "client.ts": ["TypeScript", "TypeScript"],
    "fetch.ts": ["fetch", "fetch"],
    "curl.sh": ["cURL", "cURL"],
    "errors.ts": ["Error handling", "Manejo de errores"],
  },
  /** The request body as JSON, the last entry of the sample menu. */
  payload: ["Payload", "Cuerpo"],
  /** What a statement rests on. */
  bases: {
    documented: ["documented", "documentado"],
    observed: ["observed", "observado"],
    assumed: ["assumed", "supuesto"],
  },
  /** A field whose format, pattern or length is assumed. */
  assumedFormat: ["format assumed", "formato supuesto"],
  /** What the client does if an operation fails, by `x-retry`. */
  retry: {
    safe: [
      "**Retries.** If the network or the server fails, the client retries. Repeating this operation is safe.",
      "**Reintentos.** Si falla la red o el servidor, el SDK reintenta automáticamente: repetir esta operación no duplica nada.",
    ],
    "with-key": [
      "**Retries.** If the network or the server fails, the client retries with the same idempotency key.",
      "**Reintentos.** Si falla la red o el servidor, el SDK reintenta con la misma clave de idempotencia.",
    ],
    never: [
      "**Retries.** The client never retries this operation, because what you sent may no longer be valid.",
      "**Reintentos.** El SDK nunca reintenta esta operación: puede que lo que enviaste ya no sirva.",
    ],
  },
  units: {
    COP: ["whole pesos", "pesos enteros"],
    "COP-cents": ["cents: 100 = 1 peso", "centavos: 100 = 1 peso"],
    "by-currency": ["cents of the currency", "centavos de la moneda"],
  } as Record<string, Text>,
  personalData: ["personal data", "dato personal"],
  /** A required header that the client sets. */
  setByClient: ["required, set by the client", "obligatorio, lo envía el SDK"],
  rejected: ["Rejected", "Se rechaza"],
  rejectedIntro: [
    "**Rejected requests.** The specification doesn't allow these:",
    "**Solicitudes que se rechazan.** La especificación no las permite:",
  ],
  /** Remarks about the examples of an operation, by operationId. */
  notes: {
    createCustomer: [
      "The natural-person example is OnePay's own, word for word: it sends Juan Pérez, and John Doe comes back.",
      "El ejemplo de la persona natural es el de OnePay, palabra por palabra: se envía Juan Pérez y la respuesta trae John Doe.",
    ],
  } as Record<string, Text>,
  table: {
    operation: ["Operation", "Operación"],
    total: ["The whole specification", "Toda la especificación"],
    reason: ["Reason", "Motivo"],
    statements: ["Statements", "Afirmaciones"],
  },
  bar: {
    unofficial: ["Unofficial", "No oficial"],
    otherLanguage: ["Español", "English"],
    repository: ["Source code", "Código fuente"],
    specification: ["OpenAPI", "OpenAPI"],
    skip: ["Skip to the content", "Ir al contenido"],
  },
} as const;

type InOneLanguage<T> = T extends Text ? string : { [K in keyof T]: InOneLanguage<T[K]> };

const textsIn = <T>(value: T, index: 0 | 1): InOneLanguage<T> =>
  (Array.isArray(value)
    ? value[index]
    : Object.fromEntries(
        Object.entries(value as object).map(([key, inner]) => [key, textsIn(inner, index)]),
      )) as InOneLanguage<T>;

export const strings: Record<Language, InOneLanguage<typeof texts>> = {
  en: textsIn(texts, 0),
  es: textsIn(texts, 1),
};
