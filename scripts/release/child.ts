// Runs a command in a folder and gives what it printed, or says in one message what went wrong.
import { execFile } from "node:child_process";
import { UserError } from "../cli.js";

const windows = process.platform === "win32";

export function run(folder: string, program: string, ...args: string[]): Promise<string> {
  return new Promise((settle, reject) => {
    // npm is a script of the shell on Windows; none of our arguments has a character a shell would read.
    const options = { cwd: folder, maxBuffer: 2 ** 28, shell: windows && program === "npm" };
    execFile(program, args, options, (error, stdout, stderr) => {
      if (!error) settle(stdout);
      else if (error.code === "ENOENT")
        reject(new UserError(`${program} is not installed, or not in the PATH.`));
      else reject(new UserError(`"${[program, ...args].join(" ")}" failed:\n${(stderr || stdout).trim()}`));
    });
  });
}
