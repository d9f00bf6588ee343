// Runs a command in a folder and returns what it printed, or throws one readable error.
import { execFile } from "node:child_process";
import { stripVTControlCharacters } from "node:util";
import { UserError } from "../cli.js";

const isWindows = process.platform === "win32";

export function run(folder: string, program: string, ...args: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    // On Windows, npm is a shell script. No argument contains a character that is special in a shell.
    const options = { cwd: folder, maxBuffer: 2 ** 28, shell: isWindows && program === "npm" };
    execFile(program, args, options, (error, stdout, stderr) => {
      if (!error) return resolve(stdout);
      const reason = stripVTControlCharacters(stderr || stdout || error.message).trim();
      reject(new UserError(`"${[program, ...args].join(" ")}" failed:\n${reason}`));
    });
  });
}
