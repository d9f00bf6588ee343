// Runs Redocly's command line: without telemetry, update notices, and the box about Node.js 20.
import { join, resolve } from "node:path";
import { root, shown } from "./cli.js";
import { type ProcessResult, programFile, type RunningProcess, startNode } from "./process.js";

const cli = programFile("@redocly/cli/bin/cli.js");

const running = new Set<RunningProcess>();

/** Stops all runs. Each resolves with a failure. */
export function stopRedocly(): void {
  for (const each of running) each.stop();
}

export async function redocly(args: string[], cwd = process.cwd()): Promise<ProcessResult> {
  const env = { REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true", NO_COLOR: "1" };
  const child = startNode([cli, ...args], { cwd, env });
  running.add(child);
  try {
    const result = await child.result;
    return { ...result, stderr: withoutNotices(result.stderr) };
  } finally {
    running.delete(child);
  }
}

/** Runs a command that prints JSON. Other output can come before it. `json` is undefined if the command failed. */
export async function redoclyJson<Output>(
  args: string[],
  cwd?: string,
): Promise<{ json: Output | undefined; message: string }> {
  const { stdout, stderr } = await redocly(args, cwd);
  const start = stdout.indexOf("{");
  return { json: start < 0 ? undefined : JSON.parse(stdout.slice(start)), message: stderr || stdout };
}

// Redocly prints its notices about Node.js 20 and Redoc 3 in a box. It prints nothing else in a box.
const withoutNotices = (text: string): string =>
  text.replace(/^[ \t]*╔═[\s\S]*?═╝[ \t]*\n?/gm, "").trimStart();

/** A problem that a lint rule found in a document. Line and column start at 1. */
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

/** Lints a document. A file that can't be read or parsed is a finding too. */
export async function findings(file: string, config = join(root, "redocly.yaml")): Promise<Finding[]> {
  const options = ["--config", config, "--format", "json", "--max-problems", "10000"];
  const { json, message } = await redoclyJson<{ problems: Problem[] }>(["lint", file, ...options]);
  return json ? json.problems.map(finding) : [unreadable(file, message)];
}

function finding({ ruleId, severity, message, suggest = [], location: [place] }: Problem): Finding {
  const file = place?.source.ref ?? "";
  return {
    file: shown(resolve(file)),
    line: place?.start?.line ?? 1,
    column: place?.start?.col ?? 1,
    rule: ruleId,
    severity,
    message: oneLine(message) + (suggest.length > 0 ? ` Did you mean ${suggest.join(", ")}?` : ""),
  };
}

function unreadable(file: string, printed: string): Finding {
  const text = printed.replace(/^\s*validating .*$/gm, "").trim();
  const [, reason, named, line, column] = /- (.*) in "(.*?)" \((\d+):(\d+)\)/.exec(text) ?? [];
  return {
    file: shown(named ?? file),
    line: Number(line ?? 1),
    column: Number(column ?? 1),
    rule: "readable",
    severity: "error",
    message: oneLine(reason ?? text),
  };
}

const oneLine = (message: string): string =>
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
