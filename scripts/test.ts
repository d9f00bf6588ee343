// npm test: everything that must pass before a commit, or one of the slower suites.
import { type Command, command, rejectPositionals, runIfProgram, UserError } from "./cli.js";
import { isContractTarget, startContractTests } from "./contract/run.js";
import { programFile, startNode, startTypeScript, startVitest } from "./process.js";

const help = `
Usage: npm test [SUITE] [-- OPTIONS]

Without SUITE: checks the specification, prose, formatting and generated files,
builds the package, checks types, and runs the tests.

A SUITE takes longer, or needs more than Node.js:
  contract     the contract tests alone. With CONTRACT_TARGET=emulator, every
               locked request is sent to the emulator: the status must be the
               mock server's, and Ajv and Prism must accept the response
  coverage     the tests of src/, which must cover every line and branch
  mutation     breaks the specification, the mock server and the client on
               purpose, and checks that a contract test notices
  start        the development server as a real process
  browser      the docs in Chromium
  package      the packed tarball with runtimes, compilers and bundlers
  frameworks   the client with web frameworks, form libraries and Jest
  jobs         the guide on background jobs, with PostgreSQL

OPTIONS are Vitest's, such as a file name. For mutation, see
npm test mutation -- --help.
`;

const vitest = async (args: string[]): Promise<number> =>
  (await startVitest(args, { output: "inherit" }).result).code;

const vitestSuite =
  (name: string): Command =>
  (args) =>
    vitest(["--config", `test/${name}/vitest.config.ts`, ...args]);

const testsOfSource = ["client", "emulator", "schemas", "drift"].map((name) => `test/${name}/`);

const suites: Record<string, Command> = {
  contract: command(undefined, help, {}, async (_, positionals) => {
    rejectPositionals(positionals);
    const { CONTRACT_TARGET: target = "prism" } = process.env;
    if (!isContractTarget(target))
      throw new UserError(
        `CONTRACT_TARGET is "${target}". Set it to "prism" or "emulator". To record the API itself, use npm run observe.`,
      );
    return (await startContractTests({ output: "inherit" }, target).result).code;
  }),
  mutation: async (args) => (await import("./mutation.js")).main(args),
  coverage: (args) => vitest([...testsOfSource, "--coverage", ...args]),
  start: vitestSuite("start"),
  browser: vitestSuite("browser"),
  package: vitestSuite("package"),
  frameworks: vitestSuite("frameworks"),
  jobs: vitestSuite("jobs"),
};

const everything = command(undefined, help, {}, async (_, [name]) => {
  if (name !== undefined)
    throw new UserError(
      `"${name}" isn't a suite. Suites: ${Object.keys(suites).join(", ")}. To run a test file, use npx vitest run FILE.`,
    );
  const [lint, generate, build] = await Promise.all([
    import("./lint.js"),
    import("./generate.js"),
    import("./build.js"),
  ]);
  const checks = await Promise.all([
    lint.main([]),
    generate.main(["--check"]),
    build.main([]),
    checkFormat(),
  ]);
  if (checks.some((code) => code !== 0)) return 1;
  const [types, tests] = await Promise.all([checkTypes(), vitest([])]);
  return types || tests;
});

async function checkFormat(): Promise<number> {
  const { code, stdout, stderr } = await startNode([programFile("@biomejs/biome/bin/biome"), "check", "."])
    .result;
  process.stdout.write(stdout + stderr);
  return code;
}

async function checkTypes(): Promise<number> {
  const { code, stdout } = await startTypeScript(["--noEmit"]).result;
  process.stdout.write(stdout);
  return code;
}

export const main: Command = (args) => {
  const [name = "", ...rest] = args;
  const suite = Object.hasOwn(suites, name) ? suites[name] : undefined;
  return suite ? suite(rest) : everything(args);
};

runIfProgram(import.meta, main);
