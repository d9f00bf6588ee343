// Documented statuses: a number such as `404`, a range such as `5XX`, or `default`.

/** Whether a documented status covers a status that a server returned. */
export function matchesStatus(documented: string, status: number): boolean {
  if (documented === "default") return true;
  const digits = String(status);
  return (
    documented.length === digits.length &&
    [...documented].every((character, index) => character === "X" || character === digits[index])
  );
}

/** The documented response that covers a status: the number comes before the range, the range before `default`. */
export function findResponse<T extends { status: string }>(responses: T[], status: number): T | undefined {
  const matching = responses.filter((response) => matchesStatus(response.status, status));
  return matching.sort((a, b) => precision(b.status) - precision(a.status))[0];
}

function precision(documented: string): number {
  if (documented === "default") return 0;
  return documented.includes("X") ? 1 : 2;
}

/** A number for a documented status: 500 for `5XX` and for `default`. */
export const exampleStatus = (documented: string): number =>
  documented === "default" ? 500 : Number(documented.replaceAll("X", "0"));

/** The highest number that a documented status covers: 599 for `5XX` and for `default`. */
export const highestStatus = (documented: string): number =>
  documented === "default" ? 599 : Number(documented.replaceAll("X", "9"));
