// Published samples in test/contract/published: what OnePay's pages show and what integrators read.
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { root } from "../cli.js";

export interface PublishedSample {
  file: string;
  /** `operationId/side.what.json`, below `refused/` if the document must reject it. */
  name: string;
  isRejected: boolean;
  operationId: string;
  /** `request` or a status. */
  side: string;
}

const folder = join(root, "test/contract/published");

export async function publishedSamples(): Promise<PublishedSample[]> {
  const files = (await readdir(folder, { recursive: true })).map((file) => file.replaceAll("\\", "/"));
  return files
    .filter((name) => name.endsWith(".json"))
    .sort()
    .map((name) => {
      const [operationId = "", file = ""] = name.split("/").slice(-2);
      const [side = ""] = file.split(".");
      return { file: join(folder, name), name, isRejected: name.startsWith("refused/"), operationId, side };
    });
}
