// npm, as a person would call it.
import { run } from "./child.js";

const program = process.platform === "win32" ? "npm.cmd" : "npm";

// The settings of the machine (a registry, a proxy) stay; those that `npm run` hands down would point at the checkout.
const settings = () =>
  Object.fromEntries(
    Object.entries(process.env).filter(
      (pair): pair is [string, string] =>
        pair[1] !== undefined &&
        !/^(npm_(lifecycle|package|command|execpath|config_local_prefix))/i.test(pair[0]),
    ),
  );

export const npm = (cwd: string, ...args: string[]): Promise<string> =>
  run(program, args, { cwd, env: settings() });
