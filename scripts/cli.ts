// What all commands share: parsing of arguments, --help, and readable errors.
import { existsSync, realpathSync } from "node:fs";
import { relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { type ParseArgsConfig, parseArgs } from "node:util";

/** The root of the checkout. */
export const root = fileURLToPath(new URL("..", import.meta.url));

/** An error that the user of a command can fix. Only its message is printed, without a stack trace. */
export class UserError extends Error {}

/** A path relative to the working directory if the path is inside of it. */
export const shown = (path: string): string => {
  const near = relative(process.cwd(), path);
  return near === "" || near.startsWith("..") ? path : near;
};

type Options = NonNullable<ParseArgsConfig["options"]>;
type Values<O extends Options> = ReturnType<typeof parseArgs<{ options: O; strict: true }>>["values"];

/** A command: takes the arguments after its name, and resolves with the exit code. */
export type Command = (args: string[]) => Promise<number>;

/**
 * Makes a command, and runs it if `module` is the program that Node.js started. `--help` prints its help. A `UserError`
 * prints its message, and the exit code is 1.
 */
export function command<const O extends Options>(
  module: ImportMeta | undefined,
  help: string,
  options: O,
  run: (values: Values<O>, positionals: string[]) => Promise<number>,
): Command {
  const main: Command = async (args) => {
    try {
      const { values, positionals } = parse(options, args);
      if ((values as { help?: boolean }).help) {
        process.stdout.write(`${help.trim()}\n`);
        return 0;
      }
      return await run(values as Values<O>, positionals);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      process.stderr.write(`${error.message}\n`);
      return 1;
    }
  };
  if (module) runIfProgram(module, main);
  return main;
}

/** Runs a command if its module is the program that Node.js started. */
export function runIfProgram({ url }: ImportMeta, main: Command): void {
  const [, program] = process.argv;
  if (!program || !existsSync(program) || url !== pathToFileURL(realpathSync(program)).href) return;
  main(process.argv.slice(2)).then((code) => {
    process.exitCode = code;
  });
}

function parse(options: Options, args: string[]) {
  try {
    return parseArgs({
      args,
      options: { ...options, help: { type: "boolean", short: "h" } },
      allowPositionals: true,
      strict: true,
    });
  } catch (error) {
    throw new UserError(`${(error as Error).message}\nRun the command with --help to see its options.`);
  }
}

/** For commands that take options only. */
export function rejectPositionals(positionals: string[]): void {
  const [unexpected] = positionals;
  if (unexpected !== undefined)
    throw new UserError(
      `Unexpected argument "${unexpected}". Run the command with --help to see its options.`,
    );
}
