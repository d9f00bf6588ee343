// The changes between two versions of the specification, as classified by Redocly's diff.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { root } from "./cli.js";
import { keysOf } from "./openapi/pointers.js";
import { redoclyJson } from "./redocly.js";
import { withTempFolder } from "./temp.js";

export type Impact = "major" | "minor" | "patch";

export interface Change {
  impact: Impact;
  /** The location in a readable form: `createCustomer › requestBody › email`. */
  place: string;
  what: string;
}

interface Reported {
  path: string;
  kind: string;
  impact: Impact;
  property?: string;
  verdicts: { message: string }[];
}

/** The changes from one bundled document to another, breaking changes first. */
export async function changesBetween(base: string, revision: string): Promise<Change[]> {
  return withTempFolder("diff", async (folder) => {
    const files = [join(folder, "base.json"), join(folder, "revision.json")] as const;
    await Promise.all([writeFile(files[0], base), writeFile(files[1], revision)]);
    // A separate configuration, because a configuration without diff rules (such as redocly.yaml) reports nothing as breaking.
    const config = join(root, "scripts/diff.redocly.yaml");
    const options = ["--config", config, "--format", "json", "--fail-on", "none"];
    const args = ["diff", ...files, ...options];
    const { json, message } = await redoclyJson<{ changes: Reported[] }>(args);
    if (!json) throw new Error(`Redocly couldn't compare the documents: ${message}`);
    return json.changes.map(changeOf).sort((a, b) => order[a.impact] - order[b.impact]);
  });
}

const order: Record<Impact, number> = { major: 0, minor: 1, patch: 2 };

function changeOf({ path, kind, impact, property, verdicts }: Reported): Change {
  const place = [...keysOf(path), property].filter(Boolean).join(" › ");
  return { impact, place, what: verdicts.map(({ message }) => message).join(" ") || `${kind}` };
}
