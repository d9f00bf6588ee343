// Cases in which Prism reports something else than the document states. If an entry is outdated, the tests fail.
import type { Violation } from "./case.js";

export interface Disagreement {
  /** Ids of request cases. `*` matches any characters except a dot. */
  cases: string;
  /** What Prism reports instead. */
  prism: (violations: Violation[]) => Violation[];
  reason: string;
}

export const disagreements: Disagreement[] = [
  {
    cases: "* › body* › type, null",
    prism: () => ["body required"],
    reason: "Prism treats a JSON null as a missing body. It rejects both.",
  },
  {
    cases: "* › header.* › minLength",
    prism: (violations) => violations.map((each) => each.replace(/ minLength$/, " required")),
    reason: "Prism treats an empty header as a missing header. It rejects both.",
  },
];

/** The entry for a case. */
export const disagreementAbout = (id: string, list = disagreements): Disagreement | undefined =>
  list.find(({ cases }) => pattern(cases).test(id));

function pattern(cases: string): RegExp {
  const parts = cases.split("*").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join("[^.]*")}$`, "u");
}
