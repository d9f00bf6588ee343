// Request cases in which the emulator returns another status than the mock server, each with the reason.

export interface Difference {
  /** The end of the cases' ids. */
  readonly cases: string;
  /** The emulator accepts the request. */
  readonly isAccepted: true;
  readonly reason: string;
}

export const differences: readonly Difference[] = [
  {
    cases: " › accept › another",
    isAccepted: true,
    reason:
      "The emulator returns JSON even if the request accepts another type. The mock server returns 406.",
  },
];

export const differenceAbout = (id: string): Difference | undefined =>
  differences.find(({ cases }) => id.endsWith(cases));
