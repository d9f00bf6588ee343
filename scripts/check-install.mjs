// Checks that the development dependencies are installed. It needs none of them.
import { existsSync, readFileSync } from "node:fs";

const { devDependencies } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
const missing = Object.keys(devDependencies).filter(
  (name) => !existsSync(new URL(`../node_modules/${name}/package.json`, import.meta.url)),
);
if (missing.length > 0) {
  const cause =
    process.env.NODE_ENV === "production" ? " NODE_ENV=production makes `npm ci` leave them out." : "";
  console.error(
    `${missing.length} development dependencies aren't installed, such as ${missing[0]}.${cause}`,
  );
  console.error("Run `npm ci --include=dev`.");
  process.exit(1);
}
