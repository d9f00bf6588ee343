// The one place that runs Redocly's command line: no telemetry, no update notice, no box about Node 20.
import { type ChildProcess, spawn } from "node:child_process";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { root, shown } from "./cli.js";

const cli = createRequire(import.meta.url).resolve("@redocly/cli/bin/cli.js");

/** What a run of Redocly printed, its notices about itself left out, and its exit code. */
export interface Run {
  code: number;
  stdout: string;
  stderr: string;
}

const running = new Set<ChildProcess>();

/** Ends every run that is under way; each resolves as one that failed. */
export function stopRedocly(): void {
  for (const child of running) child.kill();
}

export function redocly(args: string[], cwd = process.cwd()): Promise<Run> {
  return new Promise((settle, reject) => {
    const child = spawn(process.execPath, [cli, ...args], {
      cwd,
      env: {
        ...process.env,
        REDOCLY_TELEMETRY: "off",
        REDOCLY_SUPPRESS_UPDATE_NOTICE: "true",
        NO_COLOR: "1",
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    running.add(child);
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
    });
    child.on("error", reject);
    child.on("close", (code) => {
      running.delete(child);
      settle({ code: code ?? 1, stdout, stderr: withoutNotices(stderr) });
    });
  });
}

// Redocly frames its notices about Node 20 and about Redoc 3 in a box; nothing else it prints has one.
const withoutNotices = (text: string): string =>
  text.replace(/^[ \t]*╔═[\s\S]*?═╝[ \t]*\n?/gm, "").trimStart();

/** One thing that a rule found in a document. Line and column count from 1. */
export interface Finding {
  file: string;
  line: number;
  column: number;
  rule: string;
  severity: "error" | "warn";
  message: string;
}

interface Problem {
  ruleId: string;
  severity: "error" | "warn";
  message: string;
  suggest?: string[];
  location: { source: { ref: string }; start?: { line: number; col: number } }[];
}

/** Everything that the rules of a configuration find in a document; a file that cannot be read or parsed is a finding too. */
export async function findings(file: string, config = join(root, "redocly.yaml")): Promise<Finding[]> {
  const run = await redocly([
    "lint",
    file,
    "--config",
    config,
    "--format",
    "json",
    "--max-problems",
    "10000",
  ]);
  const json = run.stdout.slice(run.stdout.indexOf("{"));
  if (!json.startsWith("{")) return [unreadable(file, run)];
  const { problems } = JSON.parse(json) as { problems: Problem[] };
  return problems.map(finding);
}

function finding({ ruleId, severity, message, suggest = [], location: [place] }: Problem): Finding {
  const file = place?.source.ref ?? "";
  return {
    file: shown(resolve(file)),
    line: place?.start?.line ?? 1,
    column: place?.start?.col ?? 1,
    rule: ruleId,
    severity,
    message: tidy(message) + (suggest.length > 0 ? ` Did you mean ${suggest.join(", ")}?` : ""),
  };
}

function unreadable(file: string, run: Run): Finding {
  const text = (run.stderr || run.stdout).replace(/^\s*validating .*$/gm, "").trim();
  const [, reason, named, line, column] = /- (.*) in "(.*?)" \((\d+):(\d+)\)/.exec(text) ?? [];
  return {
    file: shown(named ?? file),
    line: Number(line ?? 1),
    column: Number(column ?? 1),
    rule: "readable",
    severity: "error",
    message: tidy(reason ?? text),
  };
}

const tidy = (message: string): string =>
  message
    .trim()
    .replace(
      /ENOENT: no such file or directory '(.*?)'/,
      (_, path: string) => `there is no file ${shown(path)}`,
    )
    .replace(/\s*\n\s*/g, " ");

/** A finding as one line: `file:line:column  rule  message`. */
export const findingLine = (found: Finding): string =>
  `${found.file}:${found.line}:${found.column}  ${found.rule}  ${found.message}`;
