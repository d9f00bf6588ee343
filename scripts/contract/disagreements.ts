// Where Prism says something else than the document, and why. An entry that no longer holds fails the tests.
import type { Break } from "./case.js";

export interface Disagreement {
  /** Ids of the cases, with `*` for any text without a dot. Only cases of requests are meant. */
  cases: string;
  /** What Prism says, instead of what the document says. */
  prism: (breaks: Break[]) => Break[];
  reason: string;
}

export const disagreements: Disagreement[] = [
  {
    cases: "* › body* › type, null",
    prism: () => ["body required"],
    reason: "Prism takes a body of JSON null for no body at all. It is refused either way.",
  },
  {
    cases: "* › header.* › minLength",
    prism: (breaks) => breaks.map((each) => each.replace(/ minLength$/, " required")),
    reason: "Prism takes an empty header for no header at all. It is refused either way.",
  },
];

/** The entry that is about a case. */
export const disagreementAbout = (id: string, list = disagreements): Disagreement | undefined =>
  list.find(({ cases }) => pattern(cases).test(id));

function pattern(cases: string): RegExp {
  const parts = cases.split("*").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join("[^.]*")}$`, "u");
}
