// Cases in which Prism reports something else than the document states. If an entry is outdated, the tests fail.
import type { Violation } from "./case.js";

export interface Disagreement {
  /** Matches the ids of request cases. */
  cases: RegExp;
  /** What Prism reports instead. */
  prism: (violations: Violation[]) => Violation[];
  reason: string;
}

export const disagreements: Disagreement[] = [
  {
    cases: /^\w+ › body[^.]* › type, null$/,
    prism: () => ["body required"],
    reason: "Prism treats a JSON null as a missing body. It rejects both.",
  },
  {
    cases: /^\w+ › header\.[^.]* › minLength$/,
    prism: (violations) => violations.map((each) => each.replace(/ minLength$/, " required")),
    reason: "Prism treats an empty header as a missing header. It rejects both.",
  },
];

/** The entry for a case. */
export const disagreementAbout = (id: string): Disagreement | undefined =>
  disagreements.find(({ cases }) => cases.test(id));
