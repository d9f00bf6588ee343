// Builds the docs once, for the tests of both languages.

import type { TestProject } from "vitest/node";
import { buildDocs } from "../../scripts/docs/build.js";
import { createTempFolder } from "../../scripts/temp.js";

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await createTempFolder("docs-browser");
  await buildDocs({ out: folder.path });
  project.provide("docs", folder.path);
  return folder.remove;
}

declare module "vitest" {
  export interface ProvidedContext {
    /** The folder of the docs. */
    docs: string;
  }
}
