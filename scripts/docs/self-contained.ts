// Redoc's page asks its maker's servers for a logo, and could ask for more: what is left asks nobody.
import { UserError } from "../cli.js";

interface Replacement {
  what: string;
  find: RegExp;
  put: string;
}

const replacements: Replacement[] = [
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
];

/** The page without the addresses that it would load something from. */
export function selfContained(page: string): string {
  return replacements.reduce((text, { what, find, put }) => {
    if (!find.test(text))
      throw new UserError(
        `The docs page no longer holds ${what}. Redoc has changed: look at what it loads, then mend scripts/docs/self-contained.ts.`,
      );
    return text.replace(find, () => put);
  }, page);
}
