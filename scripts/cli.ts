// What all commands share: parsing of arguments, --help, and readable errors.
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
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

/** Runs a command. `--help` prints its help. A `UserError` prints its message, and the exit code is 1. */
export async function command<const O extends Options>(
  help: string,
  options: O,
  run: (values: Values<O>, positionals: string[]) => Promise<number>,
): Promise<void> {
  try {
    const { values, positionals } = parse(options);
    if ((values as { help?: boolean }).help) {
      process.stdout.write(`${help.trim()}\n`);
      return;
    }
    process.exitCode = await run(values as Values<O>, positionals);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}

function parse(options: Options) {
  try {
    return parseArgs({
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
