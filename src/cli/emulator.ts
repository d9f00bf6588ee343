/** `npx onepay-client emulator`. */
import { parseArgs } from "node:util";
import { assumptions, type EmulatorState, type RecordedRequest } from "../emulator/index.js";
import type { Reply } from "../emulator/responses.js";
import { type EmulatorServer, startEmulatorServer } from "../emulator/server.js";
import { loadState, openStateFile, type StateFile } from "./state-file.js";

const defaultPort = 4010;

const help = `
Usage: npx onepay-client emulator [OPTIONS]

Starts a local OnePay at http://127.0.0.1:4010/v1, the same path as the real API. It keeps state, honors idempotency
keys and injects faults. It accepts test keys only.

  --port PORT     port (default: ${defaultPort}; the next free one if it's taken)
  --host HOST     address to listen on (default: 127.0.0.1)
  --state FILE    load the state from this file, and save it there after each change and on exit
  --seed NUMBER   seed of the ids and one-time passwords (default: 1)
  --quiet         don't log requests
  --assumptions   print what the emulator assumes about OnePay
  --help          print this help

A control API under /_emulator returns the requests, injects faults, and reads, replaces and resets the state.
`.trimStart();

/** A mistake of the user: its message is all that is printed. */
class UsageError extends Error {}

export async function runEmulator(args: string[]): Promise<number> {
  try {
    return await run(args);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 1;
  }
}

async function run(args: string[]): Promise<number> {
  const options = readOptions(args);
  if (options.help) return print(help);
  if (options.assumptions) return print(describeAssumptions());
  const stopped = interrupted();
  const state = options.state === undefined ? undefined : await readState(options.state);
  const file = options.state === undefined ? undefined : openStateFile(options.state, reportUnsaved);
  const server = await start(options, state, file);
  try {
    // A file that can't be written fails now, not after an hour of work.
    await save(server, file);
    printStart(server, options.port);
    await stopped;
  } finally {
    await server.close();
  }
  await save(server, file);
  return 0;
}

async function save({ emulator }: EmulatorServer, file: StateFile | undefined): Promise<void> {
  await file?.save(emulator.state()).catch((error: unknown) => {
    throw new UsageError(unsaved(error));
  });
}

const unsaved = (error: unknown): string => `Can't save the state: ${(error as Error).message}.`;

const reportUnsaved = (error: unknown): void => void process.stderr.write(`${unsaved(error)}\n`);

interface CliOptions {
  readonly port: number;
  readonly host: string;
  readonly seed: number;
  readonly state: string | undefined;
  readonly quiet: boolean;
  readonly assumptions: boolean;
  readonly help: boolean;
}

function readOptions(args: string[]): CliOptions {
  const {
    port,
    host = "127.0.0.1",
    seed,
    state,
    quiet = false,
    assumptions = false,
    help = false,
  } = parse(args);
  return {
    port: toInteger("--port", port ?? String(defaultPort), 0, 65_535),
    seed: toInteger("--seed", seed ?? "1", 0, Number.MAX_SAFE_INTEGER),
    host,
    state,
    quiet,
    assumptions,
    help,
  };
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        port: { type: "string" },
        host: { type: "string" },
        seed: { type: "string" },
        state: { type: "string" },
        quiet: { type: "boolean" },
        assumptions: { type: "boolean" },
        help: { type: "boolean", short: "h" },
      },
    }).values;
  } catch (error) {
    const [message = ""] = (error as Error).message.split("\n");
    throw new UsageError(`${message} Run npx onepay-client emulator --help.`);
  }
}

function toInteger(option: string, text: string, minimum: number, maximum: number): number {
  const number = Number(text);
  if (!/^\d+$/.test(text) || number < minimum || number > maximum)
    throw new UsageError(`${option} must be a whole number from ${minimum} to ${maximum}.`);
  return number;
}

async function readState(file: string): Promise<EmulatorState | undefined> {
  try {
    return await loadState(file);
  } catch (error) {
    throw new UsageError(
      `Can't load the state from ${file}: ${(error as Error).message} The file is unchanged.`,
    );
  }
}

async function start(
  { host, port, seed, quiet }: CliOptions,
  state: EmulatorState | undefined,
  file: StateFile | undefined,
): Promise<EmulatorServer> {
  try {
    return await startEmulatorServer({
      host,
      port,
      seed,
      ...(state && { state }),
      ...(!quiet && { onRequest: logRequest, onControlRequest: logControlRequest }),
      onChange: (emulator) => file?.saveSoon(() => emulator.state()),
      onError: (error) => console.error(error),
    });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new UsageError(`Can't listen on ${host}:${port} (${code}). Pass another --host or --port.`);
  }
}

function printStart({ url, port }: EmulatorServer, requestedPort: number): void {
  if (requestedPort !== 0 && port !== requestedPort) print(`Port ${requestedPort} is taken.\n`);
  print(`OnePay emulator: ${url}/v1

Create a customer:
  curl ${url}/v1/customers -H "Authorization: Bearer sk_test_emulator" \\
    -H "Content-Type: application/json" -H "x-idempotency: signup-1" -d '{"user_type":"natural",
    "first_name":"Ana","last_name":"Ejemplo","email":"ana@example.com","phone":"+573000000101",
    "document_type":"CC","document_number":"000101"}'
Lose its response the next time:
  curl ${url}/_emulator/faults -d '{"operation":"createCustomer","kind":"lose-response"}'

Ctrl-C stops it.
`);
}

function print(text: string): number {
  process.stdout.write(text);
  return 0;
}

/** One line per request: no body, and no query, since both may contain personal data. */
function logRequest({ method, path, status, reason, fault, isReplay }: RecordedRequest): void {
  const notes = [fault && `fault: ${fault}`, isReplay && "replayed", reason].filter(Boolean);
  print(`${method} ${path} ${status ?? "no response"}${notes.length > 0 ? ` (${notes.join(", ")})` : ""}\n`);
}

/** The one-time passwords are printed: a person who tests a login has no telephone that receives them. */
function logControlRequest(command: string, { status, body }: Reply): void {
  const isPassword = command.endsWith("/otp") && status === 200;
  print(`${command} ${status}${isPassword || status >= 400 ? ` ${body}` : ""}\n`);
}

const interrupted = (): Promise<void> =>
  new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
  });

const describeAssumptions = (): string =>
  assumptions.map(({ topic, behavior, reason }) => `${topic}\n  ${behavior}\n  Why: ${reason}\n`).join("\n");
