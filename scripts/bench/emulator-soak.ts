// The soak of the emulator: many calls through the built client, with seeded random faults.
import { callEmulator, type Subject } from "./emulator-calls.js";
import type { Part } from "./report.js";

export const emulatorSoak: Part = {
  about: "calls to the emulator with seeded random faults: outcomes, effects, money",
  onDemand: true,
  async run({ calls }) {
    const { OnePay } = await import("onepay-client");
    const { createEmulator } = await import("onepay-client/emulator");
    const subject = { OnePay, createEmulator } as unknown as Subject;
    const settings = { calls, seed: 7, rate: 0.25, concurrency: 1_000 };
    const { seconds, outcomes, requests, replays, problems } = await callEmulator(subject, settings);
    const counts = {
      calls,
      ...named("calls: ", outcomes),
      ...named("requests: ", requests),
      "requests that got a stored response": replays,
    };
    return {
      tables: [
        {
          title: "Random faults of the emulator",
          note: `In one process, 1,000 calls at a time, ${seconds.toFixed(1)} s: creates, top-ups, deletions and logins. One request in four gets a fault, before or after the operation acts.`,
          columns: ["count"],
          rows: Object.entries(counts).map(([name, value]) => ({ name, figures: [{ value, unit: "" }] })),
        },
      ],
      budgets: [
        {
          what: "untrue outcomes, doubled effects, lost or created money",
          limit: "none",
          measured: problems.length === 0 ? "none" : `${problems.length}: ${problems.slice(0, 5).join("; ")}`,
          isMet: problems.length === 0,
        },
      ],
    };
  },
};

const named = (prefix: string, counts: Record<string, number>): Record<string, number> =>
  Object.fromEntries(
    Object.entries(counts)
      .map(([name, count]) => [prefix + name, count] as const)
      .sort(),
  );
