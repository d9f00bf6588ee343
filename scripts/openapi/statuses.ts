// Documented statuses: a number such as `404`, a range such as `5XX`, or `default`.

/** What may document a status, the most precise one first: `404`, `4XX`, `default`. */
const documentedAs = (status: number): string[] => [`${status}`, `${`${status}`.charAt(0)}XX`, "default"];

/** Whether a documented status, such as `2XX`, or one that a server returned is a success. */
export const isSuccess = (status: string | number): boolean => `${status}`.startsWith("2");

/** Whether a documented status covers a status that a server returned. */
export const matchesStatus = (documented: string, status: number): boolean =>
  documentedAs(status).includes(documented);

/** The documented response that covers a status: the number comes before the range, the range before `default`. */
export const findResponse = <T extends { status: string }>(responses: T[], status: number): T | undefined =>
  documentedAs(status).flatMap((documented) => responses.filter((each) => each.status === documented))[0];

/** A number for a documented status: 500 for `5XX` and for `default`. */
export const exampleStatus = (documented: string): number =>
  documented === "default" ? 500 : Number(documented.replaceAll("X", "0"));

/** The highest number that a documented status covers: 599 for `5XX` and for `default`. */
export const highestStatus = (documented: string): number =>
  documented === "default" ? 599 : Number(documented.replaceAll("X", "9"));
