// A merchant's project in a temporary folder: the samples of the guide, and the packages that they import.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import { buildPackage } from "../../scripts/build/package.js";

export const root = fileURLToPath(new URL("../..", import.meta.url));
const suite = join(root, "test/jobs");

/** Shorter times than those of the guide, so that a job of a killed worker starts again within seconds. */
const settings = {
  concurrency: 10,
  timeout: 3_000,
  deadline: 10_000,
  jobTimeout: 12_000,
  maintenanceInterval: 1_000,
  firstDelay: 200,
  maxDelay: 2_000,
  maxAttempts: 30,
  keyLifetime: 24 * 3_600_000,
  shutdownDelay: 1_000,
};

/** Of a strict project. */
const compilerOptions = {
  target: "es2022",
  lib: ["es2023", "dom"],
  module: "nodenext",
  strict: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  skipLibCheck: true,
  types: ["node"],
  noEmit: true,
};

export interface Project {
  readonly folder: string;
  /** The modules of a sample. */
  load<Module>(name: string): Promise<Module>;
  /** Starts a sample as a process. */
  run(name: string, args: string[], env: Record<string, string>): Program;
  remove(): void;
}

export interface Program {
  readonly process: ChildProcess;
  /** Everything that it has printed so far. */
  output(): string;
  /** Resolves to the exit code, or to the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals | null>;
}

export async function createProject(): Promise<Project> {
  if (!existsSync(join(root, "dist/schemas.js"))) await buildPackage();
  const folder = mkdtempSync(join(tmpdir(), "onepay-jobs-"));
  cpSync(join(root, "spec/guides/samples/jobs"), folder, { recursive: true });
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions }));
  writeFileSync(join(folder, "package.json"), JSON.stringify({ type: "module" }));
  linkPackages(join(folder, "node_modules"));
  const compiled = join(folder, "compiled");
  await build({
    entryPoints: readdirSync(folder)
      .filter((name) => name.endsWith(".ts"))
      .map((name) => join(folder, name)),
    outdir: compiled,
    format: "esm",
    platform: "node",
    target: "node20",
  });
  writeFileSync(join(compiled, "settings.js"), `export const settings = ${JSON.stringify(settings)};\n`);
  return {
    folder,
    load: (name) => import(pathToFileURL(join(compiled, `${name}.js`)).href),
    run: (name, args, env) => start(join(compiled, `${name}.js`), args, env),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function linkPackages(modules: string): void {
  const client = join(modules, "onepay-client");
  mkdirSync(join(modules, "@types"), { recursive: true });
  mkdirSync(client);
  copyFileSync(join(root, "package.json"), join(client, "package.json"));
  symlinkSync(join(root, "dist"), join(client, "dist"));
  for (const name of ["bullmq", "csv-parse", "pg", "pg-boss", "@types/pg"])
    symlinkSync(join(suite, "node_modules", name), join(modules, name));
  symlinkSync(join(root, "node_modules/@types/node"), join(modules, "@types/node"));
}

export function start(file: string, args: string[], env: Record<string, string>): Program {
  const child = spawn(process.execPath, [file, ...args], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  const add = (text: Buffer) => {
    output += text;
  };
  child.stdout.on("data", add);
  child.stderr.on("data", add);
  return {
    process: child,
    output: () => output,
    ended: once(child, "close").then(([code, signal]) => code ?? signal),
  };
}
