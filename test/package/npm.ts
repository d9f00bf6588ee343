// Runs npm with the user's settings.
import { run } from "./child.js";

const program = process.platform === "win32" ? "npm.cmd" : "npm";

/** The settings of the machine, such as a registry or a proxy. Those that `npm run` sets would point at the checkout. */
const settings = () =>
  Object.fromEntries(
    Object.entries(process.env).filter(
      (pair): pair is [string, string] =>
        pair[1] !== undefined &&
        !/^(npm_(lifecycle|package|command|execpath|config_local_prefix))/i.test(pair[0]),
    ),
  );

export const npm = (cwd: string, ...args: string[]): Promise<string> =>
  run(program, args, { cwd, env: settings(), timeout: 600_000 });
