// Runs a command of scripts/ in this process, and returns what it printed. Loading a command in another process takes a
// second or two, so only one test per command does that.
import { vi } from "vitest";
import type { Command } from "../scripts/cli.js";
import type { ProcessResult } from "../scripts/process.js";

export async function runCommand(
  main: Command,
  args: string[],
  env: Record<string, string> = {},
): Promise<ProcessResult> {
  const stdout = capture(process.stdout);
  const stderr = capture(process.stderr);
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  try {
    const code = await main(args);
    return { code, stdout: stdout.text(), stderr: stderr.text() };
  } finally {
    stdout.restore();
    stderr.restore();
    vi.unstubAllEnvs();
  }
}

function capture(stream: NodeJS.WriteStream) {
  let written = "";
  const spy = vi.spyOn(stream, "write").mockImplementation((text) => {
    written += String(text);
    return true;
  });
  return { text: () => written, restore: () => spy.mockRestore() };
}
