// How far a long run is: a bar on a terminal, a line now and then where the output is kept.

/** Tells how many of `total` are done. Call the result after each; it ends the bar by itself. */
export function progress(what: string, total: number, out: NodeJS.WriteStream = process.stderr) {
  let shown = 0;
  return (done: number): void => {
    const percent = Math.floor((done / Math.max(total, 1)) * 100);
    if (out.isTTY) {
      const filled = Math.round(percent / 4);
      const bar = `${"█".repeat(filled)}${"░".repeat(25 - filled)}`;
      out.write(
        `\r${bar} ${String(percent).padStart(3)} %  ${done} of ${total} ${what}${done === total ? "\n" : ""}`,
      );
    } else if (done === total || percent >= shown + 25) {
      shown = percent - (percent % 25);
      out.write(`${done} of ${total} ${what}\n`);
    }
  };
}
