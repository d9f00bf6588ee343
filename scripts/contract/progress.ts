// Progress of a long run: a bar on a terminal, a line per quarter in a log.

/** Returns a function to call with the number of finished items. */
export function progress(what: string, total: number, out: NodeJS.WriteStream = process.stderr) {
  let printed = 0;
  return (done: number): void => {
    const percent = Math.floor((done / Math.max(total, 1)) * 100);
    if (out.isTTY) {
      const filled = Math.round(percent / 4);
      const bar = `${"█".repeat(filled)}${"░".repeat(25 - filled)}`;
      out.write(
        `\r${bar} ${String(percent).padStart(3)} %  ${done} of ${total} ${what}${done === total ? "\n" : ""}`,
      );
    } else if (done === total || percent >= printed + 25) {
      printed = percent - (percent % 25);
      out.write(`${done} of ${total} ${what}\n`);
    }
  };
}
