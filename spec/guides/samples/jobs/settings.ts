/** What you tune. Times are in milliseconds. */
export const settings = {
  /** Calls at the same time, per worker process. */
  concurrency: 10,
  /** Of one attempt; of one call with its retries. */
  timeout: 20_000,
  deadline: 40_000,
  /**
   * A job of a killed worker starts again after this
   * time. Longer than the deadline.
   */
  jobTimeout: 60_000,
  /** How often pg-boss looks for such jobs. */
  maintenanceInterval: 30_000,
  /** Delay of the first retry of a job; it doubles. */
  firstDelay: 5_000,
  maxDelay: 3_600_000,
  /** About 3 days with these delays. */
  maxAttempts: 100,
  /** How long you rely on an idempotency key. */
  keyLifetime: 24 * 3_600_000,
  /** What calls get to end after SIGTERM. */
  shutdownDelay: 15_000,
};
