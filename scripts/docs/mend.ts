// What Redoc's page does that it should not, taken out where the page is made.
import { UserError } from "../cli.js";

interface Mend {
  what: string;
  find: RegExp;
  put: string;
}

const mends: Mend[] = [
  // It asks its maker's servers for a logo, and could ask for more: what is left asks nobody.
  {
    what: "the logo in the credit line",
    find: /\(0,\w+\.jsx\)\(`img`,\{alt:`redocly logo`,[^}]*?logo-mini\.svg`\}\)/,
    // The credit stays, as a word.
    put: "`Redocly`",
  },
  { what: "the address of the telemetry", find: /https:\/\/otel\.cloud\.redocly\.com\/v1\/traces/, put: "" },
  { what: "the address of the icons", find: /https:\/\/cdn\.redocly\.com\/icons\/fa\/[\d.]+/, put: "" },
  {
    what: "the address of the code icons",
    find: /https:\/\/cdn\.redocly\.com\/icons\/code\/[\d.]+/,
    put: "",
  },
  // A screen reader would say "Example" and nothing of which.
  { what: "the label of the choice of examples", find: /"aria-label":`Example`,/, put: "" },
  // A table that is wider than a phone has to be reached by keyboard to be scrolled.
  {
    what: "the frame of tables",
    find: /\{className:`md-table-wrapper`\}/,
    put: "{className:`md-table-wrapper`,tabIndex:0}",
  },
];

/** The page with its faults mended. */
export const mended = (page: string): string => mends.reduce(replaced, withHashes(page));

function replaced(text: string, { what, find, put }: Mend): string {
  if (!find.test(text)) throw changed(what);
  return text.replace(find, () => put);
}

// What is rendered before the program runs links to /customers, which is nowhere: the program itself links to #/customers,
// but leaves the links that it finds as they are, and so a new tab would open on an error.
function withHashes(page: string): string {
  const start = page.indexOf('<script type="module">');
  if (!/ href="\/(?!\/)/.test(page.slice(0, start))) throw changed("links that lack their #");
  return page.slice(0, start).replaceAll(/ href="\/(?!\/)/g, ' href="#/') + page.slice(start);
}

const changed = (what: string): UserError =>
  new UserError(
    `The docs page no longer holds ${what}. Redoc has changed: look at what it does now, then mend scripts/docs/mend.ts.`,
  );
