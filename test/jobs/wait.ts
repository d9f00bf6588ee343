export const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Rejects after `timeout` milliseconds. */
export async function waitUntil(
  what: string,
  isTrue: () => boolean | Promise<boolean>,
  timeout = 30_000,
): Promise<void> {
  const end = Date.now() + timeout;
  while (!(await isTrue())) {
    if (Date.now() > end) throw new Error(`Timed out after ${timeout} ms: ${what}.`);
    await sleep(50);
  }
}
