// Media types, such as `application/json; charset=utf-8`.

/** The media type without its parameters, in lower case. */
export const essence = (mediaType = ""): string => (mediaType.split(";")[0] ?? "").trim().toLowerCase();

/** Whether a media type means JSON: `application/json`, `text/json`, `application/problem+json`. */
export function isJson(mediaType: string | undefined): boolean {
  const type = essence(mediaType);
  return type === "application/json" || type === "text/json" || type.endsWith("+json");
}
