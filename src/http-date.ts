/** The three date formats of HTTP (RFC 9110, section 5.6.7). All are in UTC. */

const time = "(?<hours>\\d\\d):(?<minutes>\\d\\d):(?<seconds>\\d\\d)";

const formats = [
  // Sun, 06 Nov 1994 08:49:37 GMT
  new RegExp(`^\\w{3}, (?<day>\\d\\d) (?<month>\\w{3}) (?<year>\\d{4}) ${time} GMT$`),
  // Sunday, 06-Nov-94 08:49:37 GMT
  new RegExp(`^\\w{6,9}, (?<day>\\d\\d)-(?<month>\\w{3})-(?<year>\\d\\d) ${time} GMT$`),
  // Sun Nov  6 08:49:37 1994
  new RegExp(`^\\w{3} (?<month>\\w{3}) (?<day>[ \\d]\\d) ${time} (?<year>\\d{4})$`),
];

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** The time in milliseconds since 1970; `undefined` if the string isn't a date of HTTP. */
export function parseHttpDate(text: string): number | undefined {
  const parts = formats.map((format) => format.exec(text)?.groups).find(Boolean);
  if (!parts) return undefined;
  const month = months.indexOf(String(parts.month));
  const [day, hours, minutes, seconds] = [parts.day, parts.hours, parts.minutes, parts.seconds].map(Number);
  const date = new Date(Date.UTC(fullYear(String(parts.year)), month, day, hours, minutes, seconds));
  // JavaScript turns the 31st of February into March.
  return month >= 0 && date.getUTCMonth() === month && date.getUTCDate() === day ? date.getTime() : undefined;
}

/** A year of two digits is the one that isn't more than 50 years in the future. */
function fullYear(text: string): number {
  const year = Number(text);
  if (text.length > 2) return year;
  const latest = new Date().getUTCFullYear() + 50;
  return latest - ((latest - year) % 100);
}
